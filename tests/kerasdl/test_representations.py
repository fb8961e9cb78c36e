"""Alignment does not see rotations and scales, and sees everything else."""

import numpy as np
import pytest

from kerasdl.representations import linear_cka

pytestmark = pytest.mark.backend

random = np.random.default_rng(0)
X = random.normal(size=(200, 6)) * np.arange(1, 7)


def test_rotated_scaled_and_shifted_is_the_same():
    rotation = np.linalg.qr(random.normal(size=(6, 6)))[0]
    assert linear_cka(X, 3 * X @ rotation + 5) == pytest.approx(1)
    assert linear_cka(X, X[:, :2]) < 0.99


def test_unrelated_is_near_zero():
    assert linear_cka(X, random.normal(size=(200, 4))) < 0.1


def test_symmetric_and_between_layers_of_different_shapes():
    images = np.tanh(X @ random.normal(size=(6, 8))).reshape(200, 2, 2, 2)
    assert linear_cka(X, images) == pytest.approx(linear_cka(images, X))
    assert 0 < linear_cka(X, images) < 1


def test_is_the_mean_of_products_of_centred_kernels():
    """The same number from Gram matrices, as in equation 1 of the paper."""
    y = X**2
    centre = np.eye(200) - 1 / 200
    k, m = (centre @ (a @ a.T) @ centre for a in (X, y))
    expected = np.sum(k * m) / np.sqrt(np.sum(k * k) * np.sum(m * m))
    assert linear_cka(X, y) == pytest.approx(expected)


@pytest.mark.parametrize("other", [X[:-1], np.ones((200, 3))])
def test_errors(other):
    with pytest.raises(ValueError, match=r"Received: shapes \(200, 6\) and"):
        linear_cka(X, other)
