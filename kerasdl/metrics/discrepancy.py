"""Maximum mean discrepancy: how far apart two samples are, seen through a kernel."""

import numpy as np

from kerasdl.arguments import check_whole
from kerasdl.metrics.samples import as_pair


def rbf_kernel(x, y, bandwidth: float) -> np.ndarray:
    """Samples `(n, dim)`, `(m, dim)` to exp(-||x - y||^2 / (2 bandwidth^2)), `(n, m)`.

    Raises:
        ValueError: when the bandwidth is not above 0.
    """
    x, y = as_pair(x, y)
    if not bandwidth > 0:
        raise ValueError(
            "rbf_kernel needs a bandwidth above 0. "
            f"Received: bandwidth={bandwidth}. median_distance(x, y) is a usual choice."
        )
    return np.exp(-(_distances(x, y) ** 2) / (2 * bandwidth**2))


def polynomial_kernel(x, y, degree: int = 3) -> np.ndarray:
    """Samples `(n, dim)`, `(m, dim)` to (<x, y> / dim + 1)^degree, `(n, m)`.

    It sees all moments up to `degree`: with degree 1 the means alone.
    """
    x, y = as_pair(x, y)
    return (x @ y.T / x.shape[1] + 1) ** degree


def median_distance(x, y) -> float:
    """Median Euclidean distance between two different points of x and y together."""
    pooled = np.concatenate(as_pair(x, y))
    pairs = np.triu_indices(len(pooled), k=1)
    return float(np.median(_distances(pooled, pooled)[pairs]))


def mmd_squared(x, y, kernel=None, unbiased: bool = True) -> float:
    """Samples `(n, dim)` and `(m, dim)` to their squared MMD, a float.

    MMD^2 = E k(x, x') + E k(y, y') - 2 E k(x, y). The unbiased estimate leaves out
    the pairs of a point with itself; its mean is 0 for equal distributions, so it is
    often a little below 0. The biased one keeps them: it is at least 0, and 0 for a
    sample with itself.

    Args:
        x, y: samples; at least 2 rows each when unbiased.
        kernel: a function of two samples, `(n, dim)`, `(m, dim)` to `(n, m)`. None
            is `rbf_kernel` with the bandwidth `median_distance(x, y)`.
        unbiased: which estimate.

    Raises:
        ValueError: when a shape is wrong or a sample too small.

    Source: Gretton et al. 2012, https://jmlr.org/papers/v13/gretton12a.html,
    equations 3 and 5.
    """
    x, y = as_pair(x, y, least=2 if unbiased else 1)
    return float(_from_gram(*_gram(x, y, kernel), unbiased))


def two_sample_test(x, y, kernel=None, permutations=199, seed=0) -> float:
    """Samples `(n, dim)`, `(m, dim)` to a p-value for "the same distribution".

    The share, in (0, 1], of random splits of x and y together into n and m points
    whose MMD^2 is as large as that of x and y (these counted as one split more). If
    the distributions are equal it is below p in at most a share p of all tries.

    Args:
        x, y: samples of at least 2 rows each.
        kernel: as in `mmd_squared`.
        permutations: number of random splits; the least p-value is 1 / (it + 1).
        seed: of the splits, an integer.

    Raises:
        ValueError: when a shape is wrong, a sample too small, or no split asked for.

    Source: Gretton et al. 2012, https://jmlr.org/papers/v13/gretton12a.html
    """
    check_whole("two_sample_test", 1, permutations=permutations)
    x, y = as_pair(x, y, least=2)
    gram, n = _gram(x, y, kernel)
    observed = _from_gram(gram, n, True)
    random = np.random.default_rng(seed)
    orders = [random.permutation(len(gram)) for _ in range(permutations)]
    splits = np.array([_from_gram(gram[np.ix_(o, o)], n, True) for o in orders])
    # Ties differ in the last digits, as the order of a sum does.
    larger = splits >= observed - 1e-9 * abs(observed)
    return float((1 + larger.sum()) / (1 + permutations))


def kernel_inception_distance(x, y) -> float:
    """Features `(n, dim)` and `(m, dim)` to KID: the unbiased MMD^2 of degree 3.

    The kernel is (<x, y> / dim + 1)^3. Unlike the Frechet distance its mean does not
    depend on the sizes of the samples. Features as those of
    `kerasdl.metrics.load_feature_net` stand for the published metric's Inception
    network, so its figures do not compare with published ones.

    Raises:
        ValueError: when a shape is wrong or a sample has fewer than 2 rows.

    Source: Binkowski et al. 2018, https://arxiv.org/abs/1801.01401
    """
    return mmd_squared(x, y, polynomial_kernel, unbiased=True)


def _gram(x, y, kernel) -> tuple[np.ndarray, int]:
    """The kernel between all points of x and y together, and the size of x."""
    pooled = np.concatenate([x, y])
    if kernel is None:
        bandwidth = median_distance(x, y) or 1.0  # all points equal: any will do
        return rbf_kernel(pooled, pooled, bandwidth), len(x)
    gram = np.asarray(kernel(pooled, pooled), "float64")
    if gram.shape != (len(pooled),) * 2:
        raise ValueError(
            "Expected a kernel that maps samples (n, dim) and (m, dim) to (n, m). "
            f"Received: a kernel with values of shape {gram.shape} for n = m = "
            f"{len(pooled)}. Write lambda x, y: polynomial_kernel(x, y, 2), say."
        )
    return gram, len(x)


def _from_gram(gram, n, unbiased):
    within_x, within_y, between = gram[:n, :n], gram[n:, n:], gram[:n, n:]
    mean = _mean_of_others if unbiased else np.mean
    return mean(within_x) + mean(within_y) - 2 * between.mean()


def _mean_of_others(gram):
    n = len(gram)
    return (gram.sum() - np.trace(gram)) / (n * (n - 1))


def _distances(x, y):
    from scipy.spatial.distance import cdist

    return cdist(x, y)
