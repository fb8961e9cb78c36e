"""Attention without weights to learn: a kernel says how close two tokens are."""

import keras
import numpy as np
from keras import ops

from kerasdl.layer import Layer
from kerasdl.layers.kernels import squared_distances
from kerasdl.layers.scaled_dot_product import boolean_mask, masked_softmax


def smooth(kernel_values, values, mask=None):
    """Values `(..., keys, value_dim)` to their means `(..., queries, value_dim)`.

    x'_q = sum_k k(x_q, x_k) v(x_k) / sum_k k(x_q, x_k), both sums over the keys that
    the mask allows. Every attention is this one, with another kernel, value and mask:
    scaled dot-product attention has the kernel exp(<q, k> / sqrt(dim)).

    Args:
        kernel_values: k(x_q, x_k) >= 0, `(..., queries, keys)`. Arrays are checked.
        values: v(x_k), `(..., keys, value_dim)`.
        mask: booleans that broadcast to the kernel values; True: k is in M(x_q). A
            query without any such key, or with kernel values of 0 only, gives zeros.

    Raises:
        ValueError: when an array of kernel values has a negative one.

    Source: lecture, attention; Tsai et al. 2019, https://arxiv.org/abs/1908.11775,
        section 3; Nadaraya 1964 and Watson 1964 for regression.
    """
    if isinstance(kernel_values, np.ndarray) and (kernel_values < 0).any():
        raise ValueError(
            "smooth needs kernel values of at least 0: they are weights of a mean. "
            f"Received: values from {kernel_values.min()} on. "
            "Take a kernel that is never negative, such as the Gaussian."
        )
    if mask is not None:
        zero = ops.zeros_like(kernel_values)
        kernel_values = ops.where(boolean_mask(mask), kernel_values, zero)
    total = ops.sum(kernel_values, axis=-1, keepdims=True)
    safe = ops.where(total > 0, total, ops.ones_like(total))
    return ops.matmul(kernel_values / safe, values)


@keras.saving.register_keras_serializable("kerasdl")
class KernelSmoother(Layer):
    """Non-learnable attention, `(batch, tokens, dim)` to the same.

    x'_q = sum_k a_qk x_k with a_qk = k(x_q, x_k) / sum_j k(x_q, x_j) and the fixed
    kernel k(a, b) = exp(-theta^2 ||a - b||^2); the value of a token is the token. So
    a_q = softmax_k(-theta^2 ||x_q - x_k||^2), and each token moves towards its near
    ones. 0 parameters.

    Called with `keys` of shape `(batch, keys, dim)`, the queries move towards those.
    `mask` is as in `attention`.

    Args:
        theta: 1 / theta is how far a token sees, in the units of the tokens; at 0 all
            tokens become their mean, for large theta nothing moves.

    Raises:
        ValueError: when theta is negative, or queries and keys differ in dim.

    Source: lecture, non-learnable attention.
    """

    def __init__(self, theta=1.0, **kwargs):
        super().__init__(**kwargs)
        if not theta >= 0:
            raise ValueError(
                "KernelSmoother needs a theta of at least 0. "
                f"Received: theta={theta!r}. 1.0 is a usual start."
            )
        self.theta = theta

    def call(self, queries, keys=None, mask=None):
        queries = ops.cast(queries, self.compute_dtype)
        keys = queries if keys is None else ops.cast(keys, self.compute_dtype)
        return ops.matmul(self.weigh(queries, keys, mask), keys)

    def weigh(self, queries, keys, mask=None):
        """The attention weights a, `(batch, queries, keys)`."""
        if queries.shape[-1] != keys.shape[-1]:
            raise ValueError(
                "KernelSmoother needs queries and keys of the same dim. Received: "
                f"shapes {tuple(queries.shape)} and {tuple(keys.shape)}."
            )
        return masked_softmax(-(self.theta**2) * squared_distances(queries, keys), mask)

    def compute_output_shape(self, input_shape):
        return input_shape
