"""Changes of where things are: flips, rotations, crops."""

import numpy as np

from kerasdl.augmentation.images import checked


def flip(images: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Every second image, by chance, mirrored left to right.

    Not for digits or letters, which a mirror makes wrong.
    """
    images = checked(images)
    mirrored = rng.random(len(images)) < 0.5
    return np.where(mirrored[:, None, None, None], images[:, :, ::-1], images)


def rotate(
    images: np.ndarray, rng: np.random.Generator, degrees: float = 15
) -> np.ndarray:
    """Images turned about their middle by up to `degrees` either way.

    Pixels are mixed linearly from the four nearest; beyond the border all is 0.
    """
    images = checked(images)
    height, width = images.shape[1:3]
    angles = np.radians(rng.uniform(-degrees, degrees, len(images)))[:, None, None]
    rows, columns = np.mgrid[:height, :width] - _middle(height, width)
    return _sample(
        images,
        rows * np.cos(angles) - columns * np.sin(angles) + (height - 1) / 2,
        rows * np.sin(angles) + columns * np.cos(angles) + (width - 1) / 2,
    )


def crop(images: np.ndarray, rng: np.random.Generator, margin: int = 2) -> np.ndarray:
    """Windows of the images' own size, off by up to `margin` pixels each way.

    Where a window reaches over the border there is 0.

    Raises:
        ValueError: when the margin is negative.
    """
    images = checked(images)
    if margin < 0:
        raise ValueError(
            f"crop needs a margin of at least 0 pixels. Received: margin={margin}."
        )
    count, height, width = images.shape[:3]
    padded = np.pad(images, ((0, 0), (margin, margin), (margin, margin), (0, 0)))
    tops, lefts = rng.integers(0, 2 * margin + 1, (2, count))
    rows = tops[:, None, None] + np.arange(height)[:, None]
    columns = lefts[:, None, None] + np.arange(width)
    return padded[np.arange(count)[:, None, None], rows, columns]


def _middle(height: int, width: int) -> np.ndarray:
    return np.array([(height - 1) / 2, (width - 1) / 2])[:, None, None]


def _sample(images: np.ndarray, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
    """The images' values between pixels, at rows and columns `(n, height, width)`."""
    top, left = np.floor(rows).astype(int), np.floor(columns).astype(int)
    low, right = (rows - top)[..., None], (columns - left)[..., None]
    upper = (1 - right) * _at(images, top, left) + right * _at(images, top, left + 1)
    top = top + 1
    lower = (1 - right) * _at(images, top, left) + right * _at(images, top, left + 1)
    return ((1 - low) * upper + low * lower).astype("float32")


def _at(images: np.ndarray, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
    """The pixels at whole rows and columns, 0 where there is none."""
    height, width = images.shape[1:3]
    inside = (rows >= 0) & (rows < height) & (columns >= 0) & (columns < width)
    number = np.arange(len(images))[:, None, None]
    pixels = images[number, rows.clip(0, height - 1), columns.clip(0, width - 1)]
    return pixels * inside[..., None]
