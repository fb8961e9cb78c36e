"""Samplers: against closed forms where the exact denoiser is known."""

import keras
import numpy as np
import pytest
from keras import ops

import kerasdl
from kerasdl import noise_schedules, random
from kerasdl.models.diffusion import Diffusion
from kerasdl.models.samplers import DDIM, DDPM

pytestmark = pytest.mark.backend

MEAN, DEVIATION = 0.4, 0.3


def numpy(value):
    return ops.convert_to_numpy(value)


class OfGaussian(keras.layers.Layer):
    """The exact denoiser of data N(0.4, 0.3^2): E[eps | x_t] in closed form."""

    def __init__(self, betas):
        super().__init__()
        left = noise_schedules.alpha_bars(betas)
        self.signal = np.sqrt(left).astype("float32")
        spread = np.sqrt(1 - left) / (left * DEVIATION**2 + 1 - left)
        self.spread = spread.astype("float32")

    def call(self, x, steps):
        signal, spread = (
            ops.take(ops.convert_to_tensor(table), steps)[:, None]
            for table in (self.signal, self.spread)
        )
        return spread * (x - signal * MEAN)


def exact(steps=100):
    kerasdl.seed(0)
    betas = noise_schedules.cosine(steps)
    model = Diffusion(OfGaussian(betas), betas)
    model.build((None, 1))
    return model


def moments_by_recursion(betas):
    """What the chain's mean and variance become: all of its steps are affine."""
    left, mean, variance = noise_schedules.alpha_bars(betas), 0.0, 1.0
    for t in reversed(range(len(betas))):
        before, beta = left[t - 1] if t else 1.0, float(betas[t])
        slope = np.sqrt(1 - left[t]) / (left[t] * DEVIATION**2 + 1 - left[t])
        gain = (1 - np.sqrt(1 - left[t]) * slope) / np.sqrt(left[t])
        shift = np.sqrt(1 - left[t]) * slope * MEAN
        on_x_0 = np.sqrt(before) * beta / (1 - left[t])
        on_x = np.sqrt(1 - beta) * (1 - before) / (1 - left[t])
        mean = on_x_0 * (gain * mean + shift) + on_x * mean
        variance = (on_x_0 * gain + on_x) ** 2 * variance
        variance += beta * (1 - before) / (1 - left[t])
    return mean, variance


def test_ddpm_reaches_the_gaussian_it_should():
    sampler = DDPM(exact())
    samples = sampler.sample(20_000)
    mean, variance = moments_by_recursion(sampler.diffusion.betas)
    assert samples.mean() == pytest.approx(mean, abs=0.01)
    assert samples.var() == pytest.approx(variance, rel=0.03)
    assert mean == pytest.approx(MEAN, abs=0.02)
    # A hundred steps: this variance is a lower bound, exact for infinitely many.
    assert 0.85 * DEVIATION**2 < variance < DEVIATION**2


@pytest.mark.parametrize("steps", [20, 100])
def test_ddim_reaches_the_gaussian_it_should(steps):
    samples = DDIM(exact(), steps).sample(20_000)
    assert samples.mean() == pytest.approx(MEAN, abs=0.02)
    assert samples.std() == pytest.approx(DEVIATION, rel=0.12)


class Says(keras.layers.Layer):
    """A denoiser for which the example is 0.2, whatever it sees."""

    def __init__(self, betas):
        super().__init__()
        self.left = noise_schedules.alpha_bars(betas).astype("float32")

    def call(self, x, steps):
        left = ops.take(ops.convert_to_tensor(self.left), steps)[:, None]
        return (x - ops.sqrt(left) * 0.2) / ops.sqrt(1 - left)


def saying(steps=10):
    betas = noise_schedules.cosine(steps)
    model = Diffusion(Says(betas), betas)
    model.build((None, 1))
    return DDPM(model)


def test_one_ddpm_step_is_bayes_rule():
    """The step's mean and variance, from the product of the two Gaussian densities."""
    sampler, i = saying(), 4
    betas, step = sampler.diffusion.betas, 5
    beta, before = float(betas[step]), noise_schedules.alpha_bars(betas)[step - 1]
    x, x_0 = 0.7, 0.2
    precision = (1 - beta) / beta + 1 / (1 - before)
    weighted = np.sqrt(1 - beta) / beta * x + np.sqrt(before) / (1 - before) * x_0
    noise = random.normal((50_000, 1), 3)
    after = numpy(sampler.once(ops.full((50_000, 1), x), i, noise))
    assert after.mean() == pytest.approx(weighted / precision, abs=0.01)
    assert after.var() == pytest.approx(1 / precision, rel=0.03)


def test_last_ddpm_step_adds_no_noise():
    after = numpy(saying().once(ops.ones((4, 1)), 9, ops.ones((4, 1))))
    np.testing.assert_allclose(after, 0.2, atol=1e-5)


def test_ddim_is_deterministic_and_ddpm_is_not():
    noise = np.random.default_rng(0).normal(size=(6, 1)).astype("float32")
    for sampler, equal in ((DDIM(exact(10), 5), True), (DDPM(exact(10)), False)):
        one, other = (sampler.predict(noise, verbose=0) for _ in range(2))
        assert np.array_equal(one, other) == equal


def test_ddim_of_all_steps_is_the_loop_written_out():
    model = exact(10)
    x = np.random.default_rng(1).normal(size=(5, 1)).astype("float32")
    received = DDIM(model, 10).predict(x, verbose=0)
    left = noise_schedules.alpha_bars(model.betas)
    for t in reversed(range(10)):
        noise = numpy(model.predict_noise(x, np.full(5, t)))
        x_0 = (x - np.sqrt(1 - left[t]) * noise) / np.sqrt(left[t])
        before = left[t - 1] if t else 1.0
        x = (np.sqrt(before) * x_0 + np.sqrt(1 - before) * noise).astype("float32")
    np.testing.assert_allclose(received, x, atol=1e-4)


def test_clip_keeps_samples_in_range():
    for sampler in (DDPM(exact(10), clip=0.5), DDIM(exact(10), 5, clip=0.5)):
        samples = sampler.sample(500)
        assert np.abs(samples).max() <= 0.5 + 1e-5
        assert samples.std() > 0.1


def test_sample_draws_anew_and_reproducibly():
    def two():
        sampler = DDIM(exact(10), 5)
        return sampler.sample(7, batch_size=3), sampler.sample(7)

    first, second = two()
    assert first.shape == (7, 1) and not np.array_equal(first, second)
    np.testing.assert_allclose(first, two()[0], atol=1e-6)


def test_wrong_arguments():
    with pytest.raises(ValueError, match=r"from 1 to 10 steps.*steps=11"):
        DDIM(exact(10), 11)
    with pytest.raises(ValueError, match="steps=0"):
        DDIM(exact(10), 0)
    with pytest.raises(ValueError, match="clip=0"):
        DDPM(exact(10), clip=0)
