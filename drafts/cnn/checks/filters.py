"""Problem 2: the lecture's filters, by what they do to an image."""

import numpy as np

from autograder.checks import Check, compare

from .common import array, verdict
from .images import correlation

DIRECT = ((0, 1), (1, 0), (1, 2), (2, 1))
CORNERS = ((0, 0), (0, 2), (2, 0), (2, 2))


def blur(window):
    direct = sum(window[place] for place in DIRECT)
    return (4 * window[1, 1] + 2 * direct + sum(window[p] for p in CORNERS)) / 16


def laplacian(window):
    return sum(window[place] for place in DIRECT) - 4 * window[1, 1]


def diagonal(window):
    return window[0, 0] + window[2, 2] - window[0, 2] - window[2, 0]


# What each filter makes of a window of 3 x 3 pixels.
MEANINGS = {
    "identity": lambda window: window[1, 1],
    "box_blur": np.mean,
    "gaussian_blur": blur,
    "laplacian": laplacian,
    "all_edges": lambda window: 9 * window[1, 1] - np.sum(window),
    "diagonal_edges": diagonal,
    "sharpen": lambda window: window[1, 1] - laplacian(window),
    "shift_right": lambda window: window[1, 0],
}


class Filter(Check):
    question = "images/filters"
    weight = 0.5

    def __init__(self, name, filters, look_at):
        self.name, self.filters, self.look_at = f"images/{name}", filters, look_at

    def inputs(self, rng):
        return {"image": rng.random((6, 7)), "names": list(MEANINGS)}

    @staticmethod
    def run(student, names):
        lecture_filter = student.lecture_filter

        def answer(name):
            try:
                return lecture_filter(name)
            except Exception:
                return None

        return {name: answer(name) for name in names}

    def mark(self, result, inputs):
        for name in self.filters:
            kernel = array(result[name])
            if kernel is None or kernel.shape != (3, 3):
                return verdict(
                    f"`lecture_filter` gives no 3 x 3 numbers for {name!r}: "
                    f"{self.look_at}"
                )
            windows = np.lib.stride_tricks.sliding_window_view(inputs["image"], (3, 3))
            expected = [[MEANINGS[name](w) for w in row] for row in windows]
            difference = compare(correlation(inputs["image"], kernel), expected)
            if difference:
                return verdict(
                    f"`lecture_filter({name!r})` makes of a random image what "
                    f"{difference} from what the table says: {self.look_at}"
                )
        return verdict(None)


checks = [
    Filter(
        "identity-and-shift",
        ("identity", "shift_right"),
        "which neighbour's value must the pixel get? It is correlation, not "
        "convolution.",
    ),
    Filter(
        "blurs",
        ("box_blur", "gaussian_blur"),
        "a mean: weights for centre, direct neighbours and corners that sum to 1.",
    ),
    Filter(
        "edges",
        ("laplacian", "all_edges", "diagonal_edges"),
        "look at the signs, and at which of the neighbours take part.",
    ),
    Filter("sharpen", ("sharpen",), "the identity minus the filter `laplacian`."),
]
