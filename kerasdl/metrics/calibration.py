"""Calibration: is a classifier right as often as it says it is?"""

from typing import NamedTuple

import numpy as np

from kerasdl.metrics.samples import as_labels, as_probabilities, as_samples


class Reliability(NamedTuple):
    """One row per bin of confidence: what a reliability diagram shows.

    `edges` has one entry more than the others. `confidence` (mean of the largest
    probabilities) and `accuracy` are NaN where `count` is 0.
    """

    edges: np.ndarray
    count: np.ndarray
    confidence: np.ndarray
    accuracy: np.ndarray


def reliability_table(probabilities, labels, bins: int = 10) -> Reliability:
    """Probabilities `(n, classes)`, labels `(n,)` to accuracy by confidence.

    The confidence in an answer is the largest probability. Bins are of equal width
    and closed to the right: (0, 1/bins], ..., (1 - 1/bins, 1].

    Raises:
        ValueError: unless the rows are probabilities, the labels integers in
            [0, classes), and there is a bin.

    Source: Guo et al. 2017, https://arxiv.org/abs/1706.04599, section 2.
    """
    probabilities, labels = _checked(probabilities, labels)
    if bins < 1:
        raise ValueError(f"Expected at least 1 bin. Received: bins={bins}.")
    edges = np.linspace(0, 1, bins + 1)
    confidence = np.minimum(probabilities.max(axis=1), 1.0)
    right = probabilities.argmax(axis=1) == labels
    chosen = np.searchsorted(edges[1:], confidence)
    count, confidences, rights = (
        np.bincount(chosen, weights, bins) for weights in (None, confidence, right)
    )
    with np.errstate(invalid="ignore"):
        return Reliability(edges, count, confidences / count, rights / count)


def expected_calibration_error(probabilities, labels, bins: int = 10) -> float:
    """Probabilities `(n, classes)`, labels `(n,)` to ECE in [0, 1].

    sum over bins of count / n * |accuracy - confidence|; 0 is well calibrated. The
    estimate is biased: above 0 for a finite sample even of a calibrated classifier,
    and more so with more bins.

    Raises:
        ValueError: as `reliability_table`.

    Source: Guo et al. 2017, https://arxiv.org/abs/1706.04599, equation 3.
    """
    table = reliability_table(probabilities, labels, bins)
    gaps = np.abs(table.accuracy - table.confidence)
    return float(np.nansum(table.count * gaps) / table.count.sum())


def brier_score(probabilities, labels) -> float:
    """Probabilities `(n, classes)`, labels `(n,)` to the Brier score in [0, 2].

    The mean over examples of sum_k (p_k - y_k)^2, with y one-hot: 0 for sure and
    right, 2 for sure and wrong, 1 - 1/classes for equal probabilities.

    Raises:
        ValueError: unless the rows are probabilities and the labels in [0, classes).

    Source: Brier 1950, https://doi.org/10.1175/1520-0493(1950)078<0001:VOFEIT>2.0.CO;2
    """
    probabilities, labels = _checked(probabilities, labels)
    targets = np.eye(probabilities.shape[1])[labels]
    return float(np.sum((probabilities - targets) ** 2, axis=1).mean())


def fit_temperature(logits, labels) -> float:
    """Logits `(n, classes)`, labels `(n,)` to the T that makes logits / T calibrated.

    T minimises the mean log loss of softmax(logits / T); above 1 it takes confidence
    away. Dividing by T changes no answer, only its confidence. Fit T on data that the
    classifier was not trained on. The loss is convex in b = 1 / T, and its slope,
    mean(sum_k p_k z_k - z_label), is 0 at the least loss: found by bisection. T is
    kept in [0.01, 100]: when every answer is right, the best T would be 0.

    Raises:
        ValueError: unless logits have shape `(n, classes)`, labels are in
            [0, classes), and all are finite.

    Source: Guo et al. 2017, https://arxiv.org/abs/1706.04599, section 4.2.
    """
    logits = as_samples(logits, "logits")
    labels = as_labels(labels, *logits.shape)
    of_label = logits[np.arange(len(logits)), labels].mean()
    lower, upper = np.log(0.01), np.log(100)  # of b
    for _ in range(60):
        middle = (lower + upper) / 2
        expected = np.sum(softmax(np.exp(middle) * logits) * logits, axis=1).mean()
        lower, upper = (lower, middle) if expected > of_label else (middle, upper)
    return float(np.exp(-(lower + upper) / 2))


def softmax(logits) -> np.ndarray:
    """Logits `(..., classes)` to probabilities, with NumPy and in its precision."""
    exponentials = np.exp(logits - np.max(logits, axis=-1, keepdims=True))
    return exponentials / exponentials.sum(axis=-1, keepdims=True)


def _checked(probabilities, labels):
    probabilities = as_probabilities(probabilities)
    return probabilities, as_labels(labels, *probabilities.shape)
