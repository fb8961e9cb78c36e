"""The generative pre-trained transformer."""

import keras
import numpy as np
from keras import ops

from kerasdl import random
from kerasdl.arguments import check_whole
from kerasdl.autodiff import jit
from kerasdl.layers.layer_normalization import LayerNormalization
from kerasdl.layers.positions import LearnedPositions
from kerasdl.layers.token_embedding import TokenEmbedding
from kerasdl.layers.transformer_block import TransformerBlock
from kerasdl.model import Model


@keras.saving.register_keras_serializable("kerasdl")
class GPT(Model):
    """GPT, tokens `(batch, tokens)` to logits `(batch, tokens, vocabulary)`.

    Position t of the output predicts token t + 1 from the tokens up to t. Tokens become
    vectors, positions are added, and `depth` transformer blocks let each token look at
    those before it (all others are masked; the lecture masks the next token, which
    comes to the same: what lies behind it must not be seen either). The logits use the
    embedding's matrix again. One window trains as many predictions as it has tokens:
    `fit(x=windows[:, :-1], y=windows[:, 1:])` with a cross-entropy of logits.

    Number of parameters: vocabulary dim + context dim, depth times those of a
    `TransformerBlock`, and 2 dim.

    Args:
        vocabulary: number of different tokens, the integers 0 ... vocabulary - 1.
        context: the largest number of tokens in the input.
        dim: size of the tokens' vectors.
        depth: number of blocks.
        heads: attention heads of each block; it must divide dim.
        units: hidden units of each block's feed-forward layers; None is 4 dim.

    Raises:
        ValueError: when an argument is not a positive integer, heads does not divide
            dim, or the input is not of shape `(batch, tokens)` with tokens <= context.

    Source: Radford et al. 2018,
        https://cdn.openai.com/research-covers/language-unsupervised/language_understanding_paper.pdf;
        the norm's place as in Radford et al. 2019 (GPT-2); lecture, GPT.
    """

    def __init__(self, vocabulary, context, dim, depth, heads, units=None, **kwargs):
        super().__init__(**kwargs)
        check_whole("GPT", context=context, depth=depth)
        self.vocabulary, self.context = vocabulary, context
        self.dim, self.depth, self.heads = dim, depth, heads
        self.units = 4 * dim if units is None else units
        policy = self.dtype_policy
        self.embedding = TokenEmbedding(vocabulary, dim, name="embedding", dtype=policy)
        self.positions = LearnedPositions(context, name="positions", dtype=policy)
        self.blocks = [
            TransformerBlock(
                dim, heads, self.units, causal=True, name=f"block_{i}", dtype=policy
            )
            for i in range(depth)
        ]
        self.norm = LayerNormalization(name="norm", dtype=policy)
        self.seeds = random.generator()
        self._write = jit(self._write_all)

    def build(self, input_shape):
        if len(input_shape) != 2:
            raise ValueError(
                "GPT needs integers of shape (batch, tokens). "
                f"Received: input_shape={tuple(input_shape)}. "
                "One text alone becomes tokens[None, :]."
            )
        self.input_spec = keras.InputSpec(ndim=2)
        self.embedding.build(input_shape)
        shape = (*input_shape, self.dim)
        for layer in [self.positions, *self.blocks, self.norm]:
            layer.build(shape)

    def call(self, tokens):
        return self.embedding.logits(self.norm(self.encode(tokens)[0]))

    def attention_maps(self, tokens):
        """Tokens to the attention weights `(batch, depth, heads, tokens, tokens)`.

        Those that `call` computes: zero above the diagonal.
        """
        return ops.stack(self.encode(ops.convert_to_tensor(tokens))[1], axis=1)

    def encode(self, tokens):
        """Tokens to vectors `(batch, tokens, dim)`, and a list of attention weights."""
        x, maps = self.positions(self.embedding(tokens)), []
        for block in self.blocks:
            x, weights = block(x, return_weights=True)
            maps.append(weights)
        return x, maps

    def get_config(self):
        return {
            **super().get_config(),
            "vocabulary": self.vocabulary,
            "context": self.context,
            "dim": self.dim,
            "depth": self.depth,
            "heads": self.heads,
            "units": self.units,
        }

    def generate(self, prompt, steps, temperature=1.0):
        """Tokens `(batch, tokens)` to an array `(batch, tokens + steps)`, int32.

        Token by token, each drawn with probability softmax(logits / temperature) given
        the last `context` ones. One compiled loop, once for each shape.

        Args:
            prompt: integers, at least one token per row.
            steps: number of new tokens, at least 1.
            temperature: 1 draws as the model predicts, less is bolder, 0 always takes
                the likeliest token.

        Raises:
            ValueError: when the prompt is not of shape `(batch, tokens)`, or a number
                is out of range.
        """
        check_whole("generate", steps=steps)
        prompt = _checked_prompt(prompt, self.vocabulary)
        if not temperature >= 0:
            raise ValueError(
                "generate needs a temperature of at least 0. "
                f"Received: temperature={temperature!r}."
            )
        if not self.built:
            self.build(prompt.shape)
        known = prompt.shape[1]
        total = known + steps
        blank = max(total, self.context) - known
        tokens = np.pad(prompt, ((0, 0), (0, blank)))
        weights = [[v.value for v in kind] for kind in self._weights()]
        key = random.key(self.seeds)
        tokens = self._write(weights, tokens, known, total, float(temperature), key)
        return ops.convert_to_numpy(tokens)[:, :total]

    def _weights(self):
        return self.trainable_variables, self.non_trainable_variables

    def _write_all(self, weights, tokens, known, total, temperature, key):
        """Tokens of which the first `known` columns are written, to `total` of them."""

        def write(place, tokens):
            # The window starts at the left: what is blank lies behind, and is masked.
            start = ops.maximum(place - self.context, 0)
            size = (ops.shape(tokens)[0], self.context)
            window = ops.reshape(ops.slice(tokens, (0, start), size), (-1, size[1]))
            logits, _ = self.stateless_call(*weights, window)
            logits = ops.take(logits, place - 1 - start, axis=1)
            chosen = _draw(logits, temperature, random.fold_in(key, place))
            return ops.slice_update(tokens, (0, place), ops.expand_dims(chosen, 1))

        return ops.fori_loop(known, total, write, tokens)


def _draw(logits, temperature, key):
    """A token per row, of probability softmax(logits / temperature): Gumbel's trick."""
    logits = ops.cast(logits, "float32")
    noise = -ops.log(-ops.log(random.uniform(ops.shape(logits), key)))
    return ops.cast(ops.argmax(logits + temperature * noise, axis=-1), "int32")


def _checked_prompt(prompt, vocabulary):
    prompt = ops.convert_to_numpy(prompt)
    whole = np.issubdtype(prompt.dtype, np.integer)
    if prompt.ndim != 2 or 0 in prompt.shape or not whole:
        raise ValueError(
            "generate needs a prompt of integers (batch, tokens), at least one each. "
            f"Received: {prompt.dtype} of shape {prompt.shape}. "
            "One text alone becomes tokens[None, :]."
        )
    if prompt.min() < 0 or prompt.max() >= vocabulary:
        raise ValueError(
            f"Tokens are integers from 0 to {vocabulary - 1}. Received: a prompt with "
            f"{prompt.min()} ... {prompt.max()}."
        )
    return prompt.astype("int32")
