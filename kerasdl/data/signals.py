"""Functions of one number: inputs `(n, 1)` and targets `(n, 1)`, float32."""

import numpy as np

from kerasdl.arguments import check_range, check_whole


def square_wave(n: int = 50, terms: int | None = 3) -> tuple[np.ndarray, np.ndarray]:
    """A wave of period 1 at n points of [-1, 1], as a sum of sines.

        y = 4 / pi sum_{k = 1, 3, 5, ...} sin(2 pi k x) / k

    Args:
        terms: number of sines, at least 1. None: all of them, so that y is 1 in the
            first half of each period, -1 in the second and 0 where it jumps.

    Raises:
        ValueError: when n is below 2 or terms below 1.
    """
    check_whole("square_wave", 2, n=n)
    x = np.linspace(-1, 1, n)[:, None]
    if terms is None:
        half = np.round(2 * x, 9)  # in half periods: rounding finds the jumps
        return _float32(x, np.where(half % 1 == 0, 0, 1 - 2 * (np.floor(half) % 2)))
    check_whole("square_wave", 1, terms=terms)
    odd = 2 * np.arange(terms) + 1
    sines = np.sin(2 * np.pi * odd * x) / odd
    return _float32(x, 4 / np.pi * sines.sum(axis=1, keepdims=True))


def sine_product(n: int = 100) -> tuple[np.ndarray, np.ndarray]:
    """sin(x) sin(4 x) at n points of [0, 2 pi]: few neurons find it hard.

    Raises:
        ValueError: when n is below 2.
    """
    check_whole("sine_product", 2, n=n)
    x = np.linspace(0, 2 * np.pi, n)[:, None]
    return _float32(x, np.sin(x) * np.sin(4 * x))


def carbon_dioxide(
    years: int = 40, noise: float = 0.3, seed: int = 0
) -> tuple[np.ndarray, np.ndarray]:
    """A made-up record of carbon dioxide in air, a value a month: time to amount.

        y = 315 + 0.8 t + 0.012 t^2 + 3 sin(2 pi t) + noise

    A rising trend and a yearly wave, as has been measured on Mauna Loa since 1958; the
    numbers are not those measured. What a model says about the years after the last
    shows whether it knows what it cannot know. Scale both before training.

    Args:
        years: length of the record; there are 12 values a year.
        noise: standard deviation, in parts per million.

    Returns:
        times in years, from 0, and amounts in parts per million.

    Raises:
        ValueError: when years is below 1 or the noise negative.
    """
    check_whole("carbon_dioxide", 1, years=years)
    check_range("carbon_dioxide", 0, np.inf, noise=noise)
    t = np.arange(12 * years)[:, None] / 12
    amount = 315 + 0.8 * t + 0.012 * t**2 + 3 * np.sin(2 * np.pi * t)
    random = np.random.default_rng(seed)
    return _float32(t, amount + random.normal(0, noise, t.shape))


def _float32(*arrays: np.ndarray) -> tuple[np.ndarray, ...]:
    return tuple(array.astype("float32") for array in arrays)
