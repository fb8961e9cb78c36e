"""Distance of images as a network sees them."""

import numpy as np
from keras import ops


def perceptual_distance(net, x, y) -> np.ndarray:
    """Images `(batch, height, width, channels)`, twice, to distances `(batch,)`, >= 0.

    At each position the vector of all feature maps of a convolution is scaled to
    length 1; the distance is the squared difference of these vectors, averaged over
    positions and summed over the convolutions. 0 for equal images. This is LPIPS
    without its weights per map, which were learned from people's judgements.

    Args:
        net: a `FeatureNet`, or anything with a method `maps(x)` that returns a list of
            tensors `(batch, rows, columns, maps)`.
        x, y: the images.

    Raises:
        ValueError: when x and y differ in shape.

    Source: Zhang et al. 2018, https://arxiv.org/abs/1801.03924, equation 1.
    """
    if np.shape(x) != np.shape(y) or len(np.shape(x)) != 4:
        raise ValueError(
            "perceptual_distance needs x and y of the same shape (batch, height, "
            f"width, channels). Received: shapes {np.shape(x)} and {np.shape(y)}. "
            "For one image write image[None]."
        )
    pairs = zip(net.maps(x), net.maps(y), strict=True)
    distances = [
        ops.mean(ops.sum((_unit(a) - _unit(b)) ** 2, axis=-1), axis=(1, 2))
        for a, b in pairs
    ]
    return ops.convert_to_numpy(sum(distances))


def _unit(maps):
    length = ops.sqrt(ops.sum(maps * maps, axis=-1, keepdims=True))
    return maps / (length + 1e-10)
