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

    Only what NumPy draws is also equal between backends: the initialisers of this
    file, `kerasdl.random` and `data.Batches`. What `keras.random` draws differs.

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
        limit = math.sqrt(6 / sum(_fans(shape)))
        weights = _source(self.seed).uniform(-limit, limit, shape).astype("float32")
        return ops.convert_to_tensor(weights, dtype=dtype or keras.config.floatx())

    def get_config(self):
        return {"seed": self.seed}


@keras.saving.register_keras_serializable("kerasdl")
class HeNormal(keras.initializers.Initializer):
    """A shape to weights of mean 0 and variance 2 / fan_in, equal on every backend.

    For layers followed by a ReLU, which halves the variance of its inputs; fan_in is
    that of `GlorotUniform`. The numbers are
    `numpy.random.default_rng(seed).normal(0, sqrt(2 / fan_in), shape)`.
    Source: He et al. 2015, https://arxiv.org/abs/1502.01852

    Args:
        seed: as for `GlorotUniform`.
    """

    def __init__(self, seed=None):
        self.seed = seed

    def __call__(self, shape, dtype=None):
        spread = math.sqrt(2 / _fans(shape)[0])
        return _normal(self.seed, spread, shape, dtype)

    def get_config(self):
        return {"seed": self.seed}


@keras.saving.register_keras_serializable("kerasdl")
class Normal(keras.initializers.Initializer):
    """A shape to weights of mean 0 and the given spread, equal on every backend.

    For embeddings, positions and codebooks, which have no fan-in.

    Args:
        stddev: standard deviation, not negative.
        seed: as for `GlorotUniform`.

    Raises:
        ValueError: when `stddev` is negative.
    """

    def __init__(self, stddev=0.02, seed=None):
        if stddev < 0:
            raise ValueError(
                f"Normal needs a stddev of at least 0. Received: stddev={stddev}. "
                "0.02 is usual for embeddings."
            )
        self.stddev, self.seed = stddev, seed

    def __call__(self, shape, dtype=None):
        return _normal(self.seed, self.stddev, shape, dtype)

    def get_config(self):
        return {"stddev": self.stddev, "seed": self.seed}


def draw_seed() -> int:
    """A seed for a part of a model, from the library's generator."""
    return int(_generator.integers(2**31))


def _normal(seed, spread, shape, dtype):
    weights = _source(seed).normal(0, spread, shape).astype("float32")
    return ops.convert_to_tensor(weights, dtype=dtype or keras.config.floatx())


def _source(seed) -> np.random.Generator:
    return _generator if seed is None else np.random.default_rng(seed)


def _fans(shape) -> tuple[int, int]:
    """How many inputs reach an output, and how many outputs an input reaches."""
    if len(shape) < 2:
        raise ValueError(
            "An initializer by fan-in needs a kernel of shape (..., inputs, outputs). "
            f"Received: shape {tuple(shape)}. For a bias use zeros."
        )
    field = math.prod(shape[:-2])
    return field * shape[-2], field * shape[-1]
