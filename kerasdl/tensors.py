"""Arrays, numbers and Keras variables to tensors, with clear errors."""

import keras
import numpy as np
from keras import ops, tree


def tensors(nest, numbers=False):
    """The same nest, with arrays (and Python numbers, if asked) as tensors.

    NumPy's default, float64, becomes the float type of Keras, like everything else.
    """
    kinds = (np.ndarray, np.generic) + (int, float) * numbers

    def convert(x):
        if isinstance(x, keras.Variable):
            return ops.copy(ops.stop_gradient(x.value))
        if not isinstance(x, kinds):
            return x
        double = getattr(x, "dtype", None) == np.float64
        return ops.convert_to_tensor(x, dtype=keras.config.floatx() if double else None)

    return tree.map_structure(convert, nest)


def float_tensor(x):
    """x as a tensor; a ValueError unless it is of floats."""
    x = ops.convert_to_tensor(x)
    if not keras.backend.is_float_dtype(x.dtype):
        raise ValueError(
            "Gradients are taken with respect to floats. Received: a tensor of "
            f"{keras.backend.standardize_dtype(x.dtype)}. Pass 2.0 instead of 2, "
            'or `array.astype("float32")`.'
        )
    return x


def scalar(value):
    """The value as a tensor; a ValueError unless it is one float."""
    value = ops.convert_to_tensor(value)
    if tuple(value.shape) == () and keras.backend.is_float_dtype(value.dtype):
        return value
    raise ValueError(
        "Gradients are taken of a function whose value is one float, of shape (). "
        f"Received: a value of shape {tuple(value.shape)} and "
        f"{keras.backend.standardize_dtype(value.dtype)}. "
        "Reduce it inside the function, for example with keras.ops.sum or ops.mean."
    )


def run_with(variables, values, function):
    """What the function returns when the variables have these values, and the values
    that it leaves in them. The variables themselves do not change."""
    with keras.StatelessScope(zip(variables, values, strict=True)) as scope:
        result = function()
    return result, [scope.get_current_value(v) for v in variables]
