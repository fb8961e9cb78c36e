"""The perceptron: one neuron that draws a line."""

import keras
from keras import ops

from kerasdl.model import Model
from kerasdl.seeding import GlorotUniform


@keras.saving.register_keras_serializable("kerasdl")
class Perceptron(Model):
    """Linear classifier, `(batch, dim)` to scores `(batch, 1)`: f(x) = x w + b.

    The sign of the score is the class, -1 or 1. Trained with `kerasdl.losses.hinge`
    it minimises the lecture's structural risk

        penalty / 2 * w . w + mean_i max(0, 1 - y_i f(x_i))

    (the lecture sums over the examples; the mean keeps the penalty's meaning for any
    number of them). The first term prefers a wide margin: the points nearest to the
    line, with |f(x)| = 1, are 1 / ||w|| away from it.

        model = Perceptron(penalty=0.01)
        model.compile(keras.optimizers.SGD(0.1), losses.hinge)
        model.fit(x, y)          # y of shape (n, 1), -1 or 1

    Parameters: dim + 1. b is not penalised, and starts at zero.

    Args:
        penalty: weight of the first term, at least 0.

    Raises:
        ValueError: when the penalty is negative or the input not `(batch, dim)`.

    Source: lecture, single neuron and structural risk minimisation
    """

    def __init__(self, penalty=0.0, **kwargs):
        super().__init__(**kwargs)
        if not penalty >= 0:
            raise ValueError(
                f"Perceptron needs a penalty of at least 0. Received: {penalty=}."
            )
        self.penalty = penalty

    def build(self, input_shape):
        if len(input_shape) != 2 or input_shape[-1] is None:
            raise ValueError(
                "Perceptron needs inputs of shape (batch, dim) with a known dim. "
                f"Received: input_shape={tuple(input_shape)}. "
                "Flatten images first: images.reshape(len(images), -1)."
            )
        self.kernel = self.add_weight(
            shape=(input_shape[-1], 1),
            initializer=GlorotUniform(),
            regularizer=keras.regularizers.L2(self.penalty / 2),
            name="kernel",
        )
        self.bias = self.add_weight(shape=(1,), initializer="zeros", name="bias")
        self.input_spec = keras.InputSpec(ndim=2, axes={-1: input_shape[-1]})

    def call(self, x):
        return ops.matmul(x, self.kernel) + self.bias
