"""Checks of arguments, and of inputs' shapes, that the whole library shares."""

import difflib
from collections.abc import Sequence
from numbers import Integral

import numpy as np
from keras import tree


def check_whole(caller: str, least: int = 1, **arguments: int) -> None:
    """Raise a ValueError unless all arguments are whole numbers from `least` on."""
    for name, value in arguments.items():
        if not is_whole(value) or value < least:
            raise ValueError(
                f"{caller} needs a whole number of at least {least} as {name}. "
                f"Received: {name}={value!r}. "
                f"Write {name}={max(least, 2)}, for example."
            )


def is_whole(value) -> bool:
    """Whether a value is an integer, of Python or NumPy, and not a boolean."""
    return isinstance(value, Integral) and not isinstance(value, bool)


def pair(caller: str, name: str, value: int | tuple[int, int]) -> tuple[int, int]:
    """One whole number, for both axes, or two of them to a pair."""
    if isinstance(value, (list, tuple)) and len(value) == 2:
        first, second = value
    else:
        first = second = value
    check_whole(caller, **{name: first})
    check_whole(caller, **{name: second})
    return int(first), int(second)


def check_range(caller: str, low: float, high: float, **arguments: float) -> None:
    """Raise a ValueError unless all arguments lie in [low, high]."""
    for name, value in arguments.items():
        if not low <= value <= high:
            raise ValueError(
                f"{caller} needs {name} in [{low}, {high}]. Received: {name}={value!r}."
            )


def check_name(what: str, name: str, known: Sequence[str]) -> None:
    """Raise a ValueError that suggests a name unless this one is known."""
    if name in known:
        return
    close = difflib.get_close_matches(str(name), known, n=1)
    hint = f" Did you mean {close[0]!r}?" if close else ""
    raise ValueError(
        f"Expected a {what}, one of {', '.join(map(repr, known))}. "
        f"Received: {name!r}.{hint}"
    )


def check_choice(caller: str, name: str, value: str, choices: tuple[str, ...]) -> None:
    """Raise a ValueError unless the value is one of the choices."""
    if value not in choices:
        raise ValueError(
            f"{caller} needs a {name} out of {', '.join(map(repr, choices))}. "
            f"Received: {name}={value!r}."
        )


def check_images(caller: str, input_shape, sides_known: bool = False) -> None:
    """Raise a ValueError unless the shape is (batch, height, width, channels)."""
    needed = slice(1, None) if sides_known else slice(3, None)
    if len(input_shape) == 4 and None not in tuple(input_shape)[needed]:
        return
    known = "height, width and channels" if sides_known else "channels"
    raise ValueError(
        f"{caller} needs images of shape (batch, height, width, channels) with known "
        f"{known}. Received: input_shape={tuple(input_shape)}. "
        "Grey images need the last axis too: images[..., None]."
    )


def plain(arguments):
    """A nest of arguments to the same with NumPy's numbers as Python's."""
    return tree.map_structure(
        lambda value: value.item() if isinstance(value, np.generic) else value,
        arguments,
    )
