"""The vision transformer."""

import keras
from keras import ops

from kerasdl.arguments import check_choice, check_whole
from kerasdl.layers.dense import Dense
from kerasdl.layers.layer_normalization import LayerNormalization
from kerasdl.layers.patches import ClassToken, PatchEmbedding
from kerasdl.layers.positions import LearnedPositions, SinusoidalPositions
from kerasdl.layers.transformer_block import TransformerBlock
from kerasdl.model import Model

POSITIONS = {"learned": LearnedPositions, "sinusoidal": SinusoidalPositions}


@keras.saving.register_keras_serializable("kerasdl")
class ViT(Model):
    """Vision transformer, images `(batch, height, width, channels)` to logits.

    Patches become tokens, a class token is put before them, positions are added, and
    `depth` transformer blocks let the tokens look at each other. The logits
    `(batch, classes)` are a dense layer of the normalised class token, or of the mean
    of all tokens.

    Number of parameters: patch^2 channels dim + dim of the patches, dim of a class
    token, tokens dim of learned positions (tokens = height width / patch^2, and one
    more for a class token), depth times those of a `TransformerBlock`, and
    2 dim + (dim + 1) classes of the end.

    Args:
        patch: side of the patches in pixels; it must divide height and width.
        dim: size of the tokens.
        depth: number of blocks.
        heads: attention heads of each block; it must divide dim.
        units: hidden units of each block's feed-forward layers.
        classes: number of classes.
        pool: "class", of a class token, or "mean", of all tokens and without one.
        positions: "learned" or "sinusoidal".

    Raises:
        ValueError: for an argument that is none of these, or an input that is not an
            image that patch divides.

    Source: Dosovitskiy et al. 2021, https://arxiv.org/abs/2010.11929; lecture, vision
        transformers.
    """

    def __init__(
        self,
        patch,
        dim,
        depth,
        heads,
        units,
        classes,
        pool="class",
        positions="learned",
        **kwargs,
    ):
        super().__init__(**kwargs)
        check_whole("ViT", depth=depth)
        check_choice("ViT", "pool", pool, ("class", "mean"))
        check_choice("ViT", "positions", positions, tuple(POSITIONS))
        self.patch, self.dim, self.depth, self.heads = patch, dim, depth, heads
        self.units, self.classes = units, classes
        self.pool, self.positions = pool, positions
        policy = self.dtype_policy
        self.embed = PatchEmbedding(patch, dim, name="embed", dtype=policy)
        self.class_token = None
        if pool == "class":
            self.class_token = ClassToken(name="class_token", dtype=policy)
        self.place = POSITIONS[positions](name="place", dtype=policy)
        self.blocks = [
            TransformerBlock(dim, heads, units, name=f"block_{i}", dtype=policy)
            for i in range(depth)
        ]
        self.norm = LayerNormalization(name="norm", dtype=policy)
        self.head = Dense(classes, name="head", dtype=policy)

    def build(self, input_shape):
        self.embed.build(input_shape)
        self.input_spec = keras.InputSpec(shape=(None, *input_shape[1:]))
        shape = self.embed.compute_output_shape(input_shape)
        if self.class_token is not None:
            self.class_token.build(shape)
            shape = self.class_token.compute_output_shape(shape)
        for layer in [self.place, *self.blocks, self.norm]:
            layer.build(shape)
        self.head.build((shape[0], shape[2]))

    def call(self, images):
        tokens = self.norm(self.encode(images)[0])
        pooled = tokens[:, 0] if self.pool == "class" else ops.mean(tokens, axis=1)
        return self.head(pooled)

    def attention_maps(self, images):
        """Images to the attention weights `(batch, depth, heads, tokens, tokens)`.

        Those that `call` computes. With a class token it is token 0, and
        `maps[:, -1, :, 0, 1:]` is where it looks in the last block.
        """
        return ops.stack(self.encode(ops.convert_to_tensor(images))[1], axis=1)

    def encode(self, images):
        """Images to tokens `(batch, tokens, dim)`, and a list of attention weights."""
        tokens = self.embed(images)
        if self.class_token is not None:
            tokens = self.class_token(tokens)
        tokens, maps = self.place(tokens), []
        for block in self.blocks:
            tokens, weights = block(tokens, return_weights=True)
            maps.append(weights)
        return tokens, maps

    def get_config(self):
        return {
            **super().get_config(),
            "patch": self.patch,
            "dim": self.dim,
            "depth": self.depth,
            "heads": self.heads,
            "units": self.units,
            "classes": self.classes,
            "pool": self.pool,
            "positions": self.positions,
        }
