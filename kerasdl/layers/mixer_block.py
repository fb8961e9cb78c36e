"""The block of the MLP-Mixer."""

import keras
from keras import ops

from kerasdl.layer import Layer
from kerasdl.layers.feed_forward import FeedForward
from kerasdl.layers.layer_normalization import LayerNormalization
from kerasdl.layers.multi_head_attention import check_tokens


@keras.saving.register_keras_serializable("kerasdl")
class MixerBlock(Layer):
    """Mixer block, `(batch, tokens, dim)` to the same.

        x = x + mix_tokens(normalize(x)^T)^T
        x = x + mix_channels(normalize(x))

    Both are two dense layers, one along the tokens (the same for each channel), one
    along the channels (the same for each token). What attention computes anew for each
    input is here a learned matrix, so the number of tokens is fixed, and their order
    counts.

    Number of parameters: 2 tokens token_units + token_units + tokens,
    2 dim channel_units + channel_units + dim, and 4 dim of the norms.

    Args:
        token_units: hidden units of the layers along the tokens.
        channel_units: hidden units of the layers along the channels.

    Raises:
        ValueError: for units below 1, or an input that is not of shape
            `(batch, tokens, dim)` with a known number of tokens.

    Source: Tolstikhin et al. 2021, https://arxiv.org/abs/2105.01601, section 2;
        lecture, MLP-Mixer.
    """

    def __init__(self, token_units, channel_units, **kwargs):
        super().__init__(**kwargs)
        self.token_units = token_units
        self.channel_units = channel_units
        policy = self.dtype_policy
        self.token_norm = LayerNormalization(name="token_norm", dtype=policy)
        self.mix_tokens = FeedForward(token_units, name="mix_tokens", dtype=policy)
        self.channel_norm = LayerNormalization(name="channel_norm", dtype=policy)
        self.mix_channels = FeedForward(
            channel_units, name="mix_channels", dtype=policy
        )

    def build(self, input_shape):
        check_tokens("MixerBlock", input_shape)
        batch, tokens, dim = input_shape
        self.token_norm.build(input_shape)
        self.mix_tokens.build((batch, dim, tokens))
        self.channel_norm.build(input_shape)
        self.mix_channels.build(input_shape)

    def call(self, x):
        x = ops.cast(x, self.compute_dtype)
        columns = ops.swapaxes(self.token_norm(x), 1, 2)
        x = x + ops.swapaxes(self.mix_tokens(columns), 1, 2)
        return x + self.mix_channels(self.channel_norm(x))

    def compute_output_shape(self, input_shape):
        return input_shape
