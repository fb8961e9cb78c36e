"""Whole numbers to rows of zeros with a one."""

from keras import ops


def one_hot(numbers, size, dtype):
    """Whole numbers `(...)` to `(..., size)`: 1 at the number's place, 0 elsewhere.

    A number below 0 or not below `size` becomes a row of zeros, on every backend.
    """
    numbers = ops.expand_dims(ops.cast(numbers, "int32"), -1)
    return ops.cast(numbers == ops.arange(size, dtype="int32"), dtype)
