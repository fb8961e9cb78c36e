"""Kernels and their transforms; attention with a fixed kernel."""

import math

import numpy as np
import pytest
from keras import ops

from kerasdl.layers import kernels
from kerasdl.layers.kernel_smoother import KernelSmoother, smooth
from kerasdl.layers.scaled_dot_product import attention

pytestmark = pytest.mark.backend


def numpy(value):
    return ops.convert_to_numpy(value)


def draw(*shape, seed=0):
    return np.random.default_rng(seed).normal(size=shape).astype("float32")


@pytest.mark.parametrize("dim", [1, 2, 5])
def test_a_kernel_is_the_dot_product_of_its_features(dim):
    a, b = draw(4, dim), draw(3, dim, seed=1)
    pairs = [
        (kernels.quadratic_kernel, kernels.quadratic_features, dim * (dim + 1) // 2),
        (
            kernels.polynomial_kernel,
            kernels.polynomial_features,
            (dim + 1) * (dim + 2) // 2,
        ),
    ]
    for kernel, features, size in pairs:
        phi_a, phi_b = numpy(features(a)), numpy(features(b))
        assert phi_a.shape == (4, size)
        np.testing.assert_allclose(phi_a @ phi_b.T, numpy(kernel(a, b)), atol=1e-4)


def test_quadratic_features_by_hand():
    features = numpy(kernels.quadratic_features(np.array([[3.0, 2.0]], "float32")))
    np.testing.assert_allclose(features, [[9, 6 * math.sqrt(2), 4]], rtol=1e-6)


def test_gaussian_kernel_by_hand():
    a, b = np.zeros((1, 2), "float32"), np.array([[3, 4], [0, 0]], "float32")
    received = numpy(kernels.gaussian_kernel(a, b, theta=0.2))
    np.testing.assert_allclose(received, [[math.exp(-1), 1]], rtol=1e-5)


def test_smoother_equals_the_general_formula_and_loops():
    x = draw(2, 5, 3)
    received = numpy(KernelSmoother(theta=0.7)(x))
    general = smooth(kernels.gaussian_kernel(x, x, 0.7), x)
    np.testing.assert_allclose(received, numpy(general), atol=1e-5)
    for tokens, moved in zip(x, received, strict=True):
        for query, output in zip(tokens, moved, strict=True):
            pulls = [math.exp(-0.49 * np.sum((query - key) ** 2)) for key in tokens]
            expected = sum(p * key for p, key in zip(pulls, tokens, strict=True))
            np.testing.assert_allclose(output, expected / sum(pulls), atol=1e-5)


def test_extremes_of_theta():
    x = draw(1, 6, 2)
    everywhere = numpy(KernelSmoother(theta=0)(x))
    np.testing.assert_allclose(everywhere, np.mean(x, 1, keepdims=True) + 0 * x, 1e-4)
    np.testing.assert_array_equal(numpy(KernelSmoother(theta=1e4)(x)), x)


def test_equivariant_to_order_and_inside_the_hull():
    x, order = draw(1, 6, 2), [4, 0, 5, 2, 1, 3]
    layer = KernelSmoother(theta=1.0)
    moved = numpy(layer(x))
    np.testing.assert_allclose(numpy(layer(x[:, order])), moved[:, order], atol=1e-6)
    assert np.all(moved.max(axis=1) <= x.max(axis=1))
    assert np.all(moved.min(axis=1) >= x.min(axis=1))


def test_mask_of_smoother_and_of_formula():
    x, mask = draw(1, 4, 2), np.tri(4, k=-1, dtype=bool)
    received = numpy(KernelSmoother()(x, mask=mask))
    np.testing.assert_array_equal(received[0, 0], 0)  # may attend to nothing
    np.testing.assert_allclose(received[0, 1], x[0, 0], atol=1e-6)
    general = smooth(kernels.gaussian_kernel(x, x), x, mask)
    np.testing.assert_allclose(numpy(general), received, atol=1e-5)


def test_other_keys():
    queries, keys = np.zeros((1, 1, 2), "float32"), draw(1, 5, 2)
    moved = numpy(KernelSmoother(theta=0)(queries, keys))
    np.testing.assert_allclose(moved[0, 0], keys[0].mean(axis=0), atol=1e-6)


def test_dot_product_attention_is_a_smoother():
    q, k, v = draw(4, 3), draw(6, 3, seed=1), draw(6, 2, seed=2)
    kernel_values = np.exp(q @ k.T / math.sqrt(3))
    np.testing.assert_allclose(
        numpy(smooth(kernel_values, v)), numpy(attention(q, k, v)), atol=1e-5
    )


def test_errors():
    with pytest.raises(ValueError, match="theta=-1"):
        KernelSmoother(theta=-1)
    with pytest.raises(ValueError, match=r"same dim.*\(1, 2, 3\).*\(1, 2, 4\)"):
        KernelSmoother()(draw(1, 2, 3), draw(1, 2, 4))
