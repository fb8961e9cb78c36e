"""A kernel smoother learns how far to look: the theta of its kernel, on a noisy sine.

Each point is predicted from all others (a mask leaves out the point itself), and theta
takes gradient steps against the error. Figure: root mean square error to the sine
without noise; the noise is 0.4. It starts at about 0.56 and ends near 0.12.
"""

import math

import numpy as np
from keras import ops

import kerasdl
from kerasdl.layers.kernel_smoother import smooth
from kerasdl.layers.kernels import gaussian_kernel

GOAL = "error at most 0.2, half the noise"


def run(seed: int) -> float:
    kerasdl.seed(seed)
    random = np.random.default_rng(seed)
    x = random.uniform(-math.pi, math.pi, (200, 1)).astype("float32")
    sine = np.sin(2 * x)
    noisy = sine + 0.4 * random.normal(size=x.shape).astype("float32")
    theta = fit(x, noisy, theta=0.5, steps=200)
    error = ops.convert_to_numpy(smooth(gaussian_kernel(x, x, theta), noisy)) - sine
    return float(np.sqrt(np.mean(error**2)))


def reached(figure: float) -> bool:
    return figure <= 0.2


def fit(x: np.ndarray, y: np.ndarray, theta: float, steps: int):
    """Points and values `(n, 1)` to the theta that predicts left-out values best."""
    others = ~np.eye(len(x), dtype=bool)

    def loss(theta, x, y):
        predicted = smooth(gaussian_kernel(x, x, theta), y, others)
        return ops.mean(ops.square(predicted - y))

    slope = kerasdl.grad(loss)
    step = kerasdl.jit(lambda theta, x, y: theta - 3.0 * slope(theta, x, y))
    for _ in range(steps):
        theta = step(theta, x, y)
    return theta
