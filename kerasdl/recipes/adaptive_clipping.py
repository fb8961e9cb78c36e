"""Adaptive clipping: a deep MLP, not normalised, at a learning rate far too large."""

import keras
import numpy as np

import kerasdl
from kerasdl import losses
from kerasdl.models.mlp import MLP
from kerasdl.training.clipping import AdaptiveClipping

GOAL = "test accuracy at least 0.7 above that of the same training without clipping"


def run(seed: int) -> float:
    """Train with and without clipping and return the difference of the accuracies."""
    clipped = AdaptiveClipping(sgd(), clipping=0.003)
    return accuracy(clipped, seed) - accuracy(sgd(), seed)


def sgd():
    return keras.optimizers.SGD(1.0, momentum=0.9)


def accuracy(optimizer, seed: int) -> float:
    """Train with this optimizer and return the accuracy on the test images."""
    kerasdl.seed(seed)
    images, labels = kerasdl.data.load("digits")
    x, y = images.reshape(len(images), -1), np.eye(10, dtype="float32")[labels]
    model = MLP((64, 64, 64), 10)
    model.compile(optimizer, losses.log_loss)
    model.fit(kerasdl.Batches(x, y, 64, seed), epochs=8, verbose=0)
    images, labels = kerasdl.data.load("digits", "test")
    logits = model.predict(images.reshape(len(images), -1), batch_size=360, verbose=0)
    return float(np.mean(logits.argmax(axis=1) == labels))


def reached(figure: float) -> bool:
    return figure >= 0.7
