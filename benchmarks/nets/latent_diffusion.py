"""Diffusion of the 8 numbers of an autoencoder 64-64-8; otherwise as `diffusion`."""

from examples import shades
from keras import ops

from kerasdl.models.autoencoder import DeepAutoencoder
from kerasdl.models.conditioned_mlp import ConditionedMLP
from kerasdl.models.denoiser import Denoiser
from kerasdl.models.latent_diffusion import LatentDiffusion
from nets.deep_autoencoder import Autoencoder, dense
from nets.diffusion import BATCH, BETAS, EMBEDDING, LOSS, STEPS, NoisePredictor

SIZES = (64, 64, 8)
__all__ = ["BATCH", "LOSS", "STEPS"]


def data():
    return shades(STEPS * BATCH, 64), None


def ours():
    denoiser = Denoiser(ConditionedMLP((64, 64, 64), outputs=8), EMBEDDING)
    return LatentDiffusion(DeepAutoencoder(SIZES), denoiser, BETAS)


def keras_layers():
    return LatentNoisePredictor()


class LatentNoisePredictor(NoisePredictor):
    def __init__(self):
        super().__init__(dim=8)
        self.autoencoder = Autoencoder(dense(SIZES), dense(SIZES[::-1]))
        self.autoencoder.trainable = False

    def build(self, input_shape):
        self.autoencoder.build(input_shape)
        shape = {"shape": (8,), "trainable": False}
        self.mean = self.add_weight(initializer="zeros", **shape)
        self.scale = self.add_weight(initializer="ones", **shape)

    def call(self, x):
        codes = ops.stop_gradient(self.autoencoder.encoder(x))
        return super().call((codes - self.mean) / self.scale)
