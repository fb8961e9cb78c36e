"""The block of which transformers are stacks."""

import keras
from keras import ops

from kerasdl.layer import Layer
from kerasdl.layers.feed_forward import FeedForward
from kerasdl.layers.layer_normalization import LayerNormalization
from kerasdl.layers.multi_head_attention import MultiHeadAttention


@keras.saving.register_keras_serializable("kerasdl")
class TransformerBlock(Layer):
    """Transformer block, `(batch, tokens, dim)` to the same.

        x = x + attention(normalize(x))
        x = x + feed_forward(normalize(x))

    Attention mixes the tokens, the feed-forward layers work on each alone. The norm
    comes first ("pre-norm"), so that the path along the sums is free of layers: deep
    stacks train without a warm-up. (The original block has it after the sum.)

    Number of parameters: 4 dim (dim + 1) of attention, 2 dim units + units + dim of
    the feed-forward layers, 4 dim of the norms.

    `block(x, mask=None, return_weights=False)`, as in `MultiHeadAttention`.

    Args:
        dim: size of the tokens.
        heads: number of attention heads; it must divide dim.
        units: hidden units of the feed-forward layers.
        causal: token i attends to tokens j <= i only: a decoder's block.

    Raises:
        ValueError: for arguments that `MultiHeadAttention` or `FeedForward` refuses, or
            an input that is not of shape `(batch, tokens, dim)`.

    Source: Vaswani et al. 2017, https://arxiv.org/abs/1706.03762; Xiong et al. 2020 for
        the place of the norm, https://arxiv.org/abs/2002.04745; lecture, transformers.
    """

    def __init__(self, dim, heads, units, causal=False, **kwargs):
        super().__init__(**kwargs)
        self.dim = dim
        policy = self.dtype_policy
        self.attention_norm = LayerNormalization(name="attention_norm", dtype=policy)
        self.attention = MultiHeadAttention(
            dim, heads, causal, name="attention", dtype=policy
        )
        self.feed_forward_norm = LayerNormalization(
            name="feed_forward_norm", dtype=policy
        )
        self.feed_forward = FeedForward(units, name="feed_forward", dtype=policy)

    def build(self, input_shape):
        if len(input_shape) != 3 or input_shape[-1] != self.dim:
            raise ValueError(
                f"TransformerBlock needs inputs of shape (batch, tokens, {self.dim}), "
                "since what a block adds to its input has the size of the input. "
                f"Received: input_shape={tuple(input_shape)}, dim={self.dim}."
            )
        self.attention_norm.build(input_shape)
        self.attention.build(input_shape)
        self.feed_forward_norm.build(input_shape)
        self.feed_forward.build(input_shape)

    def call(self, x, mask=None, return_weights=False):
        x = ops.cast(x, self.compute_dtype)
        attended, weights = self.attention(
            self.attention_norm(x), mask=mask, return_weights=True
        )
        x = x + attended
        x = x + self.feed_forward(self.feed_forward_norm(x))
        return (x, weights) if return_weights else x
