"""Structural similarity of images."""

import numpy as np
from keras import ops


def ssim(x, y, value_range: float = 1.0, window: int = 11, deviation: float = 1.5):
    """Two sets of images `(batch, height, width, channels)` to SSIM `(batch,)`.

    In every window, with weights of a Gaussian that sum to 1, means m, variances s^2
    and the covariance s_xy:

        SSIM = (2 m_x m_y + c_1) (2 s_xy + c_2)
               / ((m_x^2 + m_y^2 + c_1) (s_x^2 + s_y^2 + c_2))

    with c_1 = (0.01 value_range)^2 and c_2 = (0.03 value_range)^2, then the mean over
    all windows that lie within the image, and over channels. In [-1, 1]; 1 only for
    equal images; about 0 for unrelated ones; symmetric in x and y.

    Args:
        x, y: the images, of the same shape.
        value_range: largest minus smallest possible value: 1 for images in [0, 1].
        window: side of the window in pixels, odd; the paper's 11 by default. Images
            of 8 by 8 need a smaller one, 7 say.
        deviation: standard deviation of the Gaussian, in pixels.

    Raises:
        ValueError: when the shapes differ or are not of images, the window is even
            or does not fit, or a number is not above 0.

    Source: Wang et al. 2004, https://doi.org/10.1109/TIP.2003.819861
    """
    x, y = (np.asarray(ops.convert_to_numpy(images), "float64") for images in (x, y))
    _check_images(x, y, window)
    _check_positive(value_range=value_range, deviation=deviation)
    c_1, c_2 = (0.01 * value_range) ** 2, (0.03 * value_range) ** 2
    weights = _gaussian(window, deviation)
    mean_x, mean_y = _smooth(x, weights), _smooth(y, weights)
    variance_x = _smooth(x * x, weights) - mean_x**2
    variance_y = _smooth(y * y, weights) - mean_y**2
    covariance = _smooth(x * y, weights) - mean_x * mean_y
    above = (2 * mean_x * mean_y + c_1) * (2 * covariance + c_2)
    below = (mean_x**2 + mean_y**2 + c_1) * (variance_x + variance_y + c_2)
    return (above / below).mean(axis=(1, 2, 3))


def _gaussian(window, deviation):
    offsets = np.arange(window) - window // 2
    weights = np.exp(-(offsets**2) / (2 * deviation**2))
    return weights / weights.sum()


def _smooth(images, weights):
    """Weighted means in windows, `(batch, h, w, channels)`: first along h, then w."""
    for axis in (1, 2):
        windows = np.lib.stride_tricks.sliding_window_view(images, len(weights), axis)
        images = windows @ weights
    return images


def _check_images(x, y, window):
    if x.ndim != 4 or x.shape != y.shape:
        raise ValueError(
            "ssim needs x and y of the same shape (batch, height, width, channels). "
            f"Received: x of shape {x.shape}, y of shape {y.shape}. "
            "For one image write image[None]."
        )
    if window < 1 or window % 2 == 0 or window > min(x.shape[1:3]):
        raise ValueError(
            "ssim needs an odd window no larger than the images. "
            f"Received: window={window} for images of {x.shape[1]} by {x.shape[2]}. "
            "Write ssim(x, y, window=7), for example."
        )


def _check_positive(**numbers):
    for name, number in numbers.items():
        if not number > 0:
            raise ValueError(
                f"ssim needs {name} above 0. Received: {name}={number}. "
                "Defaults are for images in [0, 1]."
            )
