"""VectorQuantizer: nearest codes, the gradient past them, a codebook that lives."""

import numpy as np
import pytest
from keras import ops

import kerasdl
from kerasdl import grad
from kerasdl.layers.vector_quantizer import VectorQuantizer, code_perplexity

pytestmark = pytest.mark.backend


def numpy(value):
    return ops.convert_to_numpy(value)


def quantizer(codebook, **options):
    codebook = np.array(codebook, "float32")
    layer = VectorQuantizer(len(codebook), **options)
    layer.build((None, codebook.shape[1]))
    layer.codebook.assign(codebook)
    return layer


def normal(*shape, seed=0):
    return np.random.default_rng(seed).normal(size=shape).astype("float32")


def mixture(n, seed=0):
    """Points of four Gaussians in the plane, as in the lecture's example."""
    random = np.random.default_rng(seed)
    centres = np.array([[-4, -4], [-4, 4], [4, -4], [4, 4]])[random.integers(4, size=n)]
    return (centres + 0.6 * random.normal(size=(n, 2))).astype("float32")


def test_nearest_code_against_a_loop():
    codebook, x = normal(7, 3), normal(4, 5, 3, seed=1)
    chosen, numbers, distances = map(numpy, quantizer(codebook)(x))
    assert (chosen.shape, numbers.shape) == (x.shape, x.shape[:-1])
    assert numbers.dtype == "int32"
    for place in np.ndindex(4, 5):
        squares = [float(np.sum((x[place] - code) ** 2)) for code in codebook]
        best = int(np.argmin(squares))
        assert numbers[place] == best
        np.testing.assert_allclose(chosen[place], codebook[best], atol=1e-6)
        np.testing.assert_allclose(distances[place], squares[best], rtol=1e-4)


def test_a_code_is_its_own_nearest():
    codebook = normal(7, 3)
    chosen, numbers, distances = quantizer(codebook)(codebook)
    np.testing.assert_array_equal(numpy(chosen), codebook)
    np.testing.assert_array_equal(numpy(numbers), np.arange(7))
    np.testing.assert_array_equal(numpy(distances), np.zeros(7))


def test_straight_through_gradient_is_the_identity():
    layer, x, weights = quantizer(normal(7, 3)), normal(4, 3), normal(4, 3, seed=2)
    slope = grad(lambda x: ops.sum(ops.multiply(weights, layer(x)[0])))(x)
    np.testing.assert_array_equal(numpy(slope), weights)


def test_commitment_pulls_the_input_to_its_code():
    codebook, x = normal(7, 3), normal(4, 3, seed=1)
    layer = quantizer(codebook)
    slope = grad(lambda x: ops.sum(layer(x)[2]))(x)
    expected = 2 * (x - codebook[numpy(layer(x)[1])])
    np.testing.assert_allclose(numpy(slope), expected, atol=1e-5)


def test_moving_averages_by_hand():
    layer = quantizer([[0.0, 0.0], [10.0, 0.0]], decay=0.5, dead=0.0)
    layer.counts.assign([2.0, 2.0])
    x = np.array([[1, 0], [3, 0], [2, 3], [12, 4]], "float32")
    _, numbers, _ = layer(x, training=True)
    np.testing.assert_array_equal(numpy(numbers), [0, 0, 0, 1])
    # N: (2 + 3) / 2 and (2 + 1) / 2; sums: ((0, 0) + (6, 3)) / 2, ((20, 0) + (12, 4))/2
    np.testing.assert_allclose(numpy(layer.counts), [2.5, 1.5])
    expected = [[3 / 2.5, 1.5 / 2.5], [16 / 1.5, 2 / 1.5]]
    np.testing.assert_allclose(numpy(layer.codebook), expected, rtol=1e-6)


def test_codes_converge_to_the_means_of_their_vectors():
    layer = quantizer([[-1.0], [1.0]], decay=0.5)
    x = np.array([[-5], [-3], [2], [3], [7]], "float32")
    for _ in range(25):
        layer(x, training=True)
    np.testing.assert_allclose(numpy(layer.codebook), [[-4], [4]], atol=1e-4)


def test_nothing_moves_outside_training():
    layer = quantizer(normal(7, 3))
    before = layer.get_weights()
    layer(normal(4, 3))
    for one, other in zip(before, layer.get_weights(), strict=True):
        np.testing.assert_array_equal(one, other)


def test_the_first_batch_places_all_codes():
    kerasdl.seed(0)
    layer = quantizer(1000 + normal(8, 2))
    x = normal(64, 2)
    layer(x, training=True)
    codebook = numpy(layer.codebook)
    means = np.vstack([x, x.mean(axis=0)])
    for code in codebook:
        assert np.min(np.abs(means - code).sum(axis=1)) < 1e-4


def test_a_dead_code_starts_again_in_the_batch():
    kerasdl.seed(0)
    layer = quantizer([[0.0], [500.0]], decay=0.5, dead=0.05)
    layer.counts.assign([5.0, 5.0])
    x = normal(10, 1)
    steps = 0
    while numpy(layer.codebook)[1, 0] == pytest.approx(500, rel=1e-3):
        layer(x, training=True)
        steps += 1
        assert steps < 9
    assert numpy(layer.codebook)[1, 0] in x
    assert numpy(layer.counts)[1] == 5
    # The first power of 1/2 below 0.05 is the fifth.
    assert steps == 5


def used_codes(dead):
    kerasdl.seed(0)
    layer = quantizer(normal(12, 2) + [30, 0], decay=0.5, dead=dead)
    layer.counts.assign(np.ones(12))
    for step in range(30):
        layer(mixture(256, seed=step), training=True)
    return len(np.unique(numpy(layer(mixture(256, seed=30))[1])))


def test_restarts_keep_all_codes_in_use():
    """From a bad start most codes stay dead for good, unless they start again."""
    assert used_codes(dead=0.0) < 6
    assert used_codes(dead=0.03) == 12


def test_perplexity():
    assert float(code_perplexity(np.full((4, 2), 3), 5)) == pytest.approx(1)
    assert float(code_perplexity(np.arange(6).reshape(2, 3), 6)) == pytest.approx(6)
    expected = np.exp(-0.75 * np.log(0.75) - 0.25 * np.log(0.25))
    assert float(code_perplexity([0, 0, 0, 4], 5)) == pytest.approx(expected, rel=1e-5)


def test_errors():
    for options in ({"codes": 0}, {"codes": 2, "decay": 1}, {"codes": 2, "dead": -1}):
        with pytest.raises(ValueError, match="VectorQuantizer needs codes >= 1"):
            VectorQuantizer(**options)
    with pytest.raises(ValueError, match=r"dim known.*\(None, None\)"):
        VectorQuantizer(3).build((None, None))


def test_without_restarts_codes_that_nobody_chooses_stay():
    layer = VectorQuantizer(3, decay=0, dead=0)
    layer.build((None, 2))
    start = np.array([[0, 0], [5, 5], [9, 0]], "float32")
    layer.codebook.assign(start)
    layer(np.full((4, 2), 0.5, "float32"), training=True)
    received = ops.convert_to_numpy(layer.codebook)
    np.testing.assert_allclose(received, [[0.5, 0.5], *start[1:]])
