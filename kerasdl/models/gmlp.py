"""The gMLP."""

import keras
from keras import ops

from kerasdl.layers.arguments import check_whole
from kerasdl.layers.dense import Dense
from kerasdl.layers.gmlp_block import GMLPBlock
from kerasdl.layers.layer_normalization import LayerNormalization
from kerasdl.layers.patches import PatchEmbedding
from kerasdl.model import Model


@keras.saving.register_keras_serializable("kerasdl")
class GMLP(Model):
    """gMLP, images `(batch, height, width, channels)` to logits `(batch, classes)`.

    Patches become tokens, `depth` gMLP blocks work on them, and the logits are a dense
    layer of the mean of the normalised tokens. The gates alone mix the tokens, with
    weights that do not depend on the input; no positions are needed.

    Number of parameters: patch^2 channels dim + dim of the patches, depth times those
    of a `GMLPBlock`, 2 dim + (dim + 1) classes of the end.

    Args:
        patch: side of the patches in pixels; it must divide height and width.
        dim: size of the tokens.
        depth: number of blocks.
        units: hidden units of each block, an even number.
        classes: number of classes.

    Raises:
        ValueError: for an argument that is no positive integer, odd units, or an input
            that is not an image that patch divides.

    Source: Liu et al. 2021, https://arxiv.org/abs/2105.08050; lecture, gMLP.
    """

    def __init__(self, patch, dim, depth, units, classes, **kwargs):
        super().__init__(**kwargs)
        check_whole("GMLP", depth=depth)
        self.patch, self.dim, self.depth = patch, dim, depth
        self.units, self.classes = units, classes
        policy = self.dtype_policy
        self.embed = PatchEmbedding(patch, dim, name="embed", dtype=policy)
        self.blocks = [
            GMLPBlock(dim, units, name=f"block_{i}", dtype=policy) for i in range(depth)
        ]
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
            "units": self.units,
            "classes": self.classes,
        }
