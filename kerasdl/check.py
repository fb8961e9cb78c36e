"""Checks for the visible tests of exercises: each passes or says what to look at.

Each function raises an AssertionError whose message ends with the hint `look_at`, a
sentence by the author of the exercise. Values may be tensors, arrays, Python numbers,
or lists of them.
"""

from collections.abc import Callable
from typing import Any

import keras
import numpy as np


def shape(value: Any, expected: tuple[int, ...], look_at: str) -> None:
    """Pass if `value` has the shape `expected`."""
    received = _array(value, look_at).shape
    if received != tuple(expected):
        _fail(f"Expected shape {tuple(expected)}, received {received}.", look_at)


def close(value: Any, expected: Any, look_at: str, tolerance: float = 1e-5) -> None:
    """Pass if `value` and `expected` have one shape and nearly the same numbers.

    A number e may be missed by `tolerance * max(1, |e|)`: an absolute error for small
    numbers, a relative one for large.
    """
    expected = _array(expected, look_at)
    shape(value, expected.shape, look_at)
    value = _array(value, look_at)
    finite(value, look_at)
    difference = np.abs(value - expected)
    if np.all(difference <= tolerance * np.maximum(1, np.abs(expected))):
        return
    _fail(f"Values differ by up to {_largest(difference)}.", look_at)


def finite(value: Any, look_at: str) -> None:
    """Pass if no number in `value` is NaN or infinite."""
    wrong = ~np.isfinite(_array(value, look_at))
    if not wrong.any():
        return
    kinds = f"{wrong.sum()} of {wrong.size} numbers are NaN or infinite"
    first = _place(np.unravel_index(wrong.argmax(), wrong.shape))
    _fail(f"{kinds}, the first{first}.", look_at)


def gradient(
    function: Callable,
    derivative: Callable,
    x: Any,
    look_at: str,
    tolerance: float = 1e-2,
) -> None:
    """Pass if `derivative(x)` agrees with central differences of `function` at x.

    Both map a float32 tensor to its shape, elementwise. A derivative d may be missed
    by `tolerance * max(1, |d|)`. Keep x at least 0.01 away from kinks,
    where the difference quotient mixes the two sides.
    """
    x = _array(x, look_at).astype("float32")
    step = np.float32(5e-3) * np.maximum(1, np.abs(x))  # about the cube root of 1e-7
    above, below = x + step, x - step
    rise = _call(function, above, look_at) - _call(function, below, look_at)
    slope = rise / (above - below).astype("float64")
    received = _call(derivative, x, look_at)
    shape(received, slope.shape, look_at)
    finite(received, look_at)
    difference = np.abs(received - slope)
    if np.all(difference <= tolerance * np.maximum(1, np.abs(slope))):
        return
    _fail(
        "The derivative differs from the slope of the function by up to "
        f"{_largest(difference)}, where x = {x.flat[difference.argmax()]:.4g}.",
        look_at,
    )


def _call(function: Callable, x: np.ndarray, look_at: str) -> np.ndarray:
    return _array(function(keras.ops.convert_to_tensor(x)), look_at)


def _array(value: Any, look_at: str) -> np.ndarray:
    """The value as a float64 array."""
    if value is None:
        _fail("Received None: is there a `return`?", look_at)
    try:
        return _convert(value)
    except (TypeError, ValueError, RuntimeError):
        _fail(f"Expected numbers, received {type(value).__name__}.", look_at)


def _convert(value: Any) -> np.ndarray:
    if isinstance(value, (list, tuple)):
        return np.array([_convert(item) for item in value], "float64")
    return np.asarray(keras.ops.convert_to_numpy(value)).astype("float64")


def _largest(difference: np.ndarray) -> str:
    place = np.unravel_index(difference.argmax(), difference.shape)
    return f"{difference.max():.3g}{_place(place)}"


def _place(index: tuple) -> str:
    if not index:
        return ""
    return f" at index [{', '.join(str(int(i)) for i in index)}]"


def _fail(message: str, look_at: str) -> None:
    raise AssertionError(f"{message} {look_at}")
