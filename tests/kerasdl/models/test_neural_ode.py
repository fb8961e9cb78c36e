"""A neural ODE follows the slope that its net gives it."""

import keras
import numpy as np
import pytest

import kerasdl
from kerasdl.models.neural_ode import NeuralODE
from kerasdl.runge_kutta import runge_kutta_step

pytestmark = pytest.mark.backend


def numpy(x):
    return keras.ops.convert_to_numpy(x)


def test_free_fall_is_exact():
    """height'' = -9.81: a polynomial of degree 2."""
    state = np.array([100.0, 3.0])
    for _ in range(4):
        state = runge_kutta_step(lambda y: np.array([y[1], -9.81]), state, 0.5)
    np.testing.assert_allclose(state, [100 + 3 * 2 - 9.81 / 2 * 4, 3 - 9.81 * 2])


def test_the_error_shrinks_with_the_fourth_power():
    errors = []
    for steps in (8, 16):
        state = np.array(1.0)
        for _ in range(steps):
            state = runge_kutta_step(lambda y: -y, state, 2 / steps)
        errors.append(abs(state - np.exp(-2)))
    assert 14 < errors[0] / errors[1] < 20


def test_backwards_undoes_forwards():
    def slope(y):
        return np.array([y[1], -np.sin(y[0])])

    start = np.array([1.0, 0.2])
    there = runge_kutta_step(slope, start, 0.01)
    np.testing.assert_allclose(runge_kutta_step(slope, there, -0.01), start, atol=1e-10)


def test_path_is_the_integral_of_the_net():
    kerasdl.seed(0)
    model = NeuralODE(dim=2, units=4, duration=0.2, steps=5)
    x = np.random.default_rng(0).normal(size=(3, 2)).astype("float32")
    path = numpy(model(x))
    assert path.shape == (3, 6, 2)
    np.testing.assert_array_equal(path[:, 0], x)
    w, b, v, c = [np.asarray(w, "float64") for w in model.get_weights()]
    state = x.astype("float64")
    for place in range(1, 6):
        state = runge_kutta_step(lambda y: np.tanh(y @ w + b) @ v + c, state, 0.2)
        np.testing.assert_allclose(path[:, place], state, atol=1e-5)


def test_a_long_path_begins_with_the_short_one():
    model = NeuralODE(dim=2, units=4, duration=0.2, steps=2)
    x = np.ones((3, 2), "float32")
    short, long = numpy(model(x)), numpy(model.path(x, 7))
    assert long.shape == (3, 8, 2)
    np.testing.assert_allclose(long[:, :3], short, atol=1e-6)


def test_gradient_goes_through_the_steps():
    """d/dx of the end of the path, against finite differences."""
    kerasdl.seed(1)
    model = NeuralODE(dim=1, units=3, duration=0.5, steps=3)
    model.build((None, 1))

    def end(x):
        return keras.ops.sum(model(x)[:, -1])

    x = np.array([[0.3]], "float32")
    slope = float(numpy(kerasdl.grad(end)(keras.ops.convert_to_tensor(x)))[0, 0])
    high, low = (float(numpy(end(x + step))) for step in (1e-2, -1e-2))
    np.testing.assert_allclose(slope, (high - low) / 2e-2, rtol=1e-2)


def test_errors():
    with pytest.raises(ValueError, match=r"Received: steps=0, duration=0.1"):
        NeuralODE(2, 4, 0.1, 0)
    with pytest.raises(ValueError, match=r"Received: steps=1, duration=-1"):
        NeuralODE(2, 4, -1, 1)
    with pytest.raises(ValueError, match=r"\(batch, 2\). Received: .*\(None, 3\)"):
        NeuralODE(2, 4, 0.1, 1).build((None, 3))
