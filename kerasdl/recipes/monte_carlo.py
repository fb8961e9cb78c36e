"""Monte-Carlo dropout: a noisy wave, predicted with error bars."""

import keras
import numpy as np

import kerasdl
from kerasdl.layers.dense import Dense
from kerasdl.layers.dropout import Dropout
from kerasdl.models.monte_carlo import MonteCarlo

GOAL = "at least 0.8 of new points within error bars shorter than the wave is high"
NOISE = 0.15  # standard deviation of the data, which is known here


def run(seed: int) -> float:
    """Train and return the share of new points within two standard deviations."""
    kerasdl.seed(seed)
    x, y = wave(500, seed)
    model = keras.Sequential(
        [Dense(64, "relu"), Dropout(0.05), Dense(64, "relu"), Dropout(0.05), Dense(1)]
    )
    model.compile(keras.optimizers.Adam(0.01), "mse")
    model.fit(kerasdl.Batches(x, y, 50, seed), epochs=40, verbose=0)
    x, y = wave(200, seed + 1_000_000)
    mean, deviation = MonteCarlo(model, samples=50).predict(x, verbose=0)
    bars = 2 * np.sqrt(deviation**2 + NOISE**2)
    return float(np.mean((np.abs(y - mean) < bars) & (2 * bars < np.ptp(y))))


def wave(n, seed):
    """Points x in [-1, 1] and sin(4 x) + noise, both `(n, 1)`."""
    random = np.random.default_rng(seed)
    x = random.uniform(-1, 1, (n, 1)).astype("float32")
    return x, np.sin(4 * x) + random.normal(0, NOISE, x.shape).astype("float32")


def reached(figure: float) -> bool:
    return figure >= 0.8
