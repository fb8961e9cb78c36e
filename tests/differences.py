"""Gradients from finite differences."""

import numpy as np
from keras import ops


def slopes(function, x, step=1e-2):
    """Central differences of a scalar function at a small array x, of x's shape."""
    result = np.zeros(x.shape)
    for place in np.ndindex(*x.shape):
        up, down = x.copy(), x.copy()
        up[place] += step
        down[place] -= step
        rise = [float(ops.convert_to_numpy(function(point))) for point in (up, down)]
        result[place] = (rise[0] - rise[1]) / (2 * step)
    return result
