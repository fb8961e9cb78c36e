"""The lecture's filters: arrays `(size, size)`, float32, read-only.

    blurred = kerasdl.layers.correlate(image, BOX_BLUR)          # (height, width)
    edges = keras.ops.conv(images, LAPLACIAN[..., None, None])   # (batch, ..., 1)

Filters whose numbers sum to 1 keep the brightness; where they sum to 0, even regions
become 0. All but `DIAGONAL_EDGES` and `MINUS` look the same from all four sides, so
correlation and convolution agree.

Source: lecture, examples of filters. It shows sharpen, lighten, darken and the
detectors as pictures only; their numbers are ours.
"""

import numpy as np


def _filter(rows, divisor: float = 1) -> np.ndarray:
    kernel = np.array(rows, "float32") / np.float32(divisor)
    kernel.flags.writeable = False
    return kernel


IDENTITY = _filter([[0, 0, 0], [0, 1, 0], [0, 0, 0]])

# Edges: the differences between a pixel and some of its neighbours.
DIAGONAL_EDGES = _filter([[1, 0, -1], [0, 0, 0], [-1, 0, 1]])
LAPLACIAN = _filter([[0, 1, 0], [1, -4, 1], [0, 1, 0]])
ALL_EDGES = _filter([[-1, -1, -1], [-1, 8, -1], [-1, -1, -1]])

# Blurs: weighted averages.
BOX_BLUR = _filter(np.ones((3, 3)), 9)
GAUSSIAN_BLUR_3 = _filter(np.outer([1, 2, 1], [1, 2, 1]), 16)
GAUSSIAN_BLUR_5 = _filter(np.outer([1, 4, 6, 4, 1], [1, 4, 6, 4, 1]), 256)

SHARPEN = _filter([[0, -1, 0], [-1, 5, -1], [0, -1, 0]])  # identity minus LAPLACIAN
LIGHTEN = 1.5 * IDENTITY
DARKEN = 0.5 * IDENTITY
LIGHTEN.flags.writeable = DARKEN.flags.writeable = False

# Detectors: largest where the image holds the same pattern, 0 where it is even.
PLUS = _filter([[-5, 4, -5], [4, 4, 4], [-5, 4, -5]], 4)
MINUS = _filter([[-1, -1, -1], [2, 2, 2], [-1, -1, -1]], 2)
