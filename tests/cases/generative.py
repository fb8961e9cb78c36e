"""Diffusion models and generative adversarial networks, and what they are built of."""

import numpy as np

from cases import Case
from kerasdl import noise_schedules
from kerasdl.layers.timestep_embedding import TimestepEmbedding
from kerasdl.models.autoencoder import DeepAutoencoder
from kerasdl.models.conditional_diffusion import ConditionalDiffusion
from kerasdl.models.conditional_gan import ConditionalGAN
from kerasdl.models.conditioned_mlp import ConditionedMLP
from kerasdl.models.denoiser import Denoiser
from kerasdl.models.diffusion import Diffusion
from kerasdl.models.gan import GAN
from kerasdl.models.image_discriminator import ImageDiscriminator
from kerasdl.models.image_generator import ImageGenerator
from kerasdl.models.latent_diffusion import LatentDiffusion
from kerasdl.models.mlp import MLP

BETAS = noise_schedules.cosine(10)
DENOISER = 2 * 8 * 9  # two dense layers of eight
NETWORK = (2 + 8 + 1) * 5 + 6 * 2  # a ConditionedMLP of five units on points
GENERATOR = (3 + 3 + 1) * 4 * 4 * 2 + (9 * 2 + 1) * 2 + (9 * 2 + 1)
DISCRIMINATOR = (9 + 1) * 2 + (9 * 2 + 1) * 4 + (16 + 1) + 3 * 16


def points(random):
    return random.normal(size=(4, 2)).astype("float32")


def vectors(random):
    return random.normal(size=(4, 6)).astype("float32")


def images(random):
    return random.uniform(-1, 1, size=(4, 8, 8, 1)).astype("float32")


def labels(random):
    return random.integers(3, size=4).astype("int32")


def steps(random):
    return random.integers(10, size=4).astype("int32")


def together(*parts):
    """Several kinds of inputs to a tuple of them."""
    return lambda random: tuple(part(random) for part in parts)


def embeddings(random):
    return random.normal(size=(4, 8)).astype("float32")


def noise(random):
    return random.normal(size=(4, 3)).astype("float32")


def logits(random):
    return np.ones((4, 1), "float32")


def image_targets(random):
    return images(random)


def squared(targets, outputs):
    return (outputs - targets) ** 2


def network():
    return ConditionedMLP(5, 2, "tanh")


def mlp_pair(noise_dim, dim):
    return MLP(4, dim, "tanh", name="generator"), MLP(3, 1, "tanh", name="critic")


CASES = [
    Case("timestep_embedding", lambda: TimestepEmbedding(8), steps, 0),
    Case(
        "conditioned_mlp",
        network,
        together(points, embeddings),
        parameters=NETWORK,
        several=True,
    ),
    Case(
        "denoiser",
        lambda: Denoiser(network(), 8),
        together(points, steps),
        parameters=DENOISER + NETWORK,
        several=True,
    ),
    Case(
        "denoiser_with_classes",
        lambda: Denoiser(network(), 8, classes=3),
        together(points, steps, labels),
        parameters=DENOISER + NETWORK + 4 * 8,
        several=True,
    ),
    Case(
        "diffusion",
        lambda: Diffusion(Denoiser(network(), 8), BETAS),
        points,
        parameters=DENOISER + NETWORK,
    ),
    Case(
        "conditional_diffusion",
        lambda: ConditionalDiffusion(Denoiser(network(), 8, classes=3), BETAS),
        together(points, labels),
        parameters=DENOISER + NETWORK + 4 * 8,
    ),
    Case(
        "latent_diffusion",
        lambda: LatentDiffusion(
            DeepAutoencoder((6, 5, 2), "tanh"), Denoiser(network(), 8), BETAS
        ),
        vectors,
        parameters=DENOISER + NETWORK + (7 * 5 + 6 * 2 + 3 * 5 + 6 * 6) + 2 * 2,
    ),
    Case(
        "gan",
        lambda: GAN(*mlp_pair(3, 2), noise_dim=3, blur=0.1),
        points,
        parameters=(3 + 1) * 4 + 5 * 2 + (2 + 1) * 3 + 4,
    ),
    Case(
        "image_generator",
        lambda: ImageGenerator(classes=3, filters=2),
        together(noise, labels),
        parameters=GENERATOR,
        targets=image_targets,
        loss=squared,
    ),
    Case(
        "image_discriminator",
        lambda: ImageDiscriminator(classes=3, filters=2),
        together(images, labels),
        parameters=DISCRIMINATOR,
        targets=logits,
        loss=squared,
    ),
    Case(
        "conditional_gan",
        lambda: ConditionalGAN(
            ImageGenerator(classes=3, filters=2),
            ImageDiscriminator(classes=3, filters=2),
            noise_dim=3,
        ),
        together(images, labels),
        parameters=GENERATOR + DISCRIMINATOR,
    ),
]
