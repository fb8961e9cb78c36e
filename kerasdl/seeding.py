"""One seed for everything random, and weights that are equal on every backend."""

import math
import random

import keras
import numpy as np
from keras import ops
from keras.src.backend.common.global_state import set_global_attribute
from keras.src.random.seed_generator import GLOBAL_SEED_GENERATOR
from keras.src.utils.rng_utils import GLOBAL_RANDOM_SEED

from kerasdl.autodiff import seed_backend

_generator = np.random.default_rng()


def seed(value: int) -> None:
    """Make all that follows reproducible on the running backend.

    Seeds Python's `random`, NumPy's global generator, Keras (initialisers, dropout,
    `keras.random` without a seed, the order of `fit`), and the library's own
    generator, from which `GlorotUniform()` draws. It does the work of
    `keras.utils.set_random_seed` without loading a backend that does not run.

    Only what NumPy draws is also equal between backends: `GlorotUniform`, `MLP`,
    `data.Batches`. What `keras.random` draws differs from one to the other.

    Raises:
        ValueError: unless `value` is an integer in [0, 2**32).
    """
    global _generator
    whole = isinstance(value, (int, np.integer)) and not isinstance(value, bool)
    if not whole or not 0 <= value < 2**32:
        raise ValueError(
            "A seed is an integer from 0 to 2**32 - 1. "
            f"Received: {value!r}. Write seed(0), for example."
        )
    value = int(value)
    random.seed(value)
    np.random.seed(value)
    set_global_attribute(GLOBAL_RANDOM_SEED, value)
    set_global_attribute(GLOBAL_SEED_GENERATOR, None)  # Keras makes a new one
    seed_backend(value)
    _generator = np.random.default_rng(value)


@keras.saving.register_keras_serializable("kerasdl")
class GlorotUniform(keras.initializers.Initializer):
    """A shape to weights drawn evenly from [-limit, limit], equal on every backend.

    limit = sqrt(6 / (fan_in + fan_out)) keeps the variance of signals about the same
    from layer to layer, forwards and backwards. A kernel of shape
    `(*receptive_field, inputs, outputs)` has fan_in = field * inputs and
    fan_out = field * outputs, where field is the size of the receptive field (1 for a
    dense layer).

    The numbers are `numpy.random.default_rng(seed).uniform(-limit, limit, shape)`.
    Source: Glorot and Bengio 2010, https://proceedings.mlr.press/v9/glorot10a.html

    Args:
        seed: an integer gives the same weights at every call, so give each layer one
            of its own. None draws on from the library's generator, which
            `kerasdl.seed` sets: no two layers are equal, and all are reproducible.
    """

    def __init__(self, seed=None):
        self.seed = seed

    def __call__(self, shape, dtype=None):
        random = _generator if self.seed is None else np.random.default_rng(self.seed)
        limit = math.sqrt(6 / sum(_fans(shape)))
        weights = random.uniform(-limit, limit, shape).astype("float32")
        return ops.convert_to_tensor(weights, dtype=dtype or keras.config.floatx())

    def get_config(self):
        return {"seed": self.seed}


def _fans(shape) -> tuple[int, int]:
    """How many inputs reach an output, and how many outputs an input reaches."""
    if len(shape) < 2:
        raise ValueError(
            "GlorotUniform needs a kernel of shape (..., inputs, outputs). "
            f"Received: shape {tuple(shape)}. For a bias use zeros."
        )
    field = math.prod(shape[:-2])
    return field * shape[-2], field * shape[-1]
