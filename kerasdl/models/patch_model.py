"""Patches, blocks, and the mean of the tokens: what Mixer and gMLP have in common."""

import keras
from keras import ops

from kerasdl.arguments import check_whole
from kerasdl.layers.dense import Dense
from kerasdl.layers.layer_normalization import LayerNormalization
from kerasdl.layers.patches import PatchEmbedding
from kerasdl.model import Model


class PatchModel(Model):
    """Images `(batch, height, width, channels)` to logits `(batch, classes)`.

    Patches become tokens, `depth` blocks work on them, and the logits are a dense layer
    of the mean of the normalised tokens. Base of `Mixer` and `GMLP`, which are this
    with blocks of their own.

    Args:
        patch, dim, depth, classes: as in `Mixer`.
        block: makes a block, `(batch, tokens, dim)` to the same, from the options
            `name` and `dtype`.
    """

    def __init__(self, patch, dim, depth, classes, block, **kwargs):
        super().__init__(**kwargs)
        check_whole(type(self).__name__, depth=depth)
        self.patch, self.dim, self.depth, self.classes = patch, dim, depth, classes
        policy = self.dtype_policy
        self.embed = PatchEmbedding(patch, dim, name="embed", dtype=policy)
        self.blocks = [block(name=f"block_{i}", dtype=policy) for i in range(depth)]
        self.norm = LayerNormalization(name="norm", dtype=policy)
        self.head = Dense(classes, name="head", dtype=policy)

    def build(self, input_shape):
        self.embed.build(input_shape)
        self.input_spec = keras.InputSpec(shape=(None, *input_shape[1:]))
        shape = self.embed.compute_output_shape(input_shape)
        for layer in [*self.blocks, self.norm]:
            layer.build(shape)
        self.head.build((shape[0], shape[2]))

    def call(self, images):
        tokens = self.embed(images)
        for block in self.blocks:
            tokens = block(tokens)
        return self.head(ops.mean(self.norm(tokens), axis=1))

    def get_config(self):
        return {
            **super().get_config(),
            "patch": self.patch,
            "dim": self.dim,
            "depth": self.depth,
            "classes": self.classes,
        }
