"""Guided diffusion draws the wanted digit: a nearest-neighbour judge agrees with it.

The digits' 64 pixels are a point for the denoiser. The figure is the share of generated
digits, 50 of each class, whose nearest training image has the wanted label.
"""

import keras
import numpy as np

import kerasdl
from kerasdl import data, noise_schedules
from kerasdl.models.conditional_diffusion import ConditionalDiffusion
from kerasdl.models.conditioned_mlp import ConditionedMLP
from kerasdl.models.denoiser import Denoiser
from kerasdl.models.samplers import DDIM

GOAL = "the judge agrees with at least 0.85 of the labels"
EPOCHS, BATCH = 60, 240


def run(seed: int) -> float:
    kerasdl.seed(seed)
    images, labels = data.load("digits")
    x = 2 * images.reshape(len(images), -1) - 1  # in [-1, 1], as large as the noise
    denoiser = Denoiser(ConditionedMLP((256, 256), outputs=64), classes=10)
    model = ConditionalDiffusion(denoiser, noise_schedules.cosine(100), guidance=2.0)
    model.build([(None, 64), (None,)])
    rate = keras.optimizers.schedules.CosineDecay(5e-3, EPOCHS * len(x) // BATCH)
    model.compile(keras.optimizers.Adam(rate, use_ema=True, ema_momentum=0.98))
    model.fit((x, labels), batch_size=BATCH, epochs=EPOCHS, verbose=0)
    wanted = np.repeat(np.arange(10), 50)
    digits = DDIM(model, steps=20, clip=1.0).sample(len(wanted), wanted)
    return float(np.mean(judged(digits, x, labels) == wanted))


def reached(figure: float) -> bool:
    return figure >= 0.85


def judged(digits: np.ndarray, x: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Generated digits `(n, 64)` to the labels of their nearest training images."""
    distances = np.square(digits).sum(1)[:, None] - 2 * digits @ x.T
    return labels[(distances + np.square(x).sum(1)).argmin(axis=1)]
