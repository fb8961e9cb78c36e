"""Recurrent applies one cell step by step."""

import keras
import numpy as np
import pytest
from keras import ops

import kerasdl
from kerasdl.layers.recurrent import Recurrent

pytestmark = pytest.mark.backend

X = np.random.default_rng(0).normal(size=(3, 5, 4)).astype("float32")


def numpy(value):
    return ops.convert_to_numpy(value)


def layer_of(x=X, **arguments):
    layer = Recurrent(6, **arguments)
    layer.build(x.shape)
    layer.cell.bias.assign(np.linspace(-1, 1, 6, dtype="float32"))
    return layer


def test_against_a_loop():
    layer = layer_of(return_sequences=True)
    kernel, recurrent, bias = (numpy(v) for v in layer.weights)
    state, states = np.zeros((3, 6)), []
    for step in range(5):
        state = np.tanh(X[:, step] @ kernel + state @ recurrent + bias)
        states.append(state)
    received = numpy(layer(X))
    np.testing.assert_allclose(received, np.stack(states, axis=1), atol=1e-5)
    assert layer.compute_output_shape(X.shape) == received.shape


def test_is_the_simple_rnn_of_keras():
    layer = layer_of()
    reference = keras.layers.SimpleRNN(6)
    reference.build(X.shape)
    reference.set_weights(layer.get_weights())
    np.testing.assert_allclose(numpy(layer(X)), numpy(reference(X)), atol=1e-5)
    assert layer.compute_output_shape(X.shape) == (3, 6)


def test_no_state_depends_on_later_steps():
    layer, changed = layer_of(return_sequences=True), X.copy()
    changed[:, 3] += 1
    one, other = numpy(layer(X)), numpy(layer(changed))
    np.testing.assert_array_equal(one[:, :3], other[:, :3])
    assert np.all(np.abs(one[:, 3:] - other[:, 3:]).max(axis=-1) > 1e-3)


def test_sequences_of_any_length():
    layer = layer_of()
    assert numpy(layer(X[:, :1])).shape == (3, 6)
    assert numpy(layer(np.tile(X, (1, 4, 1)))).shape == (3, 6)


def test_gradient_reaches_the_first_step():
    layer, first, rest = layer_of(), X[:, :1], X[:, 1:]

    def last(first):
        return ops.sum(layer(ops.concatenate([first, rest], axis=1)))

    gradient = numpy(kerasdl.grad(last)(first))
    move = np.zeros_like(first)
    move[1, 0, 2] = 1e-2
    slope = (float(numpy(last(first + move))) - float(numpy(last(first - move)))) / 2e-2
    np.testing.assert_allclose(gradient[1, 0, 2], slope, atol=1e-3)
    assert np.abs(gradient).min() > 0


def test_wrong_input():
    with pytest.raises(ValueError, match=r"\(batch, steps, dim\).*\(3, 5\)"):
        Recurrent(6)(X[..., 0])
