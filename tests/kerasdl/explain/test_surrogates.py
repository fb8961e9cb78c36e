"""LIME and SHAP through their packages: known answers of simple models."""

import importlib.util
import sys

import numpy as np
import pytest
from keras import ops

from kerasdl.explain import lime_weights, shap_values

pytestmark = pytest.mark.backend

random = np.random.default_rng(0)
BACKGROUND = random.normal(size=(40, 4)).astype("float32")
WEIGHTS = np.array([[2.0, -2.0], [-1.0, 1.0], [0.0, 0.0], [0.5, -0.5]], "float32")


def needs(package):
    missing = importlib.util.find_spec(package) is None
    return pytest.mark.skipif(missing, reason=f"{package} is not installed")


def logits(x):
    return ops.matmul(ops.convert_to_tensor(x), WEIGHTS)


def probabilities(x):
    return ops.softmax(logits(x), axis=-1)


@needs("shap")
def test_shap_values_of_a_linear_model_are_known():
    examples = random.normal(size=(3, 4)).astype("float32")
    received = shap_values(logits, BACKGROUND, examples)
    expected = (examples - BACKGROUND.mean(axis=0))[..., None] * WEIGHTS
    np.testing.assert_allclose(received, expected, atol=1e-4)


@needs("shap")
def test_shap_values_sum_to_the_change_of_the_output():
    examples = random.normal(size=(2, 4)).astype("float32")
    received = shap_values(probabilities, BACKGROUND, examples)
    p, mean = (ops.convert_to_numpy(probabilities(x)) for x in (examples, BACKGROUND))
    np.testing.assert_allclose(received.sum(axis=1), p - mean.mean(axis=0), atol=1e-4)
    np.testing.assert_allclose(received[:, 2], 0, atol=1e-4)


@needs("shap")
def test_shap_values_depend_on_the_seed_and_leave_the_global_generator_alone():
    """Of 14 features there are more sets than samples: they are drawn."""
    background = random.normal(size=(5, 14)).astype("float32")

    def product(x):
        return ops.sum(ops.convert_to_tensor(x), axis=1, keepdims=True) ** 3

    np.random.seed(3)
    first, again, other = (
        shap_values(product, background, background[:1] + 1, samples=60, seed=seed)
        for seed in (0, 0, 1)
    )
    drawn = np.random.random()
    np.random.seed(3)
    assert drawn == np.random.random()
    np.testing.assert_array_equal(first, again)
    assert not np.array_equal(first, other)


@needs("lime")
def test_lime_weights_have_the_signs_and_order_of_the_gradient():
    example = np.zeros(4, "float32")
    received = lime_weights(probabilities, BACKGROUND, example, class_index=0)
    again = lime_weights(probabilities, BACKGROUND, example, class_index=0)
    np.testing.assert_array_equal(received, again)
    assert received[0] > -received[1] > received[3] > abs(received[2])
    other = lime_weights(probabilities, BACKGROUND, example, class_index=1)
    np.testing.assert_allclose(other, -received, atol=1e-3)


@pytest.mark.parametrize(
    "explain, module", [(lime_weights, "lime.lime_tabular"), (shap_values, "shap")]
)
def test_a_missing_package_is_named(monkeypatch, explain, module):
    monkeypatch.setitem(sys.modules, module, None)
    package = module.partition(".")[0]
    with pytest.raises(ImportError, match=rf"package {package}.*kerasdl\[explain\]"):
        explain(probabilities, BACKGROUND, BACKGROUND[:1], 0)


@needs("lime")
def test_errors_of_lime():
    with pytest.raises(ValueError, match=r"\(m, features\).*\(3,\)"):
        lime_weights(probabilities, BACKGROUND, np.zeros(3), 0)


@needs("shap")
def test_errors_of_shap():
    with pytest.raises(ValueError, match=r"\(m, features\).*\(4,\)"):
        shap_values(probabilities, BACKGROUND, BACKGROUND[0])
