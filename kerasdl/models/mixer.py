"""The MLP-Mixer."""

import keras
from keras import ops

from kerasdl.layers.arguments import check_whole
from kerasdl.layers.dense import Dense
from kerasdl.layers.layer_normalization import LayerNormalization
from kerasdl.layers.mixer_block import MixerBlock
from kerasdl.layers.patches import PatchEmbedding
from kerasdl.model import Model


@keras.saving.register_keras_serializable("kerasdl")
class Mixer(Model):
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
        super().__init__(**kwargs)
        check_whole("Mixer", depth=depth)
        self.patch, self.dim, self.depth, self.classes = patch, dim, depth, classes
        self.token_units, self.channel_units = token_units, channel_units
        policy = self.dtype_policy
        self.embed = PatchEmbedding(patch, dim, name="embed", dtype=policy)
        self.blocks = [
            MixerBlock(token_units, channel_units, name=f"block_{i}", dtype=policy)
            for i in range(depth)
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
            "token_units": self.token_units,
            "channel_units": self.channel_units,
            "classes": self.classes,
        }
