"""SSIM: the definition window by window, and its properties."""

import numpy as np
import pytest

from kerasdl.metrics import ssim

pytestmark = pytest.mark.backend


@pytest.fixture
def images():
    return np.random.default_rng(0).uniform(size=(3, 9, 12, 2))


def slow_ssim(x, y, value_range, window, deviation):
    """One pair of one-channel images, from the definition."""
    offsets = np.arange(window) - window // 2
    weights = np.exp(-(offsets[:, None] ** 2 + offsets**2) / (2 * deviation**2))
    weights /= weights.sum()
    c_1, c_2 = (0.01 * value_range) ** 2, (0.03 * value_range) ** 2
    values = []
    for row in range(x.shape[0] - window + 1):
        for column in range(x.shape[1] - window + 1):
            a, b = (i[row:, column:][:window, :window] for i in (x, y))
            m_a, m_b = np.sum(weights * a), np.sum(weights * b)
            s_aa = np.sum(weights * (a - m_a) ** 2)
            s_bb = np.sum(weights * (b - m_b) ** 2)
            s_ab = np.sum(weights * (a - m_a) * (b - m_b))
            light = (2 * m_a * m_b + c_1) / (m_a**2 + m_b**2 + c_1)
            values.append(light * (2 * s_ab + c_2) / (s_aa + s_bb + c_2))
    return np.mean(values)


@pytest.mark.parametrize("window, deviation", [(5, 1.5), (7, 1.0), (9, 3.0), (1, 1.0)])
def test_is_the_definition_in_every_window(images, window, deviation):
    x, y = 2 * images, 2 * images[::-1] ** 2
    received = ssim(x, y, 2.0, window, deviation)
    assert received.shape == (3,)
    for a, b, value in zip(x, y, received, strict=True):
        pairs = zip(np.moveaxis(a, -1, 0), np.moveaxis(b, -1, 0), strict=True)
        by_channel = [slow_ssim(*pair, 2.0, window, deviation) for pair in pairs]
        assert value == pytest.approx(np.mean(by_channel))


def test_properties(images):
    other = images[[1, 2, 0]]
    np.testing.assert_allclose(ssim(images, images, window=7), 1)
    values = ssim(images, other, window=7)
    np.testing.assert_allclose(values, ssim(other, images, window=7))
    assert (abs(values) <= 1).all() and (values < 0.9).all()
    scaled = ssim(255 * images, 255 * other, 255, window=7)
    np.testing.assert_allclose(scaled, values)
    assert (ssim(images, 1 - images, window=7) < 0).all()


def test_falls_with_noise(images):
    noise = np.random.default_rng(1).normal(size=images.shape)
    levels = [ssim(images, images + s * noise, window=7).mean() for s in (0.05, 0.2, 1)]
    assert 1 > levels[0] > levels[1] > levels[2]


def test_constant_images_compare_means_only():
    x, y = np.full((1, 11, 11, 1), 0.2), np.full((1, 11, 11, 1), 0.6)
    expected = (2 * 0.12 + 1e-4) / (0.04 + 0.36 + 1e-4)
    np.testing.assert_allclose(ssim(x, y), expected, rtol=1e-6)


def test_errors(images):
    with pytest.raises(ValueError, match="no larger than.*window=11.*9 by 12"):
        ssim(images, images)
    with pytest.raises(ValueError, match="odd window.*window=4"):
        ssim(images, images, window=4)
    with pytest.raises(ValueError, match=r"same shape.*\(2, 9, 12, 2\)"):
        ssim(images, images[:2])
    with pytest.raises(ValueError, match="value_range above 0"):
        ssim(images, images, 0, window=7)
