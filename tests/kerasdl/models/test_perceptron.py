"""The perceptron: a line, the lecture's structural risk, the widest margin."""

import keras
import numpy as np
import pytest

from kerasdl import losses
from kerasdl.models.perceptron import Perceptron

pytestmark = pytest.mark.backend

X = np.array([[-1, 0], [0, 1], [4, 4], [2, 3]], "float32")
Y = np.array([[-1], [-1], [1], [1]], "float32")


def test_loss_is_the_structural_risk():
    model = Perceptron(penalty=0.3)
    model.build((None, 2))
    w, b = np.array([[0.5], [-0.25]]), np.array([0.1])
    model.set_weights([w, b])
    model.compile("sgd", losses.hinge)
    margins = Y * (X @ w + b)
    expected = 0.15 * np.sum(w**2) + np.mean(np.maximum(0, 1 - margins))
    received = model.evaluate(X, Y, verbose=0)
    np.testing.assert_allclose(received, expected, rtol=1e-5)
    scores = keras.ops.convert_to_numpy(model(X))
    np.testing.assert_allclose(scores, X @ w + b, atol=1e-6)


def test_one_step_is_gradient_descent_on_it():
    model = Perceptron(penalty=0.3)
    model.build((None, 2))
    w, b = np.array([[0.5], [-0.25]]), np.array([0.1])
    model.set_weights([w, b])
    model.compile(keras.optimizers.SGD(0.1), losses.hinge)
    model.fit(X, Y, batch_size=4, verbose=0)
    missed = Y * (X @ w + b) < 1
    new_w = w - 0.1 * (0.3 * w - np.mean(missed * Y * X, axis=0)[:, None])
    new_b = b - 0.1 * -np.mean(missed * Y)
    for received, expected in zip(model.get_weights(), (new_w, new_b), strict=True):
        np.testing.assert_allclose(received, expected, atol=1e-6)


def test_learns_the_widest_margin():
    """The nearest points of the two classes are (0, 1) and (2, 3): the line between
    them has w = (1/2, 1/2) and b = -3/2."""
    model = Perceptron(penalty=0.1)
    model.build((None, 2))
    model.set_weights([np.zeros((2, 1)), np.zeros(1)])
    steps = 1500
    rate = keras.optimizers.schedules.CosineDecay(0.1, steps)
    model.compile(keras.optimizers.SGD(rate, momentum=0.9), losses.hinge)
    x, y = np.tile(X, (steps, 1)), np.tile(Y, (steps, 1))
    model.fit(x, y, batch_size=4, shuffle=False, verbose=0)
    w, b = model.get_weights()
    np.testing.assert_allclose(w.ravel(), [0.5, 0.5], atol=0.1)
    np.testing.assert_allclose(b, [-1.5], atol=0.2)


def test_errors():
    with pytest.raises(ValueError, match="Received: penalty=-1"):
        Perceptron(-1)
    with pytest.raises(ValueError, match=r"\(2, 3, 3, 1\)"):
        Perceptron()(np.ones((2, 3, 3, 1), "float32"))
