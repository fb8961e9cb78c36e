"""Dropout: always, or only early or late in training."""

import keras
from keras import ops

from kerasdl import random
from kerasdl.arguments import check_choice, check_whole
from kerasdl.layer import Layer


@keras.saving.register_keras_serializable("kerasdl")
class Dropout(Layer):
    """Dropout, `(batch, ...)` to the same: each number may become 0 in training.

    y = x m / (1 - rate), where each m is 1 with probability 1 - rate, else 0. So the
    mean of y is x, and outside training y = x. The masks are those of
    `kerasdl.random`: the same on every backend.

    No parameters.

    Args:
        rate: the probability that a number is dropped, in [0, 1).

    Raises:
        ValueError: for a rate out of range.

    Source: Srivastava et al. 2014, https://jmlr.org/papers/v15/srivastava14a.html;
    lecture, dropout. (The paper scales by 1 - rate after training instead, which is
    the same in the mean.)
    """

    def __init__(self, rate=0.5, **kwargs):
        super().__init__(**kwargs)
        _check_rate("Dropout", rate)
        self.rate = rate
        self.seeds = random.generator()

    def build(self, input_shape):
        """Nothing to make."""

    def call(self, x, training=False):
        x = ops.cast(x, self.compute_dtype)
        if not training or self.rate == 0:
            return x
        return _dropped(x, self.rate, random.key(self.seeds))

    def compute_output_shape(self, input_shape):
        return input_shape


@keras.saving.register_keras_serializable("kerasdl")
class ScheduledDropout(Layer):
    """Dropout for a part of the training only, `(batch, ...)` to the same.

    Early dropout drops in the first `steps` training steps: it makes the batches'
    gradients agree with each other, and helps a network that underfits. Late dropout
    drops from then on, against overfitting. (The paper also lets the rate fall
    linearly; here it is constant.) The layer counts its calls in training itself.

    No parameters but the count, one integer, which is saved with the model.

    Args:
        rate: the probability that a number is dropped, in [0, 1).
        steps: how many training steps the early phase lasts.
        phase: "early" or "late": when to drop.

    Raises:
        ValueError: for a rate out of range, steps below 1 or another phase.

    Source: Liu et al. 2023, https://arxiv.org/abs/2303.01500; lecture, dropout.
    """

    def __init__(self, rate, steps, phase="early", **kwargs):
        super().__init__(**kwargs)
        _check_rate("ScheduledDropout", rate)
        check_whole("ScheduledDropout", steps=steps)
        check_choice("ScheduledDropout", "phase", phase, ("early", "late"))
        self.rate, self.steps, self.phase = rate, steps, phase
        self.seeds = random.generator()

    def build(self, input_shape):
        self.step = self.add_weight(
            shape=(), initializer="zeros", dtype="int32", trainable=False, name="step"
        )

    def call(self, x, training=False):
        x = ops.cast(x, self.compute_dtype)
        if not training:
            return x
        is_early = self.step.value < self.steps
        active = is_early if self.phase == "early" else ops.logical_not(is_early)
        self.step.assign(self.step + 1)
        rate = self.rate * ops.cast(active, "float32")
        return _dropped(x, rate, random.key(self.seeds))

    def compute_output_shape(self, input_shape):
        return input_shape


def _dropped(x, rate, key):
    mask = random.bernoulli(ops.shape(x), 1 - rate, key)
    return x * ops.cast(mask / (1 - rate), x.dtype)


def _check_rate(layer, rate):
    if not 0 <= rate < 1:
        raise ValueError(
            f"{layer} needs a rate of at least 0 and below 1, the share of numbers "
            f"that are dropped. Received: rate={rate!r}. 0.5 is a usual start."
        )
