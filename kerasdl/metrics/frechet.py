"""The Frechet distance between Gaussians: FID, when they are fitted to features."""

import numpy as np

from kerasdl.metrics.samples import as_pair


def frechet_distance(x, y) -> float:
    """Features `(n, dim)`, `(m, dim)` to the Frechet distance of Gaussians fitted.

    Called FID when the features are of images. The Gaussians have the means and the
    covariances (divided by n - 1) of the samples; see `gaussian_frechet_distance`. 0
    for a sample with itself. The estimate is biased: too large for small samples,
    so compare only figures from samples of the same size, best of n well above dim.
    Features as those of `kerasdl.metrics.load_feature_net` stand for the published
    metric's Inception network: figures do not compare with published ones.

    Raises:
        ValueError: when a shape is wrong or a sample has fewer than 2 rows.

    Source: Heusel et al. 2017, https://arxiv.org/abs/1706.08500, section 3.
    """
    x, y = as_pair(x, y, least=2)
    return gaussian_frechet_distance(
        x.mean(axis=0), _covariance(x), y.mean(axis=0), _covariance(y)
    )


def gaussian_frechet_distance(mean_x, covariance_x, mean_y, covariance_y) -> float:
    """Means `(dim,)` and covariances `(dim, dim)` of two Gaussians to their distance.

    ||m_x - m_y||^2 + tr(C_x + C_y - 2 (C_x C_y)^(1/2)): the squared Wasserstein
    distance W_2^2. The trace of the root is the sum of the singular values of
    C_x^(1/2) C_y^(1/2); so only roots of symmetric matrices are taken, nothing
    becomes complex, and singular covariances (n <= dim) need no care.

    Raises:
        ValueError: when the shapes do not fit, or a covariance is not symmetric with
            eigenvalues of at least 0.

    Source: Dowson and Landau 1982, https://doi.org/10.1016/0047-259X(82)90077-X
    """
    mean_x, mean_y = (np.asarray(mean, "float64") for mean in (mean_x, mean_y))
    if mean_x.ndim != 1 or mean_x.shape != mean_y.shape:
        raise ValueError(
            "Expected two means of the same shape (dim,). "
            f"Received: shapes {mean_x.shape} and {mean_y.shape}."
        )
    root_x = _root(covariance_x, len(mean_x))
    root_y = _root(covariance_y, len(mean_x))
    overlap = np.linalg.svd(root_x @ root_y, compute_uv=False).sum()
    spread = np.sum(root_x**2) + np.sum(root_y**2) - 2 * overlap
    return float(np.sum((mean_x - mean_y) ** 2) + max(spread, 0.0))


def _covariance(x):
    return np.atleast_2d(np.cov(x, rowvar=False))


def _root(covariance, dim):
    """A symmetric matrix C >= 0 to the symmetric R >= 0 with R R = C."""
    covariance = np.asarray(covariance, "float64")
    if covariance.shape != (dim, dim) or not np.allclose(covariance, covariance.T):
        raise ValueError(
            f"Expected a symmetric covariance of shape ({dim}, {dim}), like its mean. "
            f"Received: shape {covariance.shape}. np.cov(x, rowvar=False) makes one."
        )
    values, vectors = np.linalg.eigh(covariance)
    if values[0] < -1e-6 * max(values[-1], 1e-300):
        raise ValueError(
            "Expected a covariance without eigenvalues below 0. Received: one with "
            f"the eigenvalue {values[0]:.4g}. np.cov(x, rowvar=False) makes one."
        )
    return vectors * np.sqrt(np.maximum(values, 0)) @ vectors.T
