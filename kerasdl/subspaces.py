"""Principal components, and the angles between two subspaces; NumPy, in float64."""

import numpy as np


def pca(x: np.ndarray, dim: int) -> tuple[np.ndarray, np.ndarray]:
    """Rows `(n, features)` to their mean `(features,)` and axes `(features, dim)`.

    The axes W are orthonormal columns, W^T W = I, ordered by the variance along them:
    the right singular vectors of x - mean. So z = (x - mean) W are the coordinates
    and z W^T + mean is the best reconstruction from any dim numbers that are linear in
    x, in mean squared error. (The lecture prints W W^T = I and a norm without its
    square; for fewer axes than features only W^T W can be I.)

    Raises:
        ValueError: unless x has two axes and dim is from 1 to the smaller of them.

    Source: lecture, PCA reconstruction.
    """
    x = np.asarray(x, "float64")
    if x.ndim != 2 or not 1 <= dim <= min(x.shape):
        raise ValueError(
            "pca needs x of shape (n, features) and 1 <= dim <= min(n, features). "
            f"Received: x of shape {x.shape}, dim={dim}. "
            "Flatten images first: images.reshape(len(images), -1)."
        )
    mean = x.mean(axis=0)
    axes = np.linalg.svd(x - mean, full_matrices=False)[2]
    return mean, axes[:dim].T


def principal_angles(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Two bases `(features, dim)` to the angles between their spans, in degrees.

    One angle in [0, 90] for each axis of the smaller span, smallest first: all are 0
    where one span holds the other, and the last is the largest. The columns need not
    be orthonormal, but must be independent. Cosines are the singular values of A^T B,
    for orthonormal A and B, and sines those of B - A A^T B; both are used, since the
    cosine alone cannot tell small angles apart.

    Raises:
        ValueError: when shapes do not fit or the columns of one are dependent.

    Source: Bjorck and Golub 1973, https://doi.org/10.2307/2005662
    """
    bases = _basis(first), _basis(second)
    if bases[0].shape[0] != bases[1].shape[0]:
        raise ValueError(
            "principal_angles needs two bases (features, dim) of the same features. "
            f"Received: {bases[0].shape} and {bases[1].shape}. "
            "Transpose them if the basis vectors are rows."
        )
    small, large = sorted(bases, key=lambda basis: basis.shape[1])
    shared = large.T @ small
    cosines = np.linalg.svd(shared, compute_uv=False)  # largest first
    sines = np.linalg.svd(small - large @ shared, compute_uv=False)[::-1]
    return np.degrees(np.arctan2(sines, cosines))


def _basis(columns) -> np.ndarray:
    """Orthonormal columns with the same span."""
    columns = np.asarray(columns, "float64")
    fits = columns.ndim == 2 and np.isfinite(columns).all()
    if not fits or np.linalg.matrix_rank(columns) < columns.shape[1]:
        raise ValueError(
            "A basis is a finite matrix (features, dim) of independent columns. "
            f"Received: shape {columns.shape}, not finite or not of rank dim. "
            "Leave out columns that the others span."
        )
    return np.linalg.qr(columns)[0]
