"""Neural differential equation of 2 numbers, 32 units, 4 steps, batches of 128."""

import keras
from examples import points
from keras import ops

from kerasdl.models.neural_ode import NeuralODE

STEPS, BATCH = 50, 128
LOSS = keras.losses.MeanSquaredError()
DURATION, PATH = 0.2, 4


def data():
    return points(STEPS * BATCH, 2), points(STEPS * BATCH, PATH + 1, 2)


def ours():
    return NeuralODE(2, 32, DURATION, PATH)


def keras_layers():
    return Motion()


class Motion(keras.Model):
    """The steps of Runge and Kutta, scanned as ours are."""

    def __init__(self):
        super().__init__()
        layers = keras.layers
        self.slope = keras.Sequential(
            [keras.Input((2,)), layers.Dense(32, "tanh"), layers.Dense(2)]
        )

    def call(self, x):
        _, path = ops.scan(self.step, x, length=PATH)
        path = ops.concatenate([ops.expand_dims(x, 0), path])
        return ops.transpose(path, (1, 0, 2))

    def step(self, state, _):
        first = self.slope(state)
        second = self.slope(state + DURATION / 2 * first)
        third = self.slope(state + DURATION / 2 * second)
        fourth = self.slope(state + DURATION * third)
        mean = (first + 2 * second + 2 * third + fourth) / 6
        return state + DURATION * mean, state + DURATION * mean
