"""Gradients agree with finite differences and nest; a missing backend is named."""

import json
import os
import subprocess
import sys

import keras
import numpy as np
import pytest
from keras import ops

from kerasdl import grad, jit, value_and_grad

pytestmark = pytest.mark.backend


def numpy(value):
    return keras.ops.convert_to_numpy(value)


def test_gradient_of_a_nest_is_the_nest_of_gradients():
    x = np.array([[1.0, -2.0], [0.5, 3.0]], "float32")
    parameters = {"w": np.array([0.3, -0.7], "float32"), "b": [np.float32(0.1)]}

    def loss(p, x):
        return ops.sum(ops.tanh(ops.matmul(x, p["w"]) + p["b"][0]))

    value, gradients = value_and_grad(loss)(parameters, x)
    z = x @ parameters["w"] + 0.1
    slope = 1 - np.tanh(z) ** 2
    np.testing.assert_allclose(numpy(value), np.tanh(z).sum(), rtol=1e-5)
    np.testing.assert_allclose(numpy(gradients["w"]), x.T @ slope, rtol=1e-4)
    np.testing.assert_allclose(numpy(gradients["b"][0]), slope.sum(), rtol=1e-4)


def test_lecture_example():
    gradients = grad(lambda a, b: (a + b) * (b + 1), argnums=(0, 1))(2.0, 1.0)
    assert [float(g) for g in gradients] == [2, 5]


def test_argnums_selects_the_argument():
    assert float(grad(lambda a, b: a * b**2, argnums=1)(3.0, 2.0)) == 12


def test_second_and_third_derivatives():
    slope = grad(lambda x: ops.sin(2 * x))
    x = 0.4
    np.testing.assert_allclose(numpy(slope(x)), 2 * np.cos(0.8), rtol=1e-5)
    np.testing.assert_allclose(numpy(grad(slope)(x)), -4 * np.sin(0.8), rtol=1e-5)
    third = grad(grad(slope))(x)
    np.testing.assert_allclose(numpy(third), -8 * np.cos(0.8), rtol=1e-5)


def test_gradient_penalty_reaches_a_captured_outer_variable():
    """d/dw of (d/dx of w x^2 - 1)^2: the inner gradient depends on the outer w."""

    def penalty(w):
        return (grad(lambda x: w * x**2)(3.0) - 1) ** 2

    np.testing.assert_allclose(numpy(grad(penalty)(2.0)), 2 * (12 - 1) * 6, rtol=1e-5)


def test_inner_gradient_at_a_point_that_depends_on_the_outer_variable():
    """d/dx of f'(x^2) with f = t^3: 3 t^2 at t = x^2, so 12 x^3."""
    outer = grad(lambda x: grad(lambda t: t**3)(x**2))
    np.testing.assert_allclose(numpy(outer(2.0)), 96, rtol=1e-5)


def test_inner_value_is_differentiable_too():
    outer = grad(lambda x: value_and_grad(lambda t: t**3)(x)[0])
    np.testing.assert_allclose(numpy(outer(2.0)), 12, rtol=1e-5)


def test_works_inside_jit():
    hessian_diagonal = jit(lambda x: grad(lambda y: ops.sum(grad(cubes)(y)))(x))
    x = np.array([1.0, -2.0], "float32")
    np.testing.assert_allclose(numpy(hessian_diagonal(x)), 6 * x, rtol=1e-5)


def cubes(x):
    return ops.sum(x**3)


def test_jit_in_grad():
    np.testing.assert_allclose(numpy(grad(jit(cubes))(np.float32([2]))), [12])


def test_jit_takes_nests_arrays_and_numbers():
    step = jit(lambda p, x, rate: {"w": p["w"] - rate * ops.sum(x @ p["w"])})
    x = np.ones((2, 2))  # float64: becomes float32 like the weights
    result = step({"w": np.ones((2, 1), "float32")}, x, 0.5)
    np.testing.assert_allclose(numpy(result["w"]), [[-1], [-1]])


@pytest.mark.parametrize("constant", [True, False])
def test_unconnected_inputs_get_zeros(constant):
    gradients = grad(lambda a, b: ops.sum(a) if not constant else 1.0, (0, 1))(
        np.ones(2, "float32"), np.ones((2, 3), "float32")
    )
    np.testing.assert_array_equal(numpy(gradients[0]), np.full(2, 1.0 - constant))
    np.testing.assert_array_equal(numpy(gradients[1]), np.zeros((2, 3)))


def test_gradient_of_a_lookup_is_dense():
    table = np.ones((4, 2), "float32")
    gradient = grad(lambda t: ops.sum(ops.take(t, np.array([1, 1, 3]), axis=0)))(table)
    np.testing.assert_array_equal(numpy(gradient + 0), [[0, 0], [2, 2], [0, 0], [1, 1]])


def test_aux_is_handed_through():
    def function(x):
        return ops.sum(x**2), {"double": 2 * x}

    x = np.array([3.0], "float32")
    (value, aux), gradient = value_and_grad(function, has_aux=True)(x)
    assert float(value) == 9
    assert numpy(aux["double"]) == [6]
    assert numpy(gradient) == [6]


def test_stop_gradient_is_respected():
    assert float(grad(lambda x: x * ops.stop_gradient(x))(3.0)) == 3


def test_inside_predict_and_evaluate():
    """Keras predicts without recording gradients."""

    class Slope(keras.layers.Layer):
        def call(self, x):
            return grad(lambda y: ops.sum(y**2))(x)

    model = keras.Sequential([keras.Input((2,)), Slope()])
    x = np.array([[1.0, -3.0]], "float32")
    np.testing.assert_allclose(model.predict(x, verbose=0), 2 * x)


def test_outermost_results_carry_no_history():
    """A loop of updates must not grow a graph: what comes back is a plain value."""
    w = ops.convert_to_tensor(np.ones(3, "float32"))
    function = value_and_grad(lambda w: (ops.sum(w**2), w * 2), has_aux=True)
    (value, aux), gradient = function(w)
    for tensor in (value, aux, gradient, w - 0.1 * gradient):
        assert not getattr(tensor, "requires_grad", False)


def test_an_error_inside_leaves_the_next_call_outermost():
    def broken(x):
        raise KeyError("inside")

    with pytest.raises(KeyError):
        grad(broken)(1.0)
    assert not getattr(grad(lambda x: x**2)(1.0), "requires_grad", False)


def test_gradients_of_model_weights_by_finite_differences():
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2, "tanh")])
    x = np.linspace(-1, 1, 12, dtype="float32").reshape(4, 3)

    def loss(weights):
        return ops.mean(model.stateless_call(weights, [], x)[0] ** 2)

    weights = model.trainable_variables
    gradients = grad(loss)(weights)
    values = [numpy(w) for w in weights]
    for layer, index in [(0, (0, 1)), (0, (2, 0)), (1, (1,))]:
        ends = []
        for move in (0.01, -0.01):
            moved = [value.copy() for value in values]
            moved[layer][index] += move
            ends.append(float(loss([ops.convert_to_tensor(m) for m in moved])))
        slope = (ends[0] - ends[1]) / 0.02
        np.testing.assert_allclose(numpy(gradients[layer])[index], slope, atol=1e-3)


def test_value_that_is_not_one_number_is_an_error():
    with pytest.raises(ValueError, match=r"shape \(2,\)"):
        grad(lambda x: x**2)(np.ones(2, "float32"))


def test_integer_argument_is_an_error():
    with pytest.raises(ValueError, match="2.0 instead of 2"):
        grad(lambda x: x**2)(2)


# The check of the backend, in processes of their own.

HIDE = """
import importlib.util as util, sys
real = util.find_spec
util.find_spec = lambda name, *rest: None if name in {hidden} else real(name, *rest)
try:
    import kerasdl
except ImportError as error:
    assert "keras" not in sys.modules
    print(error)
"""
ALL = ["tensorflow", "jax", "torch"]


def message_without(hidden, tmp_path, **environment):
    """What `import kerasdl` says when the backends in `hidden` are not installed."""
    environment = {"KERAS_HOME": str(tmp_path), **environment}
    environment = {**os.environ, "KERAS_BACKEND": "", **environment}
    code = HIDE.format(hidden=hidden)
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_missing_backend_names_the_others(tmp_path):
    message = message_without(["jax"], tmp_path, KERAS_BACKEND="jax")
    assert "'jax', which is not installed" in message
    assert "installed here: tensorflow, torch" in message
    assert "export KERAS_BACKEND=tensorflow" in message


def test_default_backend_missing_is_an_error_too(tmp_path):
    message = message_without(["tensorflow"], tmp_path)
    assert "'tensorflow', which is not installed" in message
    assert "export KERAS_BACKEND=jax" in message


def test_config_file_chooses(tmp_path):
    (tmp_path / "keras.json").write_text(json.dumps({"backend": "torch"}))
    message = message_without(["torch"], tmp_path)
    assert "'torch', which is not installed" in message


def test_variable_goes_before_config_file(tmp_path):
    (tmp_path / "keras.json").write_text(json.dumps({"backend": "torch"}))
    message = message_without(["torch", "jax"], tmp_path, KERAS_BACKEND="jax")
    assert "'jax', which is not installed" in message


def test_broken_config_file_means_the_default(tmp_path):
    (tmp_path / "keras.json").write_text("{")
    message = message_without(["tensorflow"], tmp_path)
    assert "'tensorflow', which is not installed" in message


def test_no_backend_at_all_says_how_to_install_one(tmp_path):
    message = message_without(ALL, tmp_path, KERAS_BACKEND="torch")
    assert "installed here: none" in message
    assert "pip install 'kerasdl[torch]'" in message


def test_unknown_backend(tmp_path):
    message = message_without([], tmp_path, KERAS_BACKEND="tensorfow")
    assert "'tensorfow', which is not one that kerasdl runs on" in message
    assert "tensorflow, jax, torch" in message
