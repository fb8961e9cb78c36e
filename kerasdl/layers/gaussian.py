"""The sample of a Gaussian through which gradients pass."""

import keras
from keras import ops

from kerasdl import random
from kerasdl.layer import Layer


@keras.saving.register_keras_serializable("kerasdl")
class GaussianSample(Layer):
    """Reparametrised sample: mean and log variance `(batch, ..., dim)` to the same.

    z = m + s e with e ~ N(0, I) and s = exp(log_variance / 2), the standard deviation.
    e is drawn from fixed noise, so dz/dm = 1 and dz/dlog_variance = s e / 2: a loss on
    z trains the network that made m and s. Training or not, it draws anew at every
    call; the mean itself is the thing to use where no noise is wanted. No parameters.

    Raises:
        ValueError: when the two shapes differ.

    Source: Kingma and Welling 2014, section 2.4, https://arxiv.org/abs/1312.6114
    """

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.seeds = random.generator()

    def build(self, mean_shape, log_variance_shape):
        _check(tuple(mean_shape), tuple(log_variance_shape))

    def call(self, mean, log_variance):
        _check(tuple(mean.shape), tuple(log_variance.shape))
        mean = ops.cast(mean, self.compute_dtype)
        log_variance = ops.cast(log_variance, self.compute_dtype)
        noise = random.normal(ops.shape(mean), random.key(self.seeds))
        return mean + ops.exp(0.5 * log_variance) * ops.cast(noise, mean.dtype)

    def compute_output_shape(self, mean_shape, log_variance_shape):
        return mean_shape


def _check(mean, log_variance):
    if mean != log_variance:
        raise ValueError(
            "GaussianSample needs a mean and a log variance of one shape. "
            f"Received: mean of shape {mean}, log_variance of shape {log_variance}. "
            "Give each dimension its own variance."
        )
