"""Maxout: handwritten digits with a hidden layer that learns its activations."""

import keras
import numpy as np

import kerasdl
from kerasdl import losses
from kerasdl.layers.dense import Dense
from kerasdl.layers.maxout import Maxout

GOAL = "test accuracy at least 0.95"


def run(seed: int) -> float:
    """Train and return the accuracy on the test images."""
    kerasdl.seed(seed)
    images, labels = kerasdl.data.load("digits")
    x, y = images.reshape(len(images), -1), np.eye(10, dtype="float32")[labels]
    model = keras.Sequential([keras.Input((64,)), Maxout(32, pieces=3), Dense(10)])
    model.compile(keras.optimizers.Adam(0.005), losses.log_loss)
    model.fit(kerasdl.Batches(x, y, 64, seed), epochs=15, verbose=0)
    images, labels = kerasdl.data.load("digits", "test")
    logits = model.predict(images.reshape(len(images), -1), batch_size=360, verbose=0)
    return float(np.mean(logits.argmax(axis=1) == labels))


def reached(figure: float) -> bool:
    return figure >= 0.95
