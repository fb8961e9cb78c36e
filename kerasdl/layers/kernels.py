"""Kernels, and the transforms of the inputs that some of them stand for.

A kernel k(a, b) is a dot product <phi(a), phi(b)> after a transform phi that need not
be computed. Each kernel here maps points `(..., n, dim)` and `(..., m, dim)` to values
`(..., n, m)`, and each transform maps points `(..., dim)` to features.

    kernel                                   transform, number of features
    linear       <a, b>                      the points themselves, dim
    quadratic    <a, b>^2                    quadratic_features, dim (dim + 1) / 2
    polynomial   (<a, b> + 1)^2              polynomial_features, (dim + 1)(dim + 2) / 2
    gaussian     exp(-theta^2 ||a - b||^2)   infinitely many

Source: lecture, attention (there for dim 2). The lecture's gamma is theta^2.
"""

import math

import numpy as np
from keras import ops


def linear_kernel(a, b):
    """<a, b>."""
    return ops.matmul(a, ops.swapaxes(b, -1, -2))


def quadratic_kernel(a, b):
    """<a, b>^2."""
    return ops.square(linear_kernel(a, b))


def polynomial_kernel(a, b):
    """(<a, b> + 1)^2."""
    return ops.square(linear_kernel(a, b) + 1)


def gaussian_kernel(a, b, theta=1.0):
    """exp(-theta^2 ||a - b||^2), in (0, 1]."""
    return ops.exp(-(theta**2) * squared_distances(a, b))


def squared_distances(a, b):
    """||a - b||^2 of every pair: from differences, so that no digits cancel."""
    differences = ops.expand_dims(a, -2) - ops.expand_dims(b, -3)
    return ops.sum(ops.square(differences), axis=-1)


def quadratic_features(x):
    """x to all x_i^2 and, for i < j, sqrt(2) x_i x_j; for dim 2 the order is
    [x_1^2, sqrt(2) x_1 x_2, x_2^2]."""
    first, second = np.triu_indices(x.shape[-1])
    scale = np.where(first == second, 1, math.sqrt(2)).astype("float32")
    products = ops.take(x, first, axis=-1) * ops.take(x, second, axis=-1)
    return products * ops.cast(scale, products.dtype)


def polynomial_features(x):
    """x to the quadratic features of (x_1, ..., x_dim, 1): degrees 2, 1 and 0."""
    one = ops.ones_like(x[..., :1])
    return quadratic_features(ops.concatenate([x, one], axis=-1))
