"""Diffusion learns a ring of eight Gaussians: every mode, and little in between.

The figure is the share of points that the worst mode gets, of the eighth that it should
have, counting points within three deviations of its centre: about 0.75.
"""

import keras

import kerasdl
from kerasdl import data, noise_schedules, ring
from kerasdl.models.conditioned_mlp import ConditionedMLP
from kerasdl.models.denoiser import Denoiser
from kerasdl.models.diffusion import Diffusion
from kerasdl.models.samplers import DDPM

GOAL = "the worst of the eight modes has at least 0.6 of its share"
EPOCHS, BATCH = 50, 800


def run(seed: int) -> float:
    kerasdl.seed(seed)
    x, _ = data.gaussian_ring(8000, seed=seed)
    network = ConditionedMLP((64, 64, 64), outputs=2)
    model = Diffusion(Denoiser(network, embedding_dim=16), noise_schedules.cosine(50))
    model.build((None, 2))
    rate = keras.optimizers.schedules.CosineDecay(1e-2, EPOCHS * len(x) // BATCH)
    model.compile(keras.optimizers.Adam(rate, use_ema=True, ema_momentum=0.99))
    model.fit(kerasdl.Batches(x, x, BATCH, seed), epochs=EPOCHS, verbose=0)
    return ring.coverage(DDPM(model, clip=1.0).sample(4000))


def reached(figure: float) -> bool:
    return figure >= 0.6
