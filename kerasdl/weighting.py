"""Means of losses in which some examples count more than others."""

from keras import ops


def weighted_mean(losses, sample_weight=None):
    """Losses `(batch, ...)` to the mean of loss times its example's weight, a scalar.

    As in Keras, the sum is divided by the number of losses, not by the sum of the
    weights: with a weight of 2 an example counts as if it came twice, in a batch of
    the old size. None is a weight of 1 for each.

    Args:
        sample_weight: `(batch,)`, as `fit` passes it on.
    """
    if sample_weight is None:
        return ops.mean(losses)
    shape = (-1,) + (1,) * (len(losses.shape) - 1)
    weights = ops.reshape(ops.cast(sample_weight, losses.dtype), shape)
    return ops.mean(losses * weights)


def refuse_weights(model: str, sample_weight) -> None:
    """Raise a ValueError if there are weights, for losses that are no such mean."""
    if sample_weight is not None:
        raise ValueError(
            f"{model} compares distributions: its examples have no weights. Received: "
            "sample_weight or class_weight. Repeat rows of x that shall count more."
        )
