"""Noise schedules: the papers' numbers, ranges, and the end that must be noise."""

import numpy as np
import pytest

from kerasdl import noise_schedules

pytestmark = pytest.mark.backend


def test_linear_is_even_and_ends_in_noise_for_1000_steps():
    betas = noise_schedules.linear(1000)
    assert betas.dtype == "float32" and betas.shape == (1000,)
    np.testing.assert_allclose(np.diff(betas), (0.02 - 1e-4) / 999, atol=1e-7)
    np.testing.assert_allclose(betas[[0, -1]], [1e-4, 0.02], rtol=1e-6)
    assert 0 < noise_schedules.terminal(betas) < 1e-4


def test_the_lectures_coin_does_not_end_in_noise():
    betas = noise_schedules.linear(50)
    assert noise_schedules.terminal(betas) == pytest.approx(0.603, abs=1e-3)
    with pytest.raises(ValueError, match=r"0\.05.*0\.603.*cosine\(50\).*allow_signal"):
        noise_schedules.check_terminal(betas)


def test_cosine_follows_its_curve():
    steps = 100
    time = np.arange(1, steps) / steps  # the last beta is cut off at 0.999
    curve = np.cos(np.pi / 2 * (time + 0.008) / 1.008) ** 2
    curve = curve / np.cos(np.pi / 2 * 0.008 / 1.008) ** 2
    left = noise_schedules.alpha_bars(noise_schedules.cosine(steps))
    np.testing.assert_allclose(left[:-1], curve, rtol=1e-4)


@pytest.mark.parametrize("steps", [1, 2, 50, 1000])
def test_cosine_ends_in_noise_for_any_number_of_steps(steps):
    betas = noise_schedules.cosine(steps)
    assert betas.shape == (steps,) and betas.max() <= 0.999
    assert noise_schedules.terminal(betas) <= 1.1e-3
    noise_schedules.check_terminal(betas)


def test_alpha_bars_are_the_products():
    left = noise_schedules.alpha_bars([0.5, 0.5, 0.75])
    np.testing.assert_allclose(left, [0.5, 0.25, 0.0625])


@pytest.mark.parametrize("betas", [[], [0.0, 0.1], [1.0], [-0.1], [[0.1]]])
def test_betas_outside_their_range_are_an_error(betas):
    with pytest.raises(ValueError, match="above 0 and below 1.*Received"):
        noise_schedules.checked(betas)


@pytest.mark.parametrize("make", [noise_schedules.linear, noise_schedules.cosine])
@pytest.mark.parametrize("steps", [0, -1, 2.5, True])
def test_steps_are_whole_numbers(make, steps):
    with pytest.raises(ValueError, match="steps"):
        make(steps)
