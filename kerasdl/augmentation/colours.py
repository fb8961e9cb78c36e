"""Changes of colours and contrast."""

import math

import numpy as np

from kerasdl.arguments import check_range
from kerasdl.augmentation.images import checked, in_range, per_image


def shift_colours(
    images: np.ndarray, rng: np.random.Generator, amount: float = 0.1
) -> np.ndarray:
    """Images with up to `amount` added to or taken from each of their channels."""
    images = checked(images)
    check_range("shift_colours", 0, 1, amount=amount)
    shape = (len(images), 1, 1, images.shape[-1])
    return in_range(images + rng.uniform(-amount, amount, shape))


def change_contrast(
    images: np.ndarray, rng: np.random.Generator, amount: float = 0.5
) -> np.ndarray:
    """Images whose distances from their mean are 1 - amount to 1 + amount as large."""
    images = checked(images)
    check_range("change_contrast", 0, math.inf, amount=amount)
    means = images.mean(axis=(1, 2, 3), keepdims=True)
    factors = per_image(rng.uniform(1 - amount, 1 + amount, len(images)))
    return in_range(means + factors * (images - means))


def fancy_pca(
    images: np.ndarray, rng: np.random.Generator, stddev: float = 0.1
) -> np.ndarray:
    """Images whose colour moves along the directions in which colours differ most.

    To each pixel of an image it adds sum_i a_i s_i p_i. p_i are the principal
    directions of all the batch's pixels in the space of channels, s_i the standard
    deviations along them, and a_i normal numbers of mean 0 and the given standard
    deviation, one set per image. As light does, it changes the colour of a whole
    scene. (The paper writes the variance s_i^2 instead, which makes the effect depend
    on the unit of the pixels.)

    Source: Krizhevsky et al. 2012, section 4.1, https://doi.org/10.1145/3065386
    """
    images = checked(images)
    check_range("fancy_pca", 0, math.inf, stddev=stddev)
    channels = images.shape[-1]
    pixels = images.reshape(-1, channels)
    covariance = np.cov(pixels, rowvar=False, bias=True).reshape(channels, channels)
    variances, directions = np.linalg.eigh(covariance)
    spreads = np.sqrt(np.maximum(variances, 0))
    moves = (stddev * rng.normal(size=(len(images), channels)) * spreads) @ directions.T
    return in_range(images + moves[:, None, None])
