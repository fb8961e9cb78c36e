"""Adversarial examples: small changes of the input that change the answer."""

from keras import ops

from kerasdl import random
from kerasdl.autodiff import grad, has_values
from kerasdl.explain.targets import as_batch, chosen_logits


def fgsm(model, x, labels, radius: float, low: float = 0.0, high: float = 1.0):
    """Inputs `(batch, ...)` to adversarial ones, the same shape: one step.

    clip(x + radius * sign(d loss / d x), low, high), the fast gradient sign method;
    the loss is the cross-entropy of the logits. No value moves by more than `radius`.

    Args:
        model: a function of a batch, `(batch, ...)` to logits `(batch, classes)`.
        x: the batch, floats in [low, high].
        labels: the right classes, integers `(batch,)`.
        radius: largest change of a value, in units of x.
        low, high: range of the values.

    Raises:
        ValueError: when x is not in the range, has no batch axis, the labels do not
            fit, or the radius is negative. In a function that is being compiled x and
            the labels have no values to look at; x is then clipped.

    Source: Goodfellow et al. 2015, https://arxiv.org/abs/1412.6572; lecture,
    adversarial images.
    """
    x = _checked(x, radius, low, high)
    return ops.clip(x + radius * ops.sign(_ascent(model, x, labels)), low, high)


def pgd(
    model,
    x,
    labels,
    radius: float,
    steps: int = 10,
    step_size: float | None = None,
    low: float = 0.0,
    high: float = 1.0,
    targeted: bool = False,
    seed: int = 0,
):
    """Inputs `(batch, ...)` to adversarial ones, the same shape: many small steps.

    Projected gradient ascent of the cross-entropy: start anywhere in the box of all
    inputs within `radius` of x (in the largest change of a value) and within
    [low, high], step along the sign of the gradient, go back to the nearest point of
    the box, repeat.

    Args:
        model, x, labels, radius, low, high: as in `fgsm`.
        steps: number of steps.
        step_size: length of a step; None is 2.5 radius / steps, enough to cross the
            box and turn.
        targeted: descend instead, towards `labels`, which are then wrong classes. From
            noise, with radius high - low, this makes images that fool the model:
            certain answers to pictures of nothing.
        seed: of the start: an integer, or (to start anew at each training step) a key
            of `kerasdl.random`. The same start on every backend.

    Raises:
        ValueError: as `fgsm`, or when there is no step.

    Source: Madry et al. 2018, https://arxiv.org/abs/1706.06083; fooling images: Nguyen
    et al. 2015, https://arxiv.org/abs/1412.1897 (which evolves them).
    """
    x = _checked(x, radius, low, high)
    if steps < 1:
        raise ValueError(f"pgd needs at least 1 step. Received: steps={steps}.")
    step_size = 2.5 * radius / steps if step_size is None else step_size
    step_size = -step_size if targeted else step_size
    least, most = ops.maximum(x - radius, low), ops.minimum(x + radius, high)
    start = random.uniform(ops.shape(x), random.fold_in(seed, 0), -radius, radius)
    moved = ops.clip(x + start, least, most)
    for _ in range(steps):
        ascent = ops.sign(_ascent(model, moved, labels))
        moved = ops.clip(moved + step_size * ascent, least, most)
    return moved


def _ascent(model, x, labels):
    """The gradient of the summed cross-entropy, `(batch, ...)`."""

    def loss(x):
        log_p = ops.log_softmax(model(x), axis=-1)
        return -ops.sum(chosen_logits(log_p, labels))

    return ops.stop_gradient(grad(loss)(x))


def _checked(x, radius, low, high):
    if not radius >= 0:
        raise ValueError(
            f"Expected a radius of at least 0. Received: radius={radius}. "
            "For images in [0, 1], 0.1 is visible."
        )
    if has_values(x):
        _check_range(ops.convert_to_numpy(x), low, high)
    return ops.stop_gradient(as_batch(x))


def _check_range(x, low, high):
    least, most = float(x.min()), float(x.max())
    if not (least >= low and most <= high):
        raise ValueError(
            f"Expected inputs in [low, high] = [{low}, {high}]. Received: values from "
            f"{least:.4g} to {most:.4g}. Give low and high, or scale the inputs."
        )
