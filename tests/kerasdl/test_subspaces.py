"""PCA and principal angles: by hand, and by other routes to the same numbers."""

import numpy as np
import pytest

from kerasdl.subspaces import pca, principal_angles

pytestmark = pytest.mark.backend


def cloud(n=200, features=5, seed=0):
    random = np.random.default_rng(seed)
    return random.normal(size=(n, features)) * [5, 3, 2, 1, 0.5][:features] + 7


def test_pca_of_points_on_a_line():
    x = np.array([[0.0, 1.0], [3.0, 5.0], [6.0, 9.0]])
    mean, axes = pca(x, 1)
    np.testing.assert_allclose(mean, [3, 5])
    np.testing.assert_allclose(np.abs(axes[:, 0]), [0.6, 0.8])
    np.testing.assert_allclose((x - mean) @ axes @ axes.T + mean, x, atol=1e-9)


def test_pca_axes_are_the_first_eigenvectors_of_the_covariance():
    x = cloud()
    mean, axes = pca(x, 3)
    np.testing.assert_allclose(axes.T @ axes, np.eye(3), atol=1e-12)
    values, vectors = np.linalg.eigh(np.cov(x.T))
    expected = vectors[:, ::-1][:, :3]
    np.testing.assert_allclose(np.abs(axes), np.abs(expected), atol=1e-8)
    variances = ((x - mean) @ axes).var(axis=0, ddof=1)
    np.testing.assert_allclose(variances, values[::-1][:3])


def test_no_other_projection_is_better():
    x, random = cloud(), np.random.default_rng(1)
    mean, axes = pca(x, 2)

    def error(basis):
        return np.sum((x - mean - (x - mean) @ basis @ basis.T) ** 2)

    for step in (0.01, 0.1, 1.0):
        other = np.linalg.qr(axes + step * random.normal(size=axes.shape))[0]
        assert error(axes) < error(other)


def test_a_plane_turned_by_thirty_degrees():
    flat = np.eye(3)[:, :2]
    c, s = np.cos(np.pi / 6), np.sin(np.pi / 6)
    turned = np.array([[1, 0], [0, c], [0, s]])
    np.testing.assert_allclose(principal_angles(flat, turned), [0, 30], atol=1e-12)


def test_right_angles_and_a_line_in_a_plane():
    axes = np.eye(4)
    np.testing.assert_allclose(principal_angles(axes[:, :2], axes[:, 2:]), [90, 90])
    line = np.array([[1.0], [1.0], [0.0], [0.0]])
    np.testing.assert_allclose(principal_angles(axes[:, :1], line), [45])
    np.testing.assert_allclose(principal_angles(axes[:, :2], line), [0], atol=1e-12)


def test_the_bases_and_the_order_do_not_matter():
    random = np.random.default_rng(0)
    first, second = random.normal(size=(2, 7, 3))
    expected = principal_angles(first, second)
    mixed = first @ random.normal(size=(3, 3))
    np.testing.assert_allclose(principal_angles(mixed, second), expected)
    np.testing.assert_allclose(principal_angles(second, first), expected)
    assert np.all(np.diff(expected) > 0)
    np.testing.assert_allclose(principal_angles(mixed, first), np.zeros(3), atol=1e-10)


def test_tiny_angles_are_not_rounded():
    """The cosine of this angle is 1 in float64."""
    tiny = 1e-10
    first, second = np.array([[1.0], [0.0]]), np.array([[1.0], [tiny]])
    received = principal_angles(first, second)
    np.testing.assert_allclose(received, [np.degrees(tiny)], rtol=1e-6)


def test_errors():
    with pytest.raises(ValueError, match=r"\(n, features\).*\(3, 2, 2\).*reshape"):
        pca(np.zeros((3, 2, 2)), 1)
    with pytest.raises(ValueError, match="dim=3"):
        pca(np.zeros((5, 2)), 3)
    with pytest.raises(ValueError, match="independent columns"):
        principal_angles(np.ones((4, 2)), np.eye(4))
    with pytest.raises(ValueError, match="finite"):
        principal_angles(np.full((4, 1), np.nan), np.eye(4))
    with pytest.raises(ValueError, match=r"\(4, 1\) and \(3, 1\)"):
        principal_angles(np.ones((4, 1)), np.ones((3, 1)))
