"""Does a generator make all that real data hold, and only that?"""

from typing import NamedTuple

import numpy as np

from kerasdl.metrics.samples import as_pair


class PrecisionRecall(NamedTuple):
    """Two shares in [0, 1]."""

    precision: float
    recall: float


class DensityCoverage(NamedTuple):
    """Density, at least 0, and coverage, a share in [0, 1]."""

    density: float
    coverage: float


def modes_covered(samples, modes, radius: float, least: int = 1) -> int:
    """Samples `(n, dim)` to the number of modes `(m, dim)` that they reach.

    A mode is reached when at least `least` samples have it as their nearest mode and
    lie within `radius` of it: three standard deviations, for a mixture of Gaussians.

    Raises:
        ValueError: when a shape is wrong.

    Source: Srivastava et al. 2017, https://arxiv.org/abs/1705.07761, section 4.
    """
    nearest, distance = _nearest_mode(samples, modes)
    counts = np.bincount(nearest[distance <= radius], minlength=len(modes))
    return int(np.sum(counts >= least))


def high_quality_share(samples, modes, radius: float) -> float:
    """Samples `(n, dim)` to the share, in [0, 1], within `radius` of some mode.

    Raises:
        ValueError: when a shape is wrong.

    Source: Srivastava et al. 2017, https://arxiv.org/abs/1705.07761, section 4.
    """
    return float(np.mean(_nearest_mode(samples, modes)[1] <= radius))


def precision_recall(real, fake, neighbours: int = 3) -> PrecisionRecall:
    """Real and generated features `(n, dim)`, `(m, dim)` to precision and recall.

    A point lies in a sample's region when, for some point of that sample, it is no
    further away than that point's k-th nearest neighbour within the sample.
    Precision: the share of generated points in the region of the real ones (are they
    realistic?). Recall: the share of real points in the region of the generated ones
    (is everything made?).

    Raises:
        ValueError: when a shape is wrong or a sample has no k neighbours.

    Source: Kynkaanniemi et al. 2019, https://arxiv.org/abs/1904.06991
    """
    real, fake = _features(real, fake, neighbours)
    distance = _distances(real, fake)
    precision = (distance <= _radii(real, neighbours)[:, None]).any(axis=0).mean()
    recall = (distance <= _radii(fake, neighbours)[None]).any(axis=1).mean()
    return PrecisionRecall(float(precision), float(recall))


def density_coverage(real, fake, neighbours: int = 5) -> DensityCoverage:
    """Real and generated features `(n, dim)`, `(m, dim)` to density and coverage.

    Around each real point is a ball that reaches to its k-th nearest real neighbour.
    Density: the mean number of balls around a generated point, divided by k; about 1
    for the same distribution, more where the generator prefers dense places. One
    outlier among the real points cannot raise it much, as it can raise precision.
    Coverage: the share of balls with a generated point in them; for the same
    distribution and n = m about 1 - 2^-k.

    Raises:
        ValueError: when a shape is wrong or a sample has no k neighbours.

    Source: Naeem et al. 2020, https://arxiv.org/abs/2002.09797
    """
    real, fake = _features(real, fake, neighbours)
    inside = _distances(real, fake) <= _radii(real, neighbours)[:, None]
    density = inside.sum(axis=0).mean() / neighbours
    return DensityCoverage(float(density), float(inside.any(axis=1).mean()))


def _nearest_mode(samples, modes):
    distances = _distances(*as_pair(samples, modes))
    return distances.argmin(axis=1), distances.min(axis=1)


def _features(real, fake, neighbours):
    if neighbours < 1:
        raise ValueError(
            "Expected at least 1 neighbour. "
            f"Received: neighbours={neighbours}. 3 or 5 are usual."
        )
    return as_pair(real, fake, least=neighbours + 1)


def _radii(points, neighbours):
    """The distance from each point to its k-th nearest other point, `(n,)`."""
    distances = _distances(points, points)
    return np.partition(distances, neighbours, axis=1)[:, neighbours]


def _distances(x, y):
    from scipy.spatial.distance import cdist

    return cdist(x, y)
