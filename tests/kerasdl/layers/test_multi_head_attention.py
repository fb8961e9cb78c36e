"""Multi-head attention: against loops, Keras's own layer, and message passing."""

import keras
import numpy as np
import pytest
from keras import ops

import kerasdl
from kerasdl.layers.multi_head_attention import MultiHeadAttention

pytestmark = pytest.mark.backend


def numpy(value):
    return ops.convert_to_numpy(value)


def draw(*shape, seed=0):
    return np.random.default_rng(seed).normal(size=shape).astype("float32")


def made(dim, heads, *inputs, causal=False):
    """A layer built on inputs, biases too drawn at random."""
    layer = MultiHeadAttention(dim, heads, causal)
    layer(*inputs)
    layer.set_weights([draw(*w.shape, seed=i) for i, w in enumerate(layer.weights)])
    return layer


def weights_of(layer):
    parts = (layer.query, layer.key, layer.value, layer.projection)
    return [(numpy(part.kernel), numpy(part.bias)) for part in parts]


def by_loops(layer, x, y):
    """One example: queries `(tokens, dim)` and keys `(keys, dim)`."""
    (wq, bq), (wk, bk), (wv, bv), (wo, bo) = weights_of(layer)
    q, k, v = x @ wq + bq, y @ wk + bk, y @ wv + bv
    size = layer.dim // layer.heads
    joined = np.zeros((len(x), layer.dim))
    for head in range(layer.heads):
        part = slice(head * size, (head + 1) * size)
        for i in range(len(x)):
            scores = np.array([q[i, part] @ other for other in k[:, part]])
            pulls = np.exp(scores / np.sqrt(size))
            for j, pull in enumerate(pulls / pulls.sum()):
                joined[i, part] += pull * v[j, part]
    return joined @ wo + bo


def test_self_attention_equals_loops():
    x = draw(2, 5, 6)
    layer = made(6, 3, x)
    expected = np.stack([by_loops(layer, each, each) for each in x])
    np.testing.assert_allclose(numpy(layer(x)), expected, atol=1e-4, rtol=1e-5)


def test_cross_attention_equals_loops():
    x, y = draw(2, 3, 5), draw(2, 7, 4, seed=1)
    layer = made(6, 2, x, y)
    expected = np.stack([by_loops(layer, *both) for both in zip(x, y, strict=True)])
    np.testing.assert_allclose(numpy(layer(x, y)), expected, atol=1e-4, rtol=1e-5)


@pytest.mark.parametrize("causal", [False, True])
def test_equals_the_layer_of_keras(causal):
    x, mask = draw(2, 5, 8), np.random.default_rng(0).random((2, 5, 5)) < 0.7
    mask |= np.eye(5, dtype=bool)
    layer = made(8, 2, x, causal=causal)
    theirs = keras.layers.MultiHeadAttention(num_heads=2, key_dim=4)
    theirs(x, x)
    copied = []
    for kernel, bias in weights_of(layer)[:3]:
        copied += [kernel.reshape(8, 2, 4), bias.reshape(2, 4)]
    kernel, bias = weights_of(layer)[3]
    copied += [kernel.reshape(2, 4, 8), bias]
    order = ["query", "key", "value", "attention_output"]
    names = [f"{part}/{weight}" for part in order for weight in ("kernel", "bias")]
    by_name = dict(zip(names, copied, strict=True))
    for variable in theirs.weights:
        variable.assign(by_name["/".join(variable.path.split("/")[-2:])])
    for options in ({}, {"mask": mask}):
        expected = theirs(
            x, x, attention_mask=options.get("mask"), use_causal_mask=causal
        )
        received = layer(x, **options)
        np.testing.assert_allclose(
            numpy(received), numpy(expected), atol=1e-4, rtol=1e-5
        )


def test_equals_message_passing_on_the_full_graph():
    """gamma(a, b) = b, phi = a(x_i, x_j) v(x_j), the aggregate a sum over all j."""
    x = draw(1, 4, 3)
    layer = made(3, 1, x)
    (wq, bq), (wk, bk), (wv, bv), (wo, bo) = weights_of(layer)
    nodes = x[0]
    kernel = [
        [np.exp((i @ wq + bq) @ (j @ wk + bk) / np.sqrt(3)) for j in nodes]
        for i in nodes
    ]
    received = numpy(layer(x))[0]
    for i in range(4):
        messages = [
            kernel[i][j] / sum(kernel[i]) * (nodes[j] @ wv + bv) for j in range(4)
        ]
        np.testing.assert_allclose(received[i], sum(messages) @ wo + bo, rtol=1e-4)


def test_tokens_are_a_set():
    x, order = draw(2, 6, 4), [5, 2, 0, 4, 1, 3]
    layer = made(4, 2, x)
    expected = numpy(layer(x))[:, order]
    np.testing.assert_allclose(numpy(layer(x[:, order])), expected, atol=1e-5)


@pytest.mark.parametrize("place", [0, 2, 4])
def test_causal_outputs_do_not_see_what_comes(place):
    x = draw(1, 5, 4)
    layer = made(4, 2, x, causal=True)
    before = numpy(layer(x))
    x[:, place] += 1
    after = numpy(layer(x))
    np.testing.assert_allclose(after[:, :place], before[:, :place], atol=1e-6)
    assert np.all(np.abs(after - before)[:, place:].max(axis=-1) > 1e-3)


def test_weights_sum_to_one_and_make_the_outputs():
    x = draw(2, 5, 4)
    layer = made(4, 2, x, causal=True)
    outputs, weights = layer(x, return_weights=True)
    np.testing.assert_array_equal(numpy(outputs), numpy(layer(x)))
    weights = numpy(weights)
    assert weights.shape == (2, 2, 5, 5)
    np.testing.assert_allclose(weights.sum(axis=-1), 1, atol=1e-6)
    np.testing.assert_array_equal(np.triu(weights, k=1), 0)


@pytest.mark.parametrize("shape", [(5, 5), (2, 5, 5), (2, 1, 5, 5), (2, 2, 5, 5)])
def test_masks_of_every_rank(shape):
    x = draw(2, 5, 4)
    layer = made(4, 2, x)
    mask = np.random.default_rng(0).random(shape) < 0.5
    weights = numpy(layer(x, mask=mask, return_weights=True)[1])
    full = np.broadcast_to(mask[:, None] if len(shape) == 3 else mask, weights.shape)
    np.testing.assert_array_equal(weights[~full], 0)
    np.testing.assert_allclose(weights.sum(axis=-1), full.any(axis=-1), atol=1e-6)


def test_a_token_that_sees_nothing_becomes_the_bias():
    x, mask = draw(1, 3, 4), np.ones((3, 3), bool)
    mask[1] = False
    layer = made(4, 2, x)
    bias = numpy(layer.projection.bias)
    np.testing.assert_allclose(numpy(layer(x, mask=mask))[0, 1], bias, atol=1e-6)


def test_gradient_by_finite_differences():
    x, aim, step = draw(1, 3, 4), draw(1, 3, 4, seed=9), 1e-2
    kerasdl.seed(0)
    layer = MultiHeadAttention(4, 2, causal=True)
    layer.build(x.shape)

    def loss(x):
        return ops.sum(ops.multiply(layer(x), aim))

    slopes = numpy(kerasdl.grad(loss)(x))
    for place in [(0, 0, 1), (0, 1, 3), (0, 2, 0)]:
        nudge = np.zeros_like(x)
        nudge[place] = step
        difference = float(numpy(loss(x + nudge)) - numpy(loss(x - nudge))) / step / 2
        assert slopes[place] == pytest.approx(difference, abs=2e-3)


def test_number_of_parameters():
    layer = made(6, 3, draw(1, 2, 5), draw(1, 2, 7))
    assert layer.count_params() == 6 * (5 + 2 * 7 + 6 + 4)


def test_errors():
    with pytest.raises(ValueError, match="divides dim.*dim=6, heads=4"):
        MultiHeadAttention(6, 4)
    with pytest.raises(ValueError, match="heads=0"):
        MultiHeadAttention(6, 0)
    with pytest.raises(ValueError, match=r"\(batch, tokens, dim\).*\(2, 6\)"):
        MultiHeadAttention(6, 2)(draw(2, 6))
    layer = made(4, 2, draw(1, 3, 4))
    with pytest.raises(ValueError, match="shape.*queries, keys.*3,"):
        layer(draw(1, 3, 4), mask=np.ones(3, bool))
    with pytest.raises(ValueError, match="boolean.*int"):
        layer(draw(1, 3, 4), mask=np.ones((3, 3), "int32"))
