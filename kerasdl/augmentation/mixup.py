"""Mixup: examples between examples."""

import numpy as np


def mixup(
    x: np.ndarray, y: np.ndarray, rng: np.random.Generator, alpha: float = 1.0
) -> tuple[np.ndarray, np.ndarray]:
    """A batch and its one-hot targets, each row mixed with another row of the batch.

    x' = l x_i + (1 - l) x_j and y' = l y_i + (1 - l) y_j, where j is a random order of
    the rows and l, one number per batch, is drawn from the Beta(alpha, alpha)
    distribution. For alpha near 0, l is near 0 or 1 and nothing is mixed; for 1 it is
    spread evenly. The network learns to go in a straight line from class to class.

    Args:
        x: `(batch, ...)`, floats.
        y: `(batch, classes)`, one-hot or any other distribution or numbers.
        alpha: above 0; the paper takes 0.1 to 0.4 for ImageNet, 1 for CIFAR-10.

    Raises:
        ValueError: when alpha is not above 0, or y holds labels `(batch,)`.

    Source: Zhang et al. 2018, https://arxiv.org/abs/1710.09412
    """
    x, y = np.asarray(x), np.asarray(y)
    if not 0 < alpha < np.inf or y.ndim < 2 or len(x) != len(y):
        raise ValueError(
            "mixup needs a finite alpha > 0 and targets (batch, classes), as many as "
            "examples. "
            f"Received: alpha={alpha}, x of shape {x.shape}, y of shape {y.shape}. "
            "Make labels one-hot: numpy.eye(classes)[labels]."
        )
    share = rng.beta(alpha, alpha)
    order = rng.permutation(len(x))
    return _mixed(x, order, share), _mixed(y, order, share)


def _mixed(rows: np.ndarray, order: np.ndarray, share: float) -> np.ndarray:
    return (share * rows + (1 - share) * rows[order]).astype("float32")
