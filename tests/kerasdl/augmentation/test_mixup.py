"""Mixup draws lines between examples."""

import numpy as np
import pytest

from kerasdl.augmentation.mixup import mixup

X = np.arange(12, dtype="float32").reshape(6, 2)
Y = np.eye(6, dtype="float32")


def test_inputs_and_targets_are_mixed_alike():
    x, y = mixup(X, Y, np.random.default_rng(0))
    np.testing.assert_allclose(y @ X, x, rtol=1e-5)  # Y is the identity
    np.testing.assert_allclose(y.sum(axis=1), 1, rtol=1e-6)
    assert np.all((y > 0).sum(axis=1) <= 2)
    np.testing.assert_allclose(x.mean(axis=0), X.mean(axis=0), rtol=1e-5)


def shares(alpha):
    """The larger share of the two examples in a typical row, for 200 batches."""
    batches = [mixup(X, Y, np.random.default_rng(i), alpha)[1] for i in range(200)]
    return np.array([np.median(y.max(axis=1)) for y in batches])


def test_small_alpha_mixes_little_and_large_halves():
    assert np.median(shares(0.01)) > 0.99
    assert np.median(shares(1000.0)) < 0.55
    assert 0.7 < np.median(shares(1.0)) < 0.8  # the larger part of an even split


def test_errors():
    with pytest.raises(ValueError, match="Received: alpha=0"):
        mixup(X, Y, np.random.default_rng(0), 0)
    with pytest.raises(ValueError, match=r"one-hot"):
        mixup(X, np.arange(6), np.random.default_rng(0))
