"""Images of simple shapes, with what each pixel shows."""

import numpy as np

from kerasdl.arguments import check_range, check_whole

SHAPES = ("plus", "minus", "square", "disc")


def shapes(
    n: int, size: int = 16, noise: float = 0.1, seed: int = 0
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """A bright shape on a dark ground: images, labels and masks.

    The shape is a plus, a minus, a square or a disc, as wide as a quarter to half of
    the image, anywhere that it fits. There are as many of each as of any other (one
    more where n cannot be divided by 4), in random order.

    Args:
        size: height and width in pixels, at least 16; in fewer a disc would
            be a plus.
        noise: standard deviation of each pixel, before it is cut to [0, 1].

    Returns:
        images `(n, size, size, 1)` as float32 in [0, 1]; labels `(n,)` as int32, the
        index in `SHAPES`; masks `(n, size, size)` as int32, 0 for the ground and
        label + 1 for the shape.

    Raises:
        ValueError: when n is below 1, size below 16 or the noise negative.
    """
    check_whole("shapes", 1, n=n)
    check_whole("shapes", 16, size=size)
    check_range("shapes", 0, np.inf, noise=noise)
    random = np.random.default_rng(seed)
    labels = random.permutation(np.arange(n, dtype="int32") % len(SHAPES))
    drawn = np.stack([_drawing(SHAPES[label], size, random) for label in labels])
    images = drawn + random.normal(0, noise, drawn.shape)
    masks = drawn * (labels[:, None, None] + 1)
    return np.clip(images, 0, 1).astype("float32")[..., None], labels, masks


def _drawing(shape: str, size: int, random: np.random.Generator) -> np.ndarray:
    """One shape `(size, size)`, int32: 1 on the shape, else 0."""
    reach = int(random.integers(size // 8, size // 4))  # pixels from centre to edge
    centre = random.integers(reach, size - reach, 2)
    down, right = np.abs(np.indices((size, size)) - centre[:, None, None])
    inside = np.maximum(down, right) <= reach
    thin = reach // 4  # half the width of a bar, the middle pixel not counted
    drawings = {
        "plus": inside & (np.minimum(down, right) <= thin),
        "minus": inside & (down <= thin),
        "square": inside,
        "disc": down**2 + right**2 <= (reach + 0.25) ** 2,
    }
    return drawings[shape].astype("int32")
