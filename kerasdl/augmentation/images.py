"""What all changes of images need."""

import numpy as np


def checked(images: np.ndarray) -> np.ndarray:
    """Images as float32, or an error that says what they should be."""
    images = np.asarray(images)
    fits = images.ndim == 4 and images.dtype.kind in "fiub" and images.size > 0
    if not fits or not (images.min() >= 0 and images.max() <= 1):  # also NaN
        values = f", values {images.min()} to {images.max()}" if fits else ""
        raise ValueError(
            "Expected images of shape (batch, height, width, channels) with values in "
            f"[0, 1]. Received: shape {images.shape}, {images.dtype}{values}. "
            "Divide bytes by 255; add missing axes with images[..., None]."
        )
    return images.astype("float32")


def per_image(values: np.ndarray) -> np.ndarray:
    """One value per image, `(batch,)`, to a shape that goes with images."""
    return values.astype("float32")[:, None, None, None]


def in_range(images: np.ndarray) -> np.ndarray:
    """Values below 0 as 0 and above 1 as 1."""
    return np.clip(images, 0, 1).astype("float32")
