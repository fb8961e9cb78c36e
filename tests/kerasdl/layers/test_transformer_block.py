"""The blocks: of transformers, of the Mixer and of the gMLP."""

import math

import numpy as np
import pytest
from keras import ops

import kerasdl
from kerasdl.layers.feed_forward import FeedForward
from kerasdl.layers.gmlp_block import GMLPBlock, SpatialGatingUnit
from kerasdl.layers.mixer_block import MixerBlock
from kerasdl.layers.transformer_block import TransformerBlock

pytestmark = pytest.mark.backend

ORDER = [4, 1, 3, 0, 2]


def numpy(value):
    return ops.convert_to_numpy(value)


def draw(*shape, seed=0):
    return np.random.default_rng(seed).normal(size=shape).astype("float32")


def gelu(x):
    return x * (1 + np.vectorize(math.erf)(x / math.sqrt(2))) / 2


def normalized(x):
    centered = x - x.mean(axis=-1, keepdims=True)
    return centered / np.sqrt(x.var(axis=-1, keepdims=True) + 1e-5)


def test_feed_forward_is_the_formula():
    x, layer = draw(2, 3, 4), FeedForward(6)
    layer(x)
    layer.set_weights([draw(*w.shape, seed=i) for i, w in enumerate(layer.weights)])
    w1, b1, w2, b2 = layer.get_weights()
    expected = gelu(x @ w1 + b1) @ w2 + b2
    np.testing.assert_allclose(numpy(layer(x)), expected, atol=1e-4)


def test_transformer_block_is_the_sum_of_its_parts():
    x, block = draw(2, 5, 8), TransformerBlock(8, 2, 12)
    outputs, weights = block(x, return_weights=True)
    y = x + numpy(block.attention(normalized(x)))
    y = y + numpy(block.feed_forward(normalized(y)))
    np.testing.assert_allclose(numpy(outputs), y, atol=1e-4)
    assert weights.shape == (2, 2, 5, 5)


def test_transformer_block_sees_a_set_and_a_causal_one_the_past():
    x = draw(1, 5, 8)
    block = TransformerBlock(8, 2, 12)
    outputs = numpy(block(x))
    np.testing.assert_allclose(numpy(block(x[:, ORDER])), outputs[:, ORDER], atol=1e-5)
    causal = TransformerBlock(8, 2, 12, causal=True)
    before = numpy(causal(x))
    x[:, 3, 0] += 1
    after = numpy(causal(x))
    np.testing.assert_allclose(after[:, :3], before[:, :3], atol=1e-6)
    assert np.all(np.abs(after - before)[:, 3:].max(axis=-1) > 1e-4)


def test_mask_of_a_block():
    x, block = draw(1, 5, 8), TransformerBlock(8, 2, 12)
    mask = np.array([True, True, True, False, True])[None, :]
    before = numpy(block(x, mask=mask))
    x[:, 3] += 1
    after = numpy(block(x, mask=mask))
    others = [0, 1, 2, 4]
    np.testing.assert_allclose(after[:, others], before[:, others], atol=1e-6)


def test_mixer_block_is_the_sum_of_its_parts_and_sees_the_order():
    x, block = draw(2, 5, 8), MixerBlock(6, 12)
    received = numpy(block(x))
    columns = normalized(x).transpose(0, 2, 1)
    y = x + numpy(block.mix_tokens(columns)).transpose(0, 2, 1)
    y = y + numpy(block.mix_channels(normalized(y)))
    np.testing.assert_allclose(received, y, atol=1e-4)
    reordered = numpy(block(x[:, ORDER]))
    assert np.abs(reordered - received[:, ORDER]).max() > 0.1


def test_gate_by_loops_and_open_at_first():
    x, gate = draw(2, 3, 8), SpatialGatingUnit()
    np.testing.assert_allclose(numpy(gate(x)), x[..., :4], atol=0.05)
    gate.kernel.assign(draw(3, 3, seed=1))
    gate.bias.assign(draw(3, 1, seed=2))
    kernel, bias = numpy(gate.kernel), numpy(gate.bias)
    received, v = numpy(gate(x)), normalized(x[..., 4:])
    for i in range(3):
        pulls = sum(kernel[i, j] * v[:, j] for j in range(3))
        expected = x[:, i, :4] * (pulls + bias[i])
        np.testing.assert_allclose(received[:, i], expected, atol=1e-4)


def test_gmlp_block_is_the_sum_of_its_parts():
    x, block = draw(2, 5, 8), GMLPBlock(8, 12)
    received = numpy(block(x))
    kernel, bias = numpy(block.expand.kernel), numpy(block.expand.bias)
    hidden = gelu(normalized(x) @ kernel + bias).astype("float32")
    expected = x + numpy(block.contract(block.gate(hidden)))
    np.testing.assert_allclose(received, expected, atol=1e-4)


@pytest.mark.parametrize(
    "make",
    [
        lambda: TransformerBlock(4, 2, 6),
        lambda: MixerBlock(3, 6),
        lambda: GMLPBlock(4, 6),
    ],
)
def test_gradients_are_those_of_finite_differences(make):
    kerasdl.seed(0)
    x, aim, block, step = draw(1, 3, 4), draw(1, 3, 4, seed=9), make(), 1e-2
    block.build(x.shape)

    def loss(x):
        return ops.sum(ops.multiply(block(x), aim))

    slopes = numpy(kerasdl.grad(loss)(x))
    for place in [(0, 0, 1), (0, 2, 3)]:
        nudge = np.zeros_like(x)
        nudge[place] = step
        difference = float(numpy(loss(x + nudge)) - numpy(loss(x - nudge))) / step / 2
        assert slopes[place] == pytest.approx(difference, abs=1e-2)


def test_errors():
    with pytest.raises(ValueError, match="units=0"):
        FeedForward(0)
    with pytest.raises(ValueError, match=r"tokens, 8\).*\(1, 2, 6\)"):
        TransformerBlock(8, 2, 12)(draw(1, 2, 6))
    with pytest.raises(ValueError, match=r"tokens, 8\).*\(1, 2, 6\)"):
        GMLPBlock(8, 12)(draw(1, 2, 6))
    with pytest.raises(ValueError, match="MixerBlock.*batch, tokens, dim"):
        MixerBlock(3, 4)(draw(2, 6))
    with pytest.raises(ValueError, match="even number of units.*5"):
        SpatialGatingUnit()(draw(1, 2, 5))
