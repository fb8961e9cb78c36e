"""Random examples: the time of a training step does not depend on what is learned."""

import numpy as np


def points(count: int, *shape: int) -> np.ndarray:
    """Normal numbers `(count, ...)`, float32."""
    return np.random.default_rng(0).normal(size=(count, *shape)).astype("float32")


def shades(count: int, *shape: int) -> np.ndarray:
    """Numbers in [0, 1], `(count, ...)`, float32."""
    return np.random.default_rng(0).random(size=(count, *shape), dtype="float32")


def labels(count: int, classes: int) -> np.ndarray:
    """Classes `(count,)`, int32."""
    return np.random.default_rng(1).integers(classes, size=count).astype("int32")
