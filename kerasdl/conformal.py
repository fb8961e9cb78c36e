"""Sets of answers that hold the right one as often as promised."""

import numpy as np

from kerasdl.metrics.samples import as_labels, as_probabilities


def conformal_threshold(probabilities, labels, error: float = 0.1) -> float:
    """The threshold of split conformal prediction, from data not trained on.

    The score of an example is 1 - p(its label); the threshold is the score at place
    ceil((n + 1)(1 - error)) of n in order. If new data come from the same distribution,
    the sets of `prediction_sets` hold the right label with a probability of at least
    1 - error, however bad the classifier: a bad one gives large sets. (On average over
    classes and over draws of the calibration data.)

    Args:
        probabilities: `(n, classes)`, rows summing to 1.
        labels: `(n,)`.
        error: how often the set may miss the label, in (0, 1).

    Returns:
        the threshold in [0, 1]; 1, with which sets hold all labels, when n is below
        1 / error - 1.

    Raises:
        ValueError: when the rows are not probabilities, the labels do not fit, or error
            is not in (0, 1).

    Source: lecture, closing list; Angelopoulos and Bates 2021,
    https://arxiv.org/abs/2107.07511, section 1
    """
    probabilities = as_probabilities(probabilities, "probabilities")
    labels = as_labels(labels, *probabilities.shape)
    if not 0 < error < 1:
        raise ValueError(
            f"Expected an error in (0, 1). Received: error={error}. "
            "With error=0.1 the right label is in nine sets of ten."
        )
    scores = 1 - probabilities[np.arange(len(labels)), labels]
    place = int(np.ceil((len(scores) + 1) * (1 - error)))
    return float(np.sort(scores)[place - 1]) if place <= len(scores) else 1.0


def prediction_sets(probabilities, threshold: float) -> np.ndarray:
    """Booleans `(n, classes)`: the labels whose score 1 - p is within the threshold."""
    return 1 - as_probabilities(probabilities, "probabilities") <= threshold
