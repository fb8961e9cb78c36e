"""Depth folds: what many layers can do with few units."""

from collections.abc import Callable

import numpy as np

from kerasdl.models.mlp import MLP


def fold(points: np.ndarray, normal, offset: float = 0.0) -> np.ndarray:
    """Points `(n, dim)` after folding space along the plane normal . x = offset.

    Those on the side where normal . x is smaller are mirrored; the others stay. A
    layer of ReLUs can do it: -max(0, offset - normal . x) is what is taken off twice.
    One straight cut through folded paper is several through the open sheet: XOR, which
    no line parts, is parted by one after a fold.

    Raises:
        ValueError: when the normal is zero or has another number of entries than points
            have columns.
    """
    points, normal = np.asarray(points, "float64"), np.asarray(normal, "float64")
    if points.ndim != 2 or normal.shape != points.shape[1:] or not normal.any():
        raise ValueError(
            "fold needs points of shape (n, dim) and a normal of shape (dim,), not 0. "
            f"Received: points of shape {points.shape}, normal={normal.tolist()}."
        )
    length = np.linalg.norm(normal)
    distance = (points @ normal - offset) / length
    return points - 2 * np.minimum(distance, 0)[:, None] * normal / length


def folding_net(depth: int) -> MLP:
    """An MLP of `depth` layers of two ReLUs that folds [0, 1] in half in each.

    It computes a saw-tooth of 2**depth straight pieces between 0 and 1 with
    6 depth + 1 parameters. A net with one hidden layer of p ReLUs has at most p + 1
    pieces, so it needs 2**depth - 1 units, and three parameters for each: depth saves
    exponentially many.

    Raises:
        ValueError: when depth is below 1.

    Source: Montufar et al. 2014, https://arxiv.org/abs/1402.1869; Telgarsky 2015,
    https://arxiv.org/abs/1509.08101; lecture, folding and depth
    """
    if depth < 1:
        raise ValueError(f"Expected a depth of at least 1. Received: depth={depth}.")
    model = MLP((2,) * depth, 1, seed=0)
    model.build((None, 1))
    # t(x) = 2 max(0, x) - 4 max(0, x - 1/2) rises from 0 to 1 and falls back to 0.
    mix, bias = np.array([[2.0], [-4.0]]), np.array([0.0, -0.5])
    first = [np.ones((1, 2)), bias]
    between = [np.repeat(mix, 2, axis=1), bias] * (depth - 1)
    model.set_weights([*first, *between, mix, np.zeros(1)])
    return model


def straight_pieces(function: Callable, points: int = 1025) -> int:
    """The number of straight pieces of a function `(n,)` to `(n,)` on [0, 1].

    Counts the changes of slope on a grid, on which two bends must be two steps apart;
    1025 points suit bends at multiples of powers of one half.
    """
    x = np.linspace(0, 1, points)
    slopes = np.diff(np.asarray(function(x), "float64")) * (points - 1)
    bends = np.abs(np.diff(slopes)) > 1e-2 * max(np.abs(slopes).max(), 1e-9)
    return 1 + int(bends.sum())
