"""Checks of arguments."""

import difflib
import numbers
from collections.abc import Sequence


def check_name(what: str, name: str, known: Sequence[str]) -> None:
    """Raise an error that suggests a name unless this one is known."""
    if name in known:
        return
    close = difflib.get_close_matches(str(name), known, n=1)
    hint = f" Did you mean {close[0]!r}?" if close else ""
    raise ValueError(
        f"Expected a {what}, one of {', '.join(map(repr, known))}. "
        f"Received: {name!r}.{hint}"
    )


def check_whole(name: str, least: int, **values: int) -> None:
    """Raise an error unless each value is a whole number, at least so large."""
    for argument, value in values.items():
        whole = isinstance(value, numbers.Integral) and not isinstance(value, bool)
        if not whole or value < least:
            raise ValueError(
                f"{name} needs a whole number of at least {least} for {argument}. "
                f"Received: {argument}={value!r}."
            )


def check_range(name: str, low: float, high: float, **values: float) -> None:
    """Raise an error unless each value lies in [low, high]."""
    for argument, value in values.items():
        if not low <= value <= high:
            raise ValueError(
                f"{name} needs {argument} in [{low}, {high}]. "
                f"Received: {argument}={value!r}."
            )
