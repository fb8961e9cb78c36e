"""How well a model generates the eight Gaussians of `kerasdl.data.gaussian_ring`.

A ring shows at once what goes wrong with a generative model: modes that it forgets, and
points between modes, where there should be none.
"""

import numpy as np

MODES = 8
RADIUS, DEVIATION = 0.75, 0.08  # as `gaussian_ring` has them


def centres() -> np.ndarray:
    """The centres `(8, 2)`, on a circle of radius 0.75 around 0, the first on the x."""
    angles = 2 * np.pi * np.arange(MODES) / MODES
    return RADIUS * np.stack([np.cos(angles), np.sin(angles)], axis=1)


def nearest_modes(points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Points `(n, 2)` to the number of the nearest mode and the distance to it."""
    distances = np.linalg.norm(points[:, None] - centres(), axis=-1)
    return distances.argmin(axis=1), distances.min(axis=1)


def coverage(points: np.ndarray, within: float = 3 * DEVIATION) -> float:
    """Points to how much the worst mode has of its share, in [0, 1].

    A mode has the points that are at most so far from its centre (three deviations);
    its share is an eighth of all points. 0 means that a mode is forgotten.
    """
    modes, distances = nearest_modes(points)
    near = np.bincount(modes[distances <= within], minlength=MODES)
    return float(min(near.min() / (len(points) / MODES), 1.0))
