"""Transfer: filters learned on digits 0 to 4, adapted to 5 to 9 by few weights."""

import keras
import numpy as np

import kerasdl
from kerasdl import losses
from kerasdl.layers.adapter import ResidualAdapter
from kerasdl.layers.correlation import Correlation2D
from kerasdl.layers.dense import Dense
from kerasdl.layers.pooling import MaxPooling2D
from kerasdl.seeding import HeNormal

GOAL = "accuracy on test digits 5 to 9 at least 0.93"


def run(seed: int) -> float:
    """Train on 0 to 4, then adapters on 5 to 9; return the accuracy on 5 to 9."""
    kerasdl.seed(seed)
    shared = [
        Correlation2D(width, 3, padding="same", kernel_initializer=HeNormal())
        for width in (16, 32)
    ]
    learn(classifier(shared), *digits(0), seed)
    adapted = classifier([ResidualAdapter(layer) for layer in shared])
    learn(adapted, *digits(5), seed)
    images, targets = digits(5, "test")
    logits = adapted.predict(images, batch_size=360, verbose=0)
    return float(np.mean(logits.argmax(axis=1) == targets.argmax(axis=1)))


def digits(first, split="train"):
    """Images of the five digits from `first` on, and their one-hot targets."""
    images, labels = kerasdl.data.load("digits", split)
    chosen = (labels >= first) & (labels < first + 5)
    return images[chosen], np.eye(5, dtype="float32")[labels[chosen] - first]


def classifier(filters):
    layers = [[layer, keras.layers.ReLU(), MaxPooling2D(2)] for layer in filters]
    return keras.Sequential([*sum(layers, []), keras.layers.Flatten(), Dense(5)])


def learn(model, images, targets, seed):
    model.compile(keras.optimizers.Adam(0.01), losses.log_loss)
    model.fit(kerasdl.Batches(images, targets, 64, seed), epochs=8, verbose=0)


def reached(figure: float) -> bool:
    return figure >= 0.93
