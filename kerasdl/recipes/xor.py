"""XOR: four points that no line parts, learned with one hidden layer of sigmoids."""

import keras
import numpy as np

import kerasdl
from kerasdl import losses
from kerasdl.models.mlp import MLP

GOAL = "all four points right, by a margin of at least 0.5"


def run(seed: int) -> float:
    """Train and return the smallest margin y f(x): above 0 all points are right."""
    kerasdl.seed(seed)
    x, y = kerasdl.data.xor()
    model = MLP(8, 1, activation="sigmoid")
    model.compile(keras.optimizers.Adam(0.1), losses.squared_hinge)
    steps = 300  # each batch is all four points
    x_steps, y_steps = np.tile(x, (steps, 1)), np.tile(y, (steps, 1))
    model.fit(x_steps, y_steps, batch_size=4, shuffle=False, verbose=0)
    return float(np.min(y * model.predict(x, verbose=0)))


def reached(figure: float) -> bool:
    return figure >= 0.5
