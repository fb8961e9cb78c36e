"""Autoencoders: linear, deep, denoising, variational and vector-quantised."""

from cases import Case
from kerasdl.layers.gaussian import GaussianSample
from kerasdl.layers.vector_quantizer import VectorQuantizer
from kerasdl.models.autoencoder import (
    DeepAutoencoder,
    DenoisingAutoencoder,
    LinearAutoencoder,
)
from kerasdl.models.vae import VAE
from kerasdl.models.vqvae import VQVAE

SIZES = (6, 5, 4)
ENCODER = 7 * 5 + 6 * 4
DECODER = 5 * 5 + 6 * 6


def vectors(random):
    return random.normal(size=(4, 6)).astype("float32")


def binary(random):
    return random.integers(2, size=(4, 6)).astype("float32")


def tokens(random):
    return random.normal(size=(4, 3, 2)).astype("float32")


def mean_and_log_variance(random):
    return vectors(random), vectors(random)


CASES = [
    Case("gaussian_sample", GaussianSample, mean_and_log_variance, 0, several=True),
    Case("vector_quantizer", lambda: VectorQuantizer(5), tokens, 5 * (2 + 1)),
    Case("linear_autoencoder", lambda: LinearAutoencoder(2), vectors, 2 * 6 * 2),
    Case(
        "tied_linear_autoencoder",
        lambda: LinearAutoencoder(2, tied=True),
        vectors,
        parameters=6 * 2,
    ),
    Case(
        "deep_autoencoder",
        lambda: DeepAutoencoder(SIZES, "tanh"),
        vectors,
        parameters=ENCODER + DECODER,
    ),
    Case(
        "denoising_autoencoder",
        lambda: DenoisingAutoencoder(SIZES, 0.3, "tanh"),
        vectors,
        parameters=ENCODER + DECODER,
    ),
    Case(
        "vae",
        lambda: VAE(SIZES, "tanh"),
        binary,
        parameters=ENCODER + 6 * 4 + DECODER,
    ),
    Case(
        "vqvae",
        lambda: VQVAE(SIZES, codes=5, tokens=2, decay=0.9, activation="tanh"),
        vectors,
        parameters=ENCODER + DECODER + 5 * (2 + 1),
    ),
]
