"""Do two networks see the same data alike?"""

import numpy as np


def linear_cka(first: np.ndarray, second: np.ndarray) -> float:
    """Centred kernel alignment of two layers' outputs for the same inputs, in [0, 1].

    ||Y^T X||^2 / (||X^T X|| ||Y^T Y||) with Frobenius norms and centred columns. It is
    1 when one is the other, rotated, scaled by one number and shifted, and near 0 when
    nothing linear in one tells about the other, given many more examples than columns.
    Layers of different width, depth and networks can be compared.

    Args:
        first, second: `(n, ...)`, row i of both from input i; further axes are
            flattened.

    Raises:
        ValueError: when the rows differ in number or one layer gives all the same.

    Source: Kornblith et al. 2019, https://arxiv.org/abs/1905.00414, section 3; lecture,
    vision transformers and convolutional networks
    """
    x, y = _centred(first), _centred(second)
    lengths = np.linalg.norm(x.T @ x) * np.linalg.norm(y.T @ y) if len(x) else 0
    if len(x) != len(y) or lengths == 0:
        raise ValueError(
            "Expected outputs of two layers for the same inputs, which differ between "
            f"inputs. Received: shapes {np.shape(first)} and {np.shape(second)}. "
            "Check that neither is constant, and that both saw all inputs."
        )
    return float(np.linalg.norm(y.T @ x) ** 2 / lengths)


def _centred(outputs: np.ndarray) -> np.ndarray:
    outputs = np.asarray(outputs, "float64")
    flat = outputs.reshape(len(outputs), -1)
    return flat - flat.mean(axis=0)
