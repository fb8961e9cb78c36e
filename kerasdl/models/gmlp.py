"""The gMLP."""

from functools import partial

import keras

from kerasdl.layers.gmlp_block import GMLPBlock
from kerasdl.models.patch_model import PatchModel


@keras.saving.register_keras_serializable("kerasdl")
class GMLP(PatchModel):
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
        block = partial(GMLPBlock, dim, units)
        super().__init__(patch, dim, depth, classes, block, **kwargs)
        self.units = units

    def get_config(self):
        return {**super().get_config(), "units": self.units}
