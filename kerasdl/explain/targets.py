"""What is explained: one logit per example, and its gradient.

Explanations and adversarial examples are constants: no gradient flows through them.
For a loss that trains through a gradient use `kerasdl.grad` itself.
"""

from keras import ops

from kerasdl.autodiff import grad, has_values
from kerasdl.labels import check_labels


def chosen_logits(logits, classes):
    """Logits `(batch, classes)` and a class per example to those logits, `(batch,)`.

    Args:
        logits: what a model returned.
        classes: integers `(batch,)`, or one integer for all examples.

    Raises:
        ValueError: when the logits have another rank, there are not as many classes as
            examples, or one is no column of the logits (tensors are looked at where
            they have values: not in a function that is being compiled).
    """
    if len(logits.shape) != 2:
        raise ValueError(
            "Expected a model whose outputs are logits of shape (batch, classes). "
            f"Received: outputs of shape {tuple(logits.shape)}. "
            "Wrap it: lambda x: model(x)[..., None], for one output."
        )
    if has_values(classes):
        check_labels("classes", classes, logits.shape[1])
    classes = ops.cast(ops.convert_to_tensor(classes), "int32")
    _check_classes(tuple(classes.shape), logits.shape[0])
    picked = ops.one_hot(classes, logits.shape[1], dtype=logits.dtype)
    return ops.sum(logits * picked, axis=1)


def logit_gradient(model, x, classes):
    """Inputs `(batch, ...)` to the gradient of the chosen logits, the same shape.

    One gradient of the sum over the batch holds the gradient of every example, since
    a model in inference treats examples independently.

    Args:
        model: a function of a batch, `(batch, ...)` to logits `(batch, classes)`.
        x: the batch, floats.
        classes: as in `chosen_logits`.
    """
    gradient = grad(lambda x: ops.sum(chosen_logits(model(x), classes)))
    return ops.stop_gradient(gradient(x))


def _check_classes(shape, batch):
    unequal = None not in (*shape, batch) and shape not in ((), (batch,))
    if len(shape) > 1 or unequal:
        raise ValueError(
            f"Expected one class, or one per example: shape ({batch},). "
            f"Received: classes of shape {shape}. "
            "For one-hot labels use labels.argmax(axis=1)."
        )


def as_batch(x):
    """An array or tensor of floats `(batch, ...)` to a tensor.

    Raises:
        ValueError: when there is no batch axis besides others.
    """
    x = ops.convert_to_tensor(x, dtype="float32")
    if len(x.shape) < 2:
        raise ValueError(
            "Expected a batch of inputs, of shape (batch, ...). "
            f"Received: shape {tuple(x.shape)}. For one example write x[None]."
        )
    return x
