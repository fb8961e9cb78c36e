"""The denoising diffusion model."""

import keras
import numpy as np
from keras import ops

from kerasdl import noise_schedules, random
from kerasdl.model import Model
from kerasdl.nested import deserialized, serialized
from kerasdl.weighting import weighted_mean


@keras.saving.register_keras_serializable("kerasdl")
class Diffusion(Model):
    """Diffusion model, examples `(batch, ...)` to errors of the predicted noise.

    The forward process turns an example x into noise; step t of it is at once

        x_t = sqrt(alpha_bar_t) x + sqrt(1 - alpha_bar_t) eps,   eps ~ N(0, 1)

    and the denoiser learns to see the noise: the loss is E |eps_theta(x_t, t) - eps|^2,
    with a random step t per example. `call` draws t and eps and returns
    eps_theta(x_t, t) - eps; plain `fit(x)` trains it. New examples come from a sampler
    (`kerasdl.models.samplers`), which removes the noise step by step: the lecture's
    x = x_T - eps_theta(x_T, T) in one step is not a sampler, it returns averages.

    The steps of a batch are spread evenly over all steps (one random shift for all):
    each is still uniform, and the loss varies less. The data should be about as large
    as the noise: in [-1, 1], or of variance 1. Parameters: those of the denoiser.

    Args:
        denoiser: a model called as `denoiser(x_t, t)`, such as a `Denoiser`, that
            returns what has the shape of x_t.
        betas: the noise schedule `(steps,)`, of `kerasdl.noise_schedules`.
        allow_signal: accept a schedule that does not end near pure noise.

    Raises:
        ValueError: when a beta is not in (0, 1), or the last alpha_bar is above 0.05
            and `allow_signal` is false: samples would come out biased.

    Source: Ho et al. 2020, https://arxiv.org/abs/2006.11239, algorithm 1; even steps:
    Kingma et al. 2021, https://arxiv.org/abs/2107.00630, appendix I.1.
    """

    classes = 0  # without labels

    def __init__(self, denoiser, betas, allow_signal=False, **kwargs):
        super().__init__(**kwargs)
        self.betas = noise_schedules.checked(betas)
        if not allow_signal:
            noise_schedules.check_terminal(self.betas)
        self.denoiser = denoiser
        self.allow_signal = allow_signal
        self.seeds = random.generator()
        kept = noise_schedules.alpha_bars(self.betas)
        self.signal = np.sqrt(kept).astype("float32")
        self.noise = np.sqrt(1 - kept).astype("float32")

    def build(self, input_shape):
        self.example_shape = tuple(input_shape[1:])
        if not self.denoiser.built:  # several models may share one
            step = ops.zeros((1,), "int32")
            self.denoiser(ops.zeros((1, *self.example_shape)), step)

    def call(self, x):
        x = ops.cast(x, self.compute_dtype)  # whole numbers too
        steps, noise = self.draw(x)
        return self.predict_noise(self.q_sample(x, steps, noise), steps) - noise

    def compute_loss(
        self, x=None, y=None, y_pred=None, sample_weight=None, training=True
    ):
        errors = ops.square(ops.cast(y_pred, "float32"))
        return weighted_mean(errors, sample_weight)

    def q_sample(self, x, steps, noise):
        """Examples, timesteps `(batch,)`, noise of the examples' shape to x_t."""
        signal, deviation = _rows(self.signal, steps, x), _rows(self.noise, steps, x)
        return signal * x + deviation * noise

    def predict_noise(self, x, steps):
        """Noisy examples x_t and timesteps `(batch,)` to the noise that is in them."""
        return self.denoiser(x, steps)

    def draw(self, x):
        """Examples to timesteps `(batch,)`, spread evenly, and noise of their shape."""
        key = random.key(self.seeds)
        batch = ops.shape(x)[0]
        places = (ops.arange(batch, dtype="float32") + 0.5) / ops.cast(batch, "float32")
        places = places + random.uniform((), random.fold_in(key, 1))
        steps = ops.floor((places - ops.floor(places)) * len(self.betas))
        steps = ops.clip(ops.cast(steps, "int32"), 0, len(self.betas) - 1)
        noise = random.normal(ops.shape(x), random.fold_in(key, 2))
        return steps, ops.cast(noise, x.dtype)

    def get_config(self):
        return {
            **super().get_config(),
            "denoiser": serialized(self.denoiser),
            "betas": self.betas.tolist(),
            "allow_signal": self.allow_signal,
        }

    @classmethod
    def from_config(cls, config):
        return cls(**deserialized(config, "denoiser"))


def _rows(table, steps, x):
    """The table's entries at the steps `(batch,)`, shaped to multiply x."""
    values = ops.take(ops.convert_to_tensor(table, dtype=x.dtype), steps, axis=0)
    return ops.reshape(values, (-1,) + (1,) * (len(x.shape) - 1))
