"""Permutation importance: what a model loses when a feature is shuffled."""

import numpy as np
from keras import ops


def permutation_importance(predict, x, y, metric, repeats: int = 5, seed: int = 0):
    """Data `(n, features)` to the loss of score per feature, `(features, repeats)`.

    metric(y, predict(x)) - metric(y, predict(x with column j shuffled)), once per
    repeat; the mean over the last axis is the importance of feature j. About 0 for a
    feature that the model ignores; it may be negative by chance. Of two features
    that say the same, each may seem unimportant. Use data the model was not trained
    on. (The lecture's "permutation feature invariance".)

    Args:
        predict: a function, `(n, features)` to predictions of any shape.
        x: the data; `(n, features, ...)` shuffles whole slices of axis 1.
        y: what the metric compares with.
        metric: a function (y, predictions) to a number, larger being better.
        repeats: number of shuffles of each feature.
        seed: of the shuffles, an integer.

    Returns:
        A NumPy array `(features, repeats)`, in the metric's unit.

    Raises:
        ValueError: when x has no feature axis, x and y differ in length, or there is
            no repeat.

    Source: Fisher et al. 2019, https://arxiv.org/abs/1801.01489; lecture,
    interpretability.
    """
    x = np.asarray(x)
    _check(x, y, repeats)
    random = np.random.default_rng(seed)

    def score(x):
        return float(metric(y, ops.convert_to_numpy(predict(x))))

    scores = np.empty((x.shape[1], repeats))
    for feature, repeat in np.ndindex(scores.shape):
        shuffled = x.copy()
        shuffled[:, feature] = x[random.permutation(len(x)), feature]
        scores[feature, repeat] = score(shuffled)
    return score(x) - scores


def _check(x, y, repeats):
    if x.ndim < 2 or len(x) != len(y):
        raise ValueError(
            "Expected x of shape (n, features) and n values of y. "
            f"Received: x of shape {x.shape}, {len(y)} values of y."
        )
    if repeats < 1:
        raise ValueError(f"Expected at least 1 repeat. Received: repeats={repeats}.")
