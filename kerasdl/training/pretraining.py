"""Training a deep net one layer at a time, as was done before 2010."""

import keras
import numpy as np
from keras import ops

from kerasdl.data import Batches
from kerasdl.layers.dense import Dense


def pretrain(
    layers: list,
    x: np.ndarray,
    epochs: int = 10,
    batch_size: int = 64,
    rate: float = 1e-3,
    seed: int | None = None,
) -> list[float]:
    """Give each layer weights that keep what comes in; greedy and without labels.

    Layer by layer, the layer and a linear one on top learn to reproduce the layer's own
    inputs; the linear one is thrown away, and what the layer makes of the data is the
    data of the next. Then the whole net is trained with labels as usual. It was the way
    to start deep nets of sigmoids; better initial weights, ReLUs, normalisation and
    skip connections have made it unnecessary.

        pretrain(model.hidden, x)

    Args:
        layers: those of an MLP, from the input up: `(n, dim)` to `(n, units)` each.
        x: `(n, dim)`, without labels.

    Returns:
        for each layer the mean squared error of its last epoch.

    Raises:
        ValueError: when x is not `(n, dim)`.

    Source: Bengio et al. 2006, "Greedy layer-wise training of deep networks",
    https://papers.nips.cc/paper/3048; lecture, layer-wise training
    """
    if np.ndim(x) != 2:
        raise ValueError(
            f"pretrain needs x of shape (n, dim). Received: shape {np.shape(x)}. "
            "Flatten images first: images.reshape(len(images), -1)."
        )
    errors = []
    for layer in layers:
        pair = keras.Sequential([keras.Input(x.shape[1:]), layer, Dense(x.shape[1])])
        pair.compile(keras.optimizers.Adam(rate), "mse")
        history = pair.fit(Batches(x, x, batch_size, seed), epochs=epochs, verbose=0)
        errors.append(history.history["loss"][-1])
        x = ops.convert_to_numpy(layer(x))
    return errors
