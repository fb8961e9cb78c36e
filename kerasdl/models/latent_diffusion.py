"""Diffusion in the code space of an autoencoder."""

import keras
import numpy as np
from keras import ops

from kerasdl.models.diffusion import Diffusion
from kerasdl.nested import deserialized, serialized


@keras.saving.register_keras_serializable("kerasdl")
class LatentDiffusion(Diffusion):
    """Diffusion of codes z = E(x), `(batch, ...)` to errors of the predicted noise.

    A trained autoencoder turns examples into small codes; diffusion learns their
    distribution, and the decoder turns new codes into examples. The autoencoder stays
    as it is: its `trainable` is set to False. Codes are brought to mean 0 and variance
    1, since the noise has them; `adapt(x)` measures both, before `fit(x)`.

        codes = DDPM(model).sample(16)
        images = model.decode(codes)

    Parameters: those of the denoiser, those of the autoencoder, and 2 dim for codes of
    dim numbers.

    Args:
        autoencoder: a trained model with `encode(x)` and `decode(z)`. Where `encode`
            returns several tensors, as a VAE's does, the first are the codes.
        denoiser, betas, allow_signal: as in `Diffusion`, for the codes.

    Raises:
        ValueError: when the autoencoder does not encode and decode, in `encode` and
            `decode` before `adapt` or `build`, or as in `Diffusion`.

    Source: Rombach et al. 2022, https://arxiv.org/abs/2112.10752
    """

    def __init__(self, autoencoder, denoiser, betas, allow_signal=False, **kwargs):
        super().__init__(denoiser, betas, allow_signal, **kwargs)
        _check(autoencoder)
        autoencoder.trainable = False
        self.autoencoder = autoencoder

    def build(self, input_shape):
        if not self.autoencoder.built:
            self.autoencoder.build(input_shape)
        # An example of zeros says what shape its code has.
        code = self._codes(ops.zeros((1, *input_shape[1:])))
        shape = tuple(code.shape[1:])
        super().build((input_shape[0], *shape))
        options = {"shape": shape, "trainable": False}
        self.mean = self.add_weight(initializer="zeros", name="mean", **options)
        self.scale = self.add_weight(initializer="ones", name="deviation", **options)

    def _codes(self, x):
        codes = self.autoencoder.encode(x)
        # A variational encoder returns means and log variances: take the means.
        return codes[0] if isinstance(codes, (tuple, list)) else codes

    def adapt(self, x):
        """Measure the mean and the standard deviation of the codes of x."""
        if not self.built:
            self.build((None, *x.shape[1:]))
        codes = ops.convert_to_numpy(self._codes(x))
        self.mean.assign(codes.mean(axis=0))
        self.scale.assign(np.maximum(codes.std(axis=0), 1e-3))

    def encode(self, x):
        """Examples to codes of mean 0 and variance 1, to which no gradient flows."""
        self._check_built()
        codes = ops.stop_gradient(self._codes(x))
        return (codes - self.mean) / self.scale

    def decode(self, codes):
        """Codes of mean 0 and variance 1, as sampled, to examples."""
        self._check_built()
        return self.autoencoder.decode(codes * self.scale + self.mean)

    def call(self, x):
        return super().call(self.encode(x))

    def _check_built(self):
        if not self.built:
            raise ValueError(
                "LatentDiffusion needs the mean and the deviation of the codes. "
                f"Received: {self.name!r}, not built. Write adapt(x) first, for the "
                "examples x of the training."
            )

    def get_config(self):
        return {**super().get_config(), "autoencoder": serialized(self.autoencoder)}

    @classmethod
    def from_config(cls, config):
        return super().from_config(deserialized(config, "autoencoder"))


def _check(autoencoder):
    if hasattr(autoencoder, "encode") and hasattr(autoencoder, "decode"):
        return
    raise ValueError(
        "LatentDiffusion needs an autoencoder with the methods encode(x) and decode(z)"
        f". Received: {type(autoencoder).__name__}. DeepAutoencoder is one."
    )
