"""Changes of details: noise, lost parts, sharper edges."""

import math

import numpy as np

from kerasdl.arguments import check_range
from kerasdl.augmentation.images import checked, in_range, per_image


def add_noise(
    images: np.ndarray, rng: np.random.Generator, stddev: float = 0.1
) -> np.ndarray:
    """Images with normal noise of this standard deviation on each value."""
    images = checked(images)
    check_range("add_noise", 0, math.inf, stddev=stddev)
    return in_range(images + rng.normal(0, stddev, images.shape))


def erase(
    images: np.ndarray, rng: np.random.Generator, share: float = 0.25
) -> np.ndarray:
    """Images without a rectangle of this share of their height and width: 0 there.

    Source: DeVries and Taylor 2017, https://arxiv.org/abs/1708.04552
    """
    images = checked(images)
    check_range("erase", 0, 1, share=share)
    height, width = images.shape[1:3]
    rows, columns = (_spans(rng, len(images), size, share) for size in (height, width))
    lost = rows[:, :, None] & columns[:, None, :]
    return np.where(lost[..., None], np.float32(0), images)


def enhance_edges(
    images: np.ndarray, rng: np.random.Generator, amount: float = 1.0
) -> np.ndarray:
    """Images with up to `amount` of their difference from a 3x3 blur added."""
    images = checked(images)
    check_range("enhance_edges", 0, math.inf, amount=amount)
    amounts = per_image(rng.uniform(0, amount, len(images)))
    return in_range(images + amounts * (images - _blurred(images)))


def _spans(rng, count: int, size: int, share: float) -> np.ndarray:
    """For each image, whether each of `size` places lies in a span of that share."""
    length = round(share * size)
    firsts = rng.integers(0, size - length + 1, count)[:, None]
    places = np.arange(size)
    return (places >= firsts) & (places < firsts + length)


def _blurred(images: np.ndarray) -> np.ndarray:
    """The mean of each pixel and its eight neighbours; the border is repeated."""
    height, width = images.shape[1:3]
    padded = np.pad(images, ((0, 0), (1, 1), (1, 1), (0, 0)), mode="edge")
    shifts = [(i, j) for i in range(3) for j in range(3)]
    return sum(padded[:, i : i + height, j : j + width] for i, j in shifts) / 9
