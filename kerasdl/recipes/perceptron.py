"""Perceptron: hinge loss and a penalty, on two clouds of points that a line parts."""

import keras
import numpy as np

import kerasdl
from kerasdl import losses
from kerasdl.models.perceptron import Perceptron

GOAL = "at least 95 of 100 new points on the right side"


def run(seed: int) -> float:
    """Train and return the part of new points that are classified rightly."""
    kerasdl.seed(seed)
    x, y = clouds(200, seed)
    model = Perceptron(penalty=0.01)
    model.compile(keras.optimizers.SGD(0.1, momentum=0.9), losses.hinge)
    model.fit(x, y, batch_size=20, epochs=5, verbose=0)
    x, y = clouds(1000, seed + 1)
    return float(np.mean(np.sign(model.predict(x, batch_size=1000, verbose=0)) == y))


def clouds(points: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Points around (2, 2) with target 1 and around (-1, 0) with target -1."""
    random = np.random.default_rng(seed)
    y = np.repeat([-1, 1], points // 2)[:, None].astype("float32")
    middles = np.where(y > 0, [2, 2], [-1, 0])
    return (middles + random.normal(0, 0.8, (points, 2))).astype("float32"), y


def reached(figure: float) -> bool:
    return figure >= 0.95
