"""Times of several ways to do the same, taken alternately in one run."""

import statistics
import time
from collections.abc import Callable


def alternately(ways: dict[str, Callable[[], object]], rounds: int) -> dict[str, list]:
    """Seconds of each way in each round; every round starts with another one.

    Other work on the machine slows all ways of a round alike, so that the ratios
    within a round say more than times of separate runs.
    """
    names, seconds = list(ways), {name: [] for name in ways}
    for turn in range(rounds):
        shift = turn % len(names)
        for name in names[shift:] + names[:shift]:
            start = time.perf_counter()
            ways[name]()
            seconds[name].append(time.perf_counter() - start)
    return seconds


def ratio(seconds: dict[str, list], one: str, other: str) -> float:
    """How many times as long `one` takes as `other`: the median over the rounds."""
    pairs = zip(seconds[one], seconds[other], strict=True)
    return statistics.median(a / b for a, b in pairs)
