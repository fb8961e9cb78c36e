"""Images side by side: data, samples, reconstructions."""

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure

from kerasdl.plot import canvas


def image_grid(
    images: np.ndarray, titles: Sequence | None = None, columns: int = 8
) -> Figure:
    """Images `(n, height, width)`, or with 1 or 3 channels last, side by side.

    Values run from 0 (black) to 1 (white); others are drawn as the nearer of the two.

    Raises:
        ValueError: when there is no image, another number of channels, or not one
            title per image.
    """
    images = canvas.array(images)
    received = "no titles" if titles is None else f"{len(titles)} titles"
    canvas.require(
        len(images) > 0 and (titles is None or len(titles) == len(images)),
        "at least one image, and one title per image or None",
        f"{len(images)} images, {received}",
        "Give as many titles as images.",
    )
    canvas.require(
        images.ndim == 3 or (images.ndim == 4 and images.shape[3] in (1, 3)),
        "images of shape (n, height, width), or with 1 or 3 channels last",
        f"shape {images.shape}",
        "One image needs a first axis: images[:1]. plot.feature_maps draws channels.",
    )
    figure = canvas.panels(len(images), columns, 1.2, 1.4)
    for index, (axes, image) in enumerate(zip(figure.axes, images, strict=True)):
        axes.imshow(np.clip(image, 0, 1), cmap="gray", vmin=0, vmax=1)
        if titles is not None:
            axes.set_title(str(titles[index]), fontsize=8)
    return figure
