"""A learning rate that rises once and falls.

The lecture's other schedules are in `keras.optimizers.schedules`: `CosineDecay`
(with a warm-up), `CosineDecayRestarts` (cycles), `ExponentialDecay`.
"""

import math

import keras
from keras import ops


@keras.saving.register_keras_serializable("kerasdl")
class OneCycle(keras.optimizers.schedules.LearningRateSchedule):
    """The number of the step, from 0, to its learning rate: one rise, one fall.

    From peak / start to the peak, and on to peak / start / end, each along half a
    cosine; the first takes the part `rise` of the steps. A rate that is small at
    first lets a far larger peak survive, and small at last lets the weights settle.
    After the last step the rate stays where it ended.

        steps = epochs * len(batches)
        optimizer = keras.optimizers.SGD(OneCycle(0.5, steps), momentum=0.9)

    The lecture gives its optimizer a rate, too, which the schedule then overrides; here
    there is only the peak. Unlike the paper, it leaves the momentum as it is.

    Args:
        peak: the largest rate, above 0.
        steps: batches in the whole training, at least 2.
        rise: part of the steps that the rise takes, in (0, 1).
        start: how many times the first rate is smaller than the peak, at least 1.
        end: how many times the last rate is smaller than the first, at least 1.

    Raises:
        ValueError: when an argument is outside its range.

    Source: Smith and Topin 2017, https://arxiv.org/abs/1708.07120
    """

    def __init__(self, peak, steps, rise=0.3, start=25.0, end=1e4):
        if peak <= 0 or steps < 2 or not 0 < rise < 1 or min(start, end) < 1:
            raise ValueError(
                "OneCycle needs a peak above 0, at least 2 steps, a rise between 0 and "
                "1, and a start and end of at least 1. Received: "
                f"{peak=}, {steps=}, {rise=}, {start=}, {end=}. "
                "steps is the number of epochs times the batches in one."
            )
        self.peak, self.steps, self.rise = peak, steps, rise
        self.start, self.end = start, end

    def __call__(self, step):
        last = self.steps - 1
        top = self.rise * last
        step = ops.minimum(ops.cast(step, "float32"), float(last))
        first = self.peak / self.start
        rising = _half_cosine(first, self.peak, step / top)
        falling = _half_cosine(self.peak, first / self.end, (step - top) / (last - top))
        return ops.where(step < top, rising, falling)

    def get_config(self):
        names = ("peak", "steps", "rise", "start", "end")
        return {name: getattr(self, name) for name in names}


def _half_cosine(first, last, part):
    """From the first value, where the part is 0, to the last, where it is 1."""
    return last + (first - last) * (1 + ops.cos(math.pi * part)) / 2
