"""Compares plain data with what was expected, in words that give nothing away."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np


def compare(actual: Any, expected: Any, tolerance: float = 1e-4) -> str | None:
    """None where `actual` equals `expected`, else how it differs.

    Numbers agree within `tolerance`, absolute plus relative. Tuples and lists are
    compared item by item. The words name shapes and distances, never the values.
    """
    if isinstance(expected, Mapping):
        return _compare_items(actual, dict(expected), tolerance, Mapping)
    if isinstance(expected, Sequence) and not isinstance(expected, str):
        if any(np.ndim(item) for item in expected) or _holds_items(actual):
            return _compare_items(actual, expected, tolerance, Sequence)
    if isinstance(expected, str | bool) or expected is None:
        return None if actual == expected else f"is {_kind(actual)}, but another one"
    return _compare_arrays(actual, np.asarray(expected), tolerance)


def _holds_items(value: Any) -> bool:
    return isinstance(value, list | tuple)


def _compare_items(
    actual: Any, expected: Any, tolerance: float, kind: type
) -> str | None:
    if isinstance(actual, np.ndarray) and kind is Sequence and actual.ndim:
        actual = list(actual)
    if not isinstance(actual, kind) or isinstance(actual, str):
        return f"is {_kind(actual)}, expected {len(expected)} items"
    if len(actual) != len(expected):
        return f"has {len(actual)} items, expected {len(expected)}"
    keys = expected.keys() if kind is Mapping else range(len(expected))
    for position, key in enumerate(keys, start=1):
        if kind is Mapping and key not in actual:
            return f"has no {key!r}"
        difference = compare(actual[key], expected[key], tolerance)
        if difference:
            label = f"{key!r}" if kind is Mapping else f"item {position}"
            return f"has {label}, which {difference}"
    return None


def _compare_arrays(actual: Any, expected: np.ndarray, tolerance: float) -> str | None:
    array = as_array(actual)
    if array is None:
        return f"is {_kind(actual)}, expected numbers"
    if array.shape != expected.shape and array.size == expected.size == 1:
        array = array.reshape(expected.shape)
    if array.shape != expected.shape:
        return f"has shape {array.shape}, expected {expected.shape}"
    if not np.all(np.isfinite(array)):
        count = int(np.sum(~np.isfinite(array)))
        return f"has {count} of {array.size} values that are infinite or not a number"
    if not np.all(np.isfinite(expected)):
        return "cannot be compared, since what it follows from is not finite"
    distance = np.abs(array - expected)
    wrong = distance > tolerance * (1 + np.abs(expected))
    if not np.any(wrong):
        return None
    return (
        f"differs by up to {np.max(distance):.2g} at {int(np.sum(wrong))} of "
        f"{array.size} places"
    )


def as_array(value: Any) -> np.ndarray | None:
    """Numbers, nested lists of numbers or an array, as float64; None for the rest."""
    try:
        array = np.asarray(value)
    except ValueError:  # ragged
        return None
    if array.dtype.kind not in "biuf":
        return None
    return array.astype("float64")


def _kind(value: Any) -> str:
    names = {
        "NoneType": "None (is a `return` missing?)",
        "str": "text",
        "list": "a list",
        "tuple": "a tuple",
        "dict": "a dict",
        "bool": "True or False",
        "ndarray": "an array",
    }
    return names.get(type(value).__name__, "a number")
