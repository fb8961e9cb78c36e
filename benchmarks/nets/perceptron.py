"""One neuron on 2 features with a penalty on its weights, batches of 64."""

import keras
from examples import labels, points

from kerasdl.models.perceptron import Perceptron

STEPS, BATCH = 200, 64
LOSS = keras.losses.Hinge()


def data():
    y = 2 * labels(STEPS * BATCH, 2)[:, None] - 1
    return points(STEPS * BATCH, 2), y.astype("float32")


def ours():
    return Perceptron(penalty=0.01)


def keras_layers():
    penalty = keras.regularizers.L2(0.01 / 2)
    return keras.Sequential(
        [keras.Input((2,)), keras.layers.Dense(1, kernel_regularizer=penalty)]
    )
