"""Runs a probe beside the student's code and makes plain data of what it returns.

The same code runs in the box and in an ordinary kernel, so both give the same marks.
"""

import linecache
import signal
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np

from autograder.box import advice
from autograder.box.forbidding import forbidden

MOST_TEXT = 2000
MOST_DIMENSIONS = 16


class TimeLimit(BaseException):
    """Raised into code that ran longer than it may; not an `Exception`, so that a
    student's `except Exception` does not swallow it."""


class NotDefined(Exception):
    """The notebook has not defined a name that the check asks for."""


class Student:
    """What the student's notebook has defined, by attribute."""

    def __init__(self, names: Mapping[str, Any]) -> None:
        self._names = names

    def __getattr__(self, name: str) -> Any:
        try:
            return self._names[name]
        except KeyError:
            raise NotDefined(name) from None


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raises TimeLimit after `seconds`, and each second from then on."""

    def stop(*_: Any) -> None:
        raise TimeLimit(f"stopped after {seconds:g} s")

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds, 1.0)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def answer(
    source: str,
    names: Mapping[str, Any],
    inputs: Mapping[str, Any],
    seconds: float,
    forbids: Sequence[str] = (),
) -> dict[str, Any]:
    """`{"value": plain data}`, or `{"error": {...}}` where the probe raised."""
    import keras
    from keras import ops

    scope: dict[str, Any] = {"np": np, "keras": keras, "ops": ops}
    try:
        with time_limit(seconds):
            exec(compile(source, "<probe>", "exec"), scope)
            given = {name: to_tensors(value) for name, value in inputs.items()}
            with forbidden(forbids):
                result = scope["run"](Student(names), **given)
            return {"value": to_plain(result)}
    except NotDefined as error:
        return {"error": {"type": "NotDefined", "message": str(error), "line": ""}}
    except BaseException as error:
        return {"error": _described(error)}


def to_tensors(value: Any) -> Any:
    """Arrays, also inside lists and dicts, to the backend's float32/int32 tensors."""
    from keras import ops

    if isinstance(value, np.ndarray):
        kinds = {"f": "float32", "i": "int32", "u": "int32", "b": "bool"}
        return ops.convert_to_tensor(value, dtype=kinds[value.dtype.kind])
    if isinstance(value, list | tuple):
        return [to_tensors(item) for item in value]
    if isinstance(value, dict):
        return {name: to_tensors(item) for name, item in value.items()}
    return value


def to_plain(value: Any, depth: int = 0) -> Any:
    """Tensors, arrays, numbers and text, also inside containers, to plain data.

    Raises:
        TypeError: anything else, named.
    """
    if depth > 8:
        raise TypeError("the answer is nested more than 8 deep")
    if value is None or type(value) in (bool, int, float, str):
        return value[:MOST_TEXT] if type(value) is str else value
    if isinstance(value, Mapping):
        return {str(k): to_plain(item, depth + 1) for k, item in value.items()}
    if isinstance(value, list | tuple):
        return [to_plain(item, depth + 1) for item in value]
    return _to_array(value)


def _to_array(value: Any) -> np.ndarray:
    from keras import ops

    if type(value) is not np.ndarray:
        if not hasattr(value, "shape") or not hasattr(value, "dtype"):
            raise TypeError(
                f"returned a {type(value).__name__}; expected a tensor, an array or a "
                f"number"
            )
        value = np.asarray(ops.convert_to_numpy(value))
    if value.ndim > MOST_DIMENSIONS:
        raise TypeError(f"returned an array of {value.ndim} dimensions")
    if value.dtype.name == "bfloat16":
        value = value.astype("float32")
    if value.dtype.kind == "f" and value.dtype.itemsize > 8:
        value = value.astype("float64")
    if value.dtype.kind not in "biuf":
        raise TypeError(f"returned an array of {value.dtype}; expected numbers")
    return value


def _described(error: BaseException) -> dict[str, str]:
    message = _shown(lambda: str(error))[:MOST_TEXT]
    if advised := advice.on(error):
        message = f"{message[:200]} ({advised})"
    line = ""
    for frame in traceback.extract_tb(error.__traceback__):
        if "ipython-input" in frame.filename or "ipykernel" in frame.filename:
            line = linecache.getline(frame.filename, frame.lineno or 0).strip()
    kind = _shown(lambda: str(type(error).__name__))
    return {"type": kind[:100], "message": message, "line": line[:200]}


def _shown(words: Callable[[], str]) -> str:
    """Words that a student's own class may make; nothing where that fails."""
    try:
        return words()
    except BaseException:
        return ""
