"""Permutation importance: known losses, no effect of what is ignored."""

import numpy as np
import pytest
from keras import ops

from kerasdl.explain import permutation_importance

pytestmark = pytest.mark.backend

random = np.random.default_rng(0)
X = random.normal(size=(3000, 3))


def minus_squared_error(y, predictions):
    return -np.mean((y - predictions) ** 2)


def test_importance_in_a_linear_model_is_known():
    """Shuffling column j adds w_j^2 E (x - x')^2 = 2 w_j^2 Var x_j to the error."""
    weights = np.array([2.0, -1.0, 0.0])
    y = X @ weights
    received = permutation_importance(
        lambda x: x @ weights, X, y, minus_squared_error, repeats=4
    )
    assert received.shape == (3, 4)
    expected = 2 * weights**2 * X.var(axis=0)
    np.testing.assert_allclose(received.mean(axis=1), expected, rtol=0.05)
    assert (received[2] == 0).all()


def test_any_metric_and_a_model_of_tensors():
    labels = (X[:, 1] > 0).astype(int)

    def predict(x):
        return ops.stack([-x[:, 1], x[:, 1]], axis=1)

    def accuracy(y, logits):
        return np.mean(logits.argmax(axis=1) == y)

    def tensors(x):
        return predict(ops.convert_to_tensor(x, dtype="float32"))

    received = permutation_importance(tensors, X, labels, accuracy, repeats=2)
    assert received[[0, 2]].max() == 0
    np.testing.assert_allclose(received[1], 0.5, atol=0.05)


def test_x_is_left_alone_and_the_seed_decides():
    x, y = X[:50].copy(), X[:50, 0]
    first, again, other = (
        permutation_importance(lambda x: x[:, 0], x, y, minus_squared_error, seed=s)
        for s in (1, 1, 2)
    )
    np.testing.assert_array_equal(x, X[:50])
    np.testing.assert_array_equal(first, again)
    assert not np.array_equal(first, other)


def test_slices_of_axis_1_are_shuffled_as_a_whole():
    x = random.normal(size=(20, 2, 3))
    seen = []

    def predict(x):
        seen.append(x)
        return x[:, 0, 0]

    permutation_importance(predict, x, x[:, 0, 0], minus_squared_error, repeats=1)
    rows = [tuple(row) for row in x[:, 1]]
    changed = next(s for s in seen if not np.array_equal(s[:, 1], x[:, 1]))
    assert sorted(map(tuple, changed[:, 1])) == sorted(rows)
    np.testing.assert_array_equal(changed[:, 0], x[:, 0])


def test_errors():
    with pytest.raises(ValueError, match=r"\(n, features\).*\(3000,\)"):
        permutation_importance(len, X[:, 0], X[:, 0], minus_squared_error)
    with pytest.raises(ValueError, match="2 values of y"):
        permutation_importance(len, X, [1, 2], minus_squared_error)
    with pytest.raises(ValueError, match="repeats=0"):
        permutation_importance(len, X, X[:, 0], minus_squared_error, repeats=0)
