"""Dense layers and the multilayer perceptron."""

import numpy as np

from cases import Case
from kerasdl import losses
from kerasdl.layers.dense import Dense
from kerasdl.models.mlp import MLP


def points(random):
    return random.normal(size=(4, 6)).astype("float32")


def one_hot(random):
    return np.eye(3, dtype="float32")[random.integers(3, size=4)]


CASES = [
    Case("dense", lambda: Dense(5, "tanh"), points, parameters=(6 + 1) * 5),
    Case(
        "mlp",
        lambda: MLP((5, 4), 3, activation="elu"),
        points,
        parameters=7 * 5 + 6 * 4 + 5 * 3,
        targets=one_hot,
        loss=losses.log_loss,
    ),
]
