"""Random changes of image batches that keep what the images show.

Keras's own augmentation layers draw other numbers on each backend; these are NumPy, so
the same seed makes the same images everywhere. Each takes images
`(batch, height, width, channels)` in [0, 1] and a `numpy.random.Generator`, changes
each image in its own way and returns new images of the same shape, float32 in [0, 1].

Source: Shorten and Khoshgoftaar 2019, https://doi.org/10.1186/s40537-019-0197-9;
lecture, data augmentation
"""

from kerasdl.augmentation.batches import Augmented, Mixed
from kerasdl.augmentation.colours import change_contrast, fancy_pca, shift_colours
from kerasdl.augmentation.details import add_noise, enhance_edges, erase
from kerasdl.augmentation.geometry import crop, flip, rotate
from kerasdl.augmentation.mixup import mixup

__all__ = [
    "Augmented",
    "Mixed",
    "add_noise",
    "change_contrast",
    "crop",
    "enhance_edges",
    "erase",
    "fancy_pca",
    "flip",
    "mixup",
    "rotate",
    "shift_colours",
]
