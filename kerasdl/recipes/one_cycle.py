"""One cycle: an MLP that learns handwritten digits in five epochs of plain SGD."""

import keras
import numpy as np

import kerasdl
from kerasdl import losses
from kerasdl.models.mlp import MLP
from kerasdl.training.schedules import OneCycle

GOAL = "test accuracy at least 0.94 after five epochs"


def run(seed: int) -> float:
    """Train and return the accuracy on the test images."""
    kerasdl.seed(seed)
    images, labels = kerasdl.data.load("digits")
    x, y = images.reshape(len(images), -1), np.eye(10, dtype="float32")[labels]
    batches, epochs = kerasdl.Batches(x, y, 32, seed), 5
    model = MLP(64, 10)
    rate = OneCycle(peak=0.2, steps=epochs * len(batches))
    model.compile(keras.optimizers.SGD(rate, momentum=0.9), losses.log_loss)
    model.fit(batches, epochs=epochs, verbose=0)
    images, labels = kerasdl.data.load("digits", "test")
    logits = model.predict(images.reshape(len(images), -1), batch_size=360, verbose=0)
    return float(np.mean(logits.argmax(axis=1) == labels))


def reached(figure: float) -> bool:
    return figure >= 0.94
