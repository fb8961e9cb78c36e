"""Checks that several layers share: of their arguments and of their inputs' shapes."""

from numbers import Integral


def check_whole(layer: str, least: int = 1, **arguments: int) -> None:
    """Raise a ValueError unless all arguments are whole numbers from `least` on."""
    for name, value in arguments.items():
        if not is_whole(value) or value < least:
            raise ValueError(
                f"{layer} needs a whole number of at least {least} as {name}. "
                f"Received: {name}={value!r}. "
                f"Write {name}={max(least, 2)}, for example."
            )


def is_whole(value) -> bool:
    """Whether a value is an integer, of Python or NumPy, and not a boolean."""
    return isinstance(value, Integral) and not isinstance(value, bool)


def pair(layer: str, name: str, value: int | tuple[int, int]) -> tuple[int, int]:
    """One whole number, for both axes, or two of them to a pair."""
    if isinstance(value, (list, tuple)) and len(value) == 2:
        first, second = value
    else:
        first = second = value
    check_whole(layer, **{name: first})
    check_whole(layer, **{name: second})
    return int(first), int(second)


def check_choice(layer: str, name: str, value: str, choices: tuple[str, ...]) -> None:
    """Raise a ValueError unless the value is one of the choices."""
    if value not in choices:
        raise ValueError(
            f"{layer} needs a {name} out of {', '.join(map(repr, choices))}. "
            f"Received: {name}={value!r}."
        )


def check_images(layer: str, input_shape, sides_known: bool = False) -> None:
    """Raise a ValueError unless the shape is (batch, height, width, channels)."""
    needed = slice(1, None) if sides_known else slice(3, None)
    if len(input_shape) == 4 and None not in tuple(input_shape)[needed]:
        return
    known = "height, width and channels" if sides_known else "channels"
    raise ValueError(
        f"{layer} needs images of shape (batch, height, width, channels) with known "
        f"{known}. Received: input_shape={tuple(input_shape)}. "
        "Grey images need the last axis too: images[..., None]."
    )
