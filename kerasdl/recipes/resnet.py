"""ResNet of 8 layers: handwritten digits of 8x8 pixels."""

import keras
import numpy as np

import kerasdl
from kerasdl import losses
from kerasdl.models.resnet import ResNet

GOAL = "test accuracy at least 0.96"


def run(seed: int) -> float:
    """Train and return the accuracy on the test images."""
    kerasdl.seed(seed)
    images, labels = kerasdl.data.load("digits")
    model = ResNet(10, depth=8, widths=(8, 16, 32))
    targets = np.eye(10, dtype="float32")[labels]
    batches = kerasdl.Batches(images, targets, 64, seed)
    rate = keras.optimizers.schedules.CosineDecay(0.02, 6 * len(batches))
    model.compile(keras.optimizers.Adam(rate), losses.log_loss)
    model.fit(batches, epochs=6, verbose=0)
    images, labels = kerasdl.data.load("digits", "test")
    logits = model.predict(images, batch_size=360, verbose=0)
    return float(np.mean(logits.argmax(axis=1) == labels))


def reached(figure: float) -> bool:
    return figure >= 0.96
