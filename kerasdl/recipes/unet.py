"""U-Net: which pixels of a very noisy image belong to a shape."""

import keras
import numpy as np

import kerasdl
from kerasdl.models.unet import UNet

GOAL = "intersection over union at least 0.65 (the best threshold reaches 0.48)"
NOISE = 0.4  # standard deviation; shapes are 1, the ground is 0


def run(seed: int) -> float:
    """Train and return the intersection over union of the shapes in new images."""
    kerasdl.seed(seed)
    images, shapes = noisy_shapes(256, seed)
    model = UNet(1, widths=(8, 16))
    loss = keras.losses.BinaryCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(0.005), loss)
    batches = kerasdl.Batches(images, shapes.astype("float32"), 32, seed)
    model.fit(batches, epochs=15, verbose=0)
    images, shapes = noisy_shapes(64, seed + 1_000_000)
    found = model.predict(images, batch_size=64, verbose=0) > 0
    both = np.sum(found & shapes, axis=(1, 2))
    either = np.sum(found | shapes, axis=(1, 2))
    return float(np.mean(both / either))


def noisy_shapes(n, seed):
    """Images `(n, 16, 16, 1)` and where the shape is, `(n, 16, 16, 1)` of bool."""
    images, _, masks = kerasdl.data.shapes(n, noise=NOISE, seed=seed)
    return images, masks[..., None] > 0


def reached(figure: float) -> bool:
    return figure >= 0.65
