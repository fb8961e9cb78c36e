"""Scaled dot-product attention: by hand, by loops, its masks and its extremes."""

import math

import numpy as np
import pytest
from keras import ops

import kerasdl
from kerasdl.layers.scaled_dot_product import (
    attention,
    attention_weights,
    causal_mask,
    masked_softmax,
)

pytestmark = pytest.mark.backend


def numpy(value):
    return ops.convert_to_numpy(value)


def draw(*shape, seed=0):
    return np.random.default_rng(seed).normal(size=shape).astype("float32")


def by_loops(queries, keys, values, mask):
    outputs = np.zeros((len(queries), values.shape[1]))
    for i, query in enumerate(queries):
        pulls = [
            math.exp(float(query @ key) / math.sqrt(len(key))) if mask[i, j] else 0.0
            for j, key in enumerate(keys)
        ]
        for j, value in enumerate(values):
            outputs[i] += pulls[j] / sum(pulls) * value
    return outputs


def test_two_tokens_by_hand():
    # dim 4: scores (4 ln 3 + 0) / 2 = 2 ln 3 and 0, so weights 9 : 1.
    queries = np.array([[math.log(3), 0, 0, 0]], "float32")
    keys = np.array([[4, 0, 0, 0], [0, 1, 0, 0]], "float32")
    values = np.array([[10.0, 0.0], [0.0, 20.0]], "float32")
    np.testing.assert_allclose(
        numpy(attention_weights(queries, keys)), [[0.9, 0.1]], atol=1e-6
    )
    np.testing.assert_allclose(
        numpy(attention(queries, keys, values)), [[9, 2]], atol=1e-5
    )


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_equals_loops(seed):
    queries, keys = draw(5, 3, seed=seed), draw(7, 3, seed=seed + 10)
    values = draw(7, 2, seed=seed + 20)
    mask = np.random.default_rng(seed).random((5, 7)) < 0.6
    mask[:, 0] = True
    expected = by_loops(queries, keys, values, mask)
    received = attention(queries, keys, values, mask)
    np.testing.assert_allclose(numpy(received), expected, atol=1e-5)


def test_rows_of_weights_sum_to_one_and_order_of_keys_does_not_matter():
    queries, keys, values = draw(2, 4, 3), draw(2, 6, 3, seed=1), draw(2, 6, 5, seed=2)
    weights = numpy(attention_weights(queries, keys))
    np.testing.assert_allclose(weights.sum(axis=-1), 1, atol=1e-6)
    order = [3, 1, 5, 0, 2, 4]
    np.testing.assert_allclose(
        numpy(attention(queries, keys[:, order], values[:, order])),
        numpy(attention(queries, keys, values)),
        atol=1e-5,
    )


def test_a_token_with_nothing_to_attend_gives_zeros_and_no_gradient():
    queries, keys, values = draw(3, 2), draw(4, 2, seed=1), draw(4, 2, seed=2)
    mask = np.ones((3, 4), bool)
    mask[1] = False
    outputs = numpy(attention(queries, keys, values, mask))
    np.testing.assert_array_equal(outputs[1], 0)
    np.testing.assert_allclose(
        outputs[[0, 2]],
        numpy(attention(queries[[0, 2]], keys, values)),
        atol=1e-6,
    )
    slopes = kerasdl.grad(lambda q: ops.sum(attention(q, keys, values, mask) ** 2))
    slopes = numpy(slopes(queries))
    assert np.all(np.isfinite(slopes))
    np.testing.assert_array_equal(slopes[1], 0)


def test_masked_keys_have_no_influence_however_large():
    queries, keys, values = draw(3, 2), draw(4, 2, seed=1), draw(4, 2, seed=2)
    mask = np.array([True, True, False, True])
    before = numpy(attention(queries, keys, values, mask))
    keys[2], values[2] = 1e4, -1e4
    after = numpy(attention(queries, keys, values, mask))
    np.testing.assert_array_equal(after, before)


def test_gradients_are_those_of_finite_differences():
    keys, values, aim = draw(4, 2, seed=1), draw(4, 3, seed=2), draw(3, 3, seed=3)
    queries, step = draw(3, 2), 1e-2

    def loss(q):
        outputs = attention(q, keys, values, causal_mask(3, 4))
        return ops.sum(ops.multiply(outputs, aim))

    slopes = numpy(kerasdl.grad(loss)(queries))
    for place in np.ndindex(queries.shape):
        nudge = np.zeros_like(queries)
        nudge[place] = step
        up, down = loss(queries + nudge), loss(queries - nudge)
        difference = float(numpy(up) - numpy(down)) / (2 * step)
        assert slopes[place] == pytest.approx(difference, abs=2e-3)


@pytest.mark.parametrize("shift", [0.0, 1e4, -1e4])
def test_large_scores_do_not_overflow(shift):
    scores = np.array([[1.0, 2.0, 1000.0]], "float32") + np.float32(shift)
    np.testing.assert_allclose(numpy(masked_softmax(scores)), [[0, 0, 1]], atol=1e-6)


def test_sums_of_bfloat16_scores_are_exact():
    scores = ops.zeros((1, 1000), "bfloat16")
    weights = masked_softmax(scores)
    assert "bfloat16" in str(weights.dtype)
    total = numpy(ops.sum(ops.cast(weights, "float32")))
    assert total == pytest.approx(1, abs=5e-3)


def test_causal_mask():
    expected = [[True, False, False], [True, True, False], [True, True, True]]
    np.testing.assert_array_equal(numpy(causal_mask(3)), expected)
    np.testing.assert_array_equal(numpy(causal_mask(2, 3)), expected[:2])


def test_errors():
    with pytest.raises(ValueError, match=r"same dim.*\(2, 3\).*\(2, 4\)"):
        attention(draw(2, 3), draw(2, 4), draw(2, 4))
    with pytest.raises(ValueError, match=r"boolean.*float32.*mask > 0"):
        attention(draw(2, 3), draw(2, 3), draw(2, 3), np.ones((2, 2), "float32"))
