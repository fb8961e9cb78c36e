"""MLP: handwritten digits of 8x8 pixels."""

import keras
import numpy as np

import kerasdl
from kerasdl import losses
from kerasdl.models.mlp import MLP

GOAL = "test accuracy at least 0.95"


def run(seed: int) -> float:
    """Train and return the accuracy on the test images."""
    kerasdl.seed(seed)
    images, labels = kerasdl.data.load("digits")
    x, y = images.reshape(len(images), -1), np.eye(10, dtype="float32")[labels]
    model = MLP(64, 10)
    model.compile(keras.optimizers.Adam(0.01), losses.log_loss)
    model.fit(kerasdl.Batches(x, y, 64, seed), epochs=25, verbose=0)
    images, labels = kerasdl.data.load("digits", "test")
    logits = model.predict(images.reshape(len(images), -1), batch_size=360, verbose=0)
    return float(np.mean(logits.argmax(axis=1) == labels))


def reached(figure: float) -> bool:
    return figure >= 0.95
