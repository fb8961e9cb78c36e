"""Diffusion learns a coin from its tosses: heads 0.30 of the time.

A toss is +0.75 (heads) or -0.75, with a deviation of 0.05, so it is clear which it is.
3000 of the 10,000 tosses are heads. The figure is the share of heads in 10,000
generated tosses, about 0.30 +- 0.005. The lecture's recipe, whose schedule does not
reach pure noise, gives 0.40.
"""

import keras
import numpy as np

import kerasdl
from kerasdl import noise_schedules
from kerasdl.models.conditioned_mlp import ConditionedMLP
from kerasdl.models.denoiser import Denoiser
from kerasdl.models.diffusion import Diffusion
from kerasdl.models.samplers import DDPM

GOAL = "P(heads) within 0.02 of 0.30, and all but 2 % of the tosses clear"
EPOCHS, BATCH = 50, 1000


def run(seed: int) -> float:
    kerasdl.seed(seed)
    network = ConditionedMLP((64, 64, 64), outputs=1)
    model = Diffusion(Denoiser(network, embedding_dim=16), noise_schedules.cosine(50))
    x = tosses(seed)
    model.build((None, 1))
    # Falling steps and averaged weights: the share of heads depends on small errors.
    rate = keras.optimizers.schedules.CosineDecay(1e-2, EPOCHS * len(x) // BATCH)
    model.compile(keras.optimizers.Adam(rate, use_ema=True, ema_momentum=0.99))
    batches = kerasdl.Batches(x, x, BATCH, seed)
    model.fit(batches, epochs=EPOCHS, verbose=0)
    return share_of_heads(DDPM(model, clip=1.0).sample(10_000))


def reached(figure: float) -> bool:
    return abs(figure - 0.30) < 0.02


def tosses(seed: int) -> np.ndarray:
    """10,000 tosses `(n, 1)`, exactly 3000 of them heads."""
    sides = np.repeat([0.75, -0.75], [3000, 7000])
    noise = np.random.default_rng(seed).normal(0, 0.05, len(sides))
    return (sides + noise)[:, None].astype("float32")


def share_of_heads(samples: np.ndarray) -> float:
    """Samples `(n, 1)` to the share near heads; NaN if many are near neither side."""
    clear = np.abs(np.abs(samples) - 0.75) < 0.25
    return float(np.mean(samples > 0)) if clear.mean() > 0.98 else float("nan")
