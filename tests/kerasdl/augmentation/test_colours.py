"""Colours, contrast and principal colour directions."""

import numpy as np

from kerasdl.augmentation.colours import change_contrast, fancy_pca, shift_colours


def grey(count=300):
    """Images in the middle of the range, so that nothing is clipped."""
    return 0.4 + 0.2 * np.random.default_rng(0).random((count, 4, 4, 3))


def test_shift_is_one_number_per_image_and_channel():
    moved = shift_colours(grey(), np.random.default_rng(1), 0.2) - grey()
    np.testing.assert_allclose(moved.std(axis=(1, 2)), 0, atol=1e-6)
    shifts = moved[:, 0, 0]
    assert shifts.min() < -0.18 and shifts.max() > 0.18
    assert abs(np.corrcoef(shifts[:, 0], shifts[:, 1])[0, 1]) < 0.2


def test_contrast_keeps_the_mean_and_scales_the_spread():
    received = change_contrast(grey(), np.random.default_rng(1), 0.5)
    means = received.mean(axis=(1, 2, 3)), grey().mean(axis=(1, 2, 3))
    np.testing.assert_allclose(*means, atol=1e-5)
    factors = received.std(axis=(1, 2, 3)) / grey().std(axis=(1, 2, 3))
    assert 0.5 <= factors.min() < 0.55 and 1.45 < factors.max() <= 1.5 + 1e-4


def test_fancy_pca_moves_as_the_colours_of_the_batch_vary():
    """Colours that lie on a line move along that line, in units of its spread."""
    random = np.random.default_rng(0)
    line = np.array([0.8, -0.6, 0.0])
    places = random.normal(0, 0.05, (500, 4, 4, 1))
    x = 0.5 + places * line
    moves = (fancy_pca(x, np.random.default_rng(1), 0.5) - x)[:, 0, 0]
    lengths = moves @ line
    np.testing.assert_allclose(moves, lengths[:, None] * line, atol=1e-5)
    np.testing.assert_allclose(lengths.std(), 0.5 * 0.05, rtol=0.1)
