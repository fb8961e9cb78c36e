"""A neural ordinary differential equation."""

import keras
from keras import ops

from kerasdl.model import Model
from kerasdl.models.mlp import MLP
from kerasdl.runge_kutta import runge_kutta_step


@keras.saving.register_keras_serializable("kerasdl")
class NeuralODE(Model):
    """States `(batch, dim)` to their future `(batch, steps + 1, dim)`.

    y'(t) = f(y(t)), where f is an MLP with one hidden layer of tanh units: the network
    is the law of motion, and the path is found by integrating it with `steps` steps
    of the Runge-Kutta method of fourth order. Place 0 of the path is the state given.
    It is a residual network of any depth whose blocks share their weights.

    Trained through the steps, `fit(states, paths)`, with a loss such as the mean
    squared error. A net trained on short paths draws long ones: `path(states, steps)`.

    Parameters: those of f, units (dim + 1) + dim (units + 1).

    Args:
        dim: numbers in a state.
        units: hidden units of f.
        duration: of a step, above 0, in the unit of time of the data.
        steps: at least 1.

    Raises:
        ValueError: when the states are not `(batch, dim)`, steps is below 1 or the
            duration is not above 0.

    Source: Chen et al. 2018, https://arxiv.org/abs/1806.07366 (here the gradient goes
    back through the solver's steps, not by the adjoint method); lecture, closing list.
    """

    def __init__(self, dim, units, duration, steps, **kwargs):
        super().__init__(**kwargs)
        if steps < 1 or duration <= 0:
            raise ValueError(
                "NeuralODE needs at least 1 step and a duration above 0. "
                f"Received: steps={steps}, duration={duration}. "
                "For ten steps of a tenth of a second: duration=0.1, steps=10."
            )
        self.dim, self.duration, self.steps = dim, duration, steps
        self.slope = MLP(units, dim, activation="tanh", dtype=self.dtype_policy)

    def build(self, input_shape):
        if len(input_shape) != 2 or input_shape[1] != self.dim:
            raise ValueError(
                f"NeuralODE needs states of shape (batch, {self.dim}). "
                f"Received: input_shape={tuple(input_shape)}. "
                "Give the number of columns as dim."
            )
        self.slope.build(input_shape)
        self.input_spec = keras.InputSpec(ndim=2, axes={-1: self.dim})

    def call(self, x):
        return self.path(x, self.steps)

    def path(self, x, steps):
        """States `(batch, dim)` to `(batch, steps + 1, dim)`, for any steps >= 1."""
        x = ops.convert_to_tensor(x, dtype=self.compute_dtype)

        def step(state, _):
            state = runge_kutta_step(self.slope, state, self.duration)
            return state, state

        _, states = ops.scan(step, x, length=steps)
        return ops.moveaxis(ops.concatenate([x[None], states]), 0, 1)
