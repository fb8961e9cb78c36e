"""Performer: unbiased features, an error that falls, and no mask to forget."""

import numpy as np
import pytest
from keras import ops

import kerasdl
from kerasdl.layers.multi_head_attention import MultiHeadAttention
from kerasdl.layers.performer import OrthogonalGaussian, Performer, linear_attention
from kerasdl.layers.scaled_dot_product import attention

pytestmark = pytest.mark.backend


def numpy(value):
    return ops.convert_to_numpy(value)


def draw(*shape, seed=0):
    return np.random.default_rng(seed).normal(size=shape).astype("float32")


def directions(features, dim, seed=0):
    return numpy(OrthogonalGaussian(seed)((features, dim)))


def error(features, seeds):
    """The root mean square distance from exact attention."""
    q, k, v = draw(6, 4) / 4, draw(9, 4, seed=1) / 4, draw(9, 3, seed=2)
    exact = numpy(attention(q, k, v))
    squares = [
        np.mean(
            (numpy(linear_attention(q, k, v, directions(features, 4, seed))) - exact)
            ** 2
        )
        for seed in range(seeds)
    ]
    return np.sqrt(np.mean(squares))


def test_error_falls_like_one_over_the_root_of_features():
    few, many, very_many = error(16, 40), error(256, 40), error(4096, 10)
    assert 2 < few / many < 8  # 4 in the limit
    assert 2 < many / very_many < 8
    assert very_many < 0.02


def test_directions_are_gaussian_and_orthogonal_in_blocks():
    w = directions(10, 4)
    for block in (w[:4], w[4:8], w[8:]):
        gram = block @ block.T
        np.testing.assert_allclose(gram, np.diag(np.diag(gram)), atol=1e-5)
    many = np.concatenate([directions(4, 4, seed) for seed in range(1000)])
    np.testing.assert_allclose(many.T @ many / len(many), np.eye(4), atol=0.1)
    np.testing.assert_allclose(many.mean(axis=0), 0, atol=0.1)
    assert np.mean(np.sum(many**2, axis=1)) == pytest.approx(4, abs=0.2)
    assert np.var(np.sum(many**2, axis=1)) == pytest.approx(8, abs=1.5)


def test_outputs_are_means_of_values_also_for_large_inputs():
    values = draw(5, 3)
    for scale in (0, 1, 30, 1000):
        q, k = scale * draw(4, 4, seed=1), scale * draw(5, 4, seed=2)
        outputs = numpy(linear_attention(q, k, values, directions(8, 4)))
        assert np.all(outputs <= values.max(axis=0) + 1e-5)
        assert np.all(outputs >= values.min(axis=0) - 1e-5)


def test_layer_comes_near_exact_attention_with_the_same_weights():
    x = draw(2, 6, 8) / 4
    kerasdl.seed(0)
    performer, exact = Performer(8, 2, features=4096), MultiHeadAttention(8, 2)
    performer(x), exact(x)
    for part in ("query", "key", "value", "projection"):
        getattr(exact, part).set_weights(getattr(performer, part).get_weights())
    np.testing.assert_allclose(numpy(performer(x)), numpy(exact(x)), atol=0.05)


def test_tokens_are_a_set_and_directions_are_fixed():
    x, order = draw(2, 6, 8), [5, 2, 0, 4, 1, 3]
    layer = Performer(8, 2, features=8)
    expected = numpy(layer(x))[:, order]
    np.testing.assert_allclose(numpy(layer(x[:, order])), expected, atol=1e-5)
    assert [w.name for w in layer.non_trainable_weights] == ["directions"]
    assert np.any(numpy(layer.directions))


def test_cross_attention_and_errors():
    layer = Performer(8, 2, features=8)
    assert layer(draw(2, 3, 8), draw(2, 5, 6)).shape == (2, 3, 8)
    with pytest.raises(ValueError, match="features=0"):
        Performer(8, 2, features=0)
    with pytest.raises(ValueError, match="Performer.*divides dim"):
        Performer(8, 3)
