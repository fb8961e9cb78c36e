"""Saliency: how much each input value moves a logit."""

from keras import ops

from kerasdl import random
from kerasdl.explain.targets import as_batch, logit_gradient


def saliency(model, x, classes):
    """Inputs `(batch, ...)` to the derivative of a logit by each value, same shape.

    d f_c(x) / d x, with its sign. For a picture take the absolute value, and of
    several channels the largest. For a linear model these are the weights.

    Args:
        model: a function of a batch, `(batch, ...)` to logits `(batch, classes)`, such
            as a Keras model.
        x: the batch, floats.
        classes: which logit: integers `(batch,)`, or one for all examples.

    Raises:
        ValueError: when x has no batch axis, the outputs are no logits, or there are
            not as many classes as examples.

    Source: Simonyan et al. 2014, https://arxiv.org/abs/1312.6034; lecture,
    interpretability.
    """
    return logit_gradient(model, as_batch(x), classes)


def gradient_times_input(model, x, classes):
    """Inputs `(batch, ...)` to x * d f_c(x) / d x, the same shape.

    The share of each value in the logit. For a model without biases whose activations
    are ReLU (piecewise linear through 0) they sum to the logit.

    Args and Raises: as `saliency`.

    Source: Shrikumar et al. 2016, https://arxiv.org/abs/1605.01713
    """
    x = as_batch(x)
    return x * logit_gradient(model, x, classes)


def smooth_grad(model, x, classes, noise: float = 0.1, samples: int = 20, seed=0):
    """Inputs `(batch, ...)` to the mean saliency of noisy copies, the same shape.

    mean over i of d f_c(x + e_i) / d x, e_i normal. Gradients of a network jump from
    pixel to pixel; their mean over a small neighbourhood does not.

    Args:
        model, x, classes: as in `saliency`.
        noise: standard deviation of e, in units of x: 0.1 to 0.2 of its range.
        samples: number of noisy copies. They go through the model one after another.
        seed: an integer, or a key of `kerasdl.random`; the same seed draws the same
            noise on every backend.

    Raises:
        ValueError: as `saliency`, or when there are no samples or the noise is
            negative.

    Source: Smilkov et al. 2017, https://arxiv.org/abs/1706.03825
    """
    x = as_batch(x)
    if samples < 1 or noise < 0:
        raise ValueError(
            "smooth_grad needs at least 1 sample and a noise of at least 0. "
            f"Received: samples={samples}, noise={noise}."
        )
    total = ops.zeros_like(x)
    for sample in range(samples):
        noisy = x + noise * random.normal(ops.shape(x), random.fold_in(seed, sample))
        total = total + logit_gradient(model, noisy, classes)
    return total / samples
