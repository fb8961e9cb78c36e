"""Five nets without Keras: what a user of one backend alone would write.

Same sizes, same operations, same Adam as the nets of their names in `nets`. A step is
one call from Python with the next batch of a NumPy array, as in Keras's `fit`: compiled
with `jax.jit` and `tf.function`, eager in torch.
"""

import importlib


def without_keras(name: str, backend: str, x, y, batch: int):
    """A function that trains the net of that name for an epoch."""
    nets = importlib.import_module(f"native.{backend}_nets")
    training = importlib.import_module(f"native.{backend}_training")
    return training.epoch(getattr(nets, name), x, y, batch)
