"""The MLP-Mixer."""

from functools import partial

import keras

from kerasdl.layers.mixer_block import MixerBlock
from kerasdl.models.patch_model import PatchModel


@keras.saving.register_keras_serializable("kerasdl")
class Mixer(PatchModel):
    """MLP-Mixer, images `(batch, height, width, channels)` to logits.

    Patches become tokens, `depth` mixer blocks mix them along the tokens and along the
    channels, and the logits are a dense layer of the mean of the normalised tokens. No
    attention, no convolution, and no positions: the layers along the tokens tell the
    places apart.

    Number of parameters: patch^2 channels dim + dim of the patches, depth times those
    of a `MixerBlock`, 2 dim + (dim + 1) classes of the end.

    Args:
        patch: side of the patches in pixels; it must divide height and width.
        dim: size of the tokens.
        depth: number of blocks.
        token_units: hidden units of the layers along the tokens.
        channel_units: hidden units of the layers along the channels.
        classes: number of classes.

    Raises:
        ValueError: for an argument that is no positive integer, or an input that is not
            an image that patch divides.

    Source: Tolstikhin et al. 2021, https://arxiv.org/abs/2105.01601; lecture,
        MLP-Mixer.
    """

    def __init__(
        self, patch, dim, depth, token_units, channel_units, classes, **kwargs
    ):
        block = partial(MixerBlock, token_units, channel_units)
        super().__init__(patch, dim, depth, classes, block, **kwargs)
        self.token_units, self.channel_units = token_units, channel_units

    def get_config(self):
        return {
            **super().get_config(),
            "token_units": self.token_units,
            "channel_units": self.channel_units,
        }
