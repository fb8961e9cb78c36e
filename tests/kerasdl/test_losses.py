"""The thirteen losses against slow float64 references, and in the right direction."""

import keras
import numpy as np
import pytest
from keras import ops

from kerasdl import grad, losses

pytestmark = pytest.mark.backend


def p(o):
    e = np.exp(o - o.max())
    return e / e.sum()


REFERENCES = {  # one example: targets y, outputs o
    "sum_of_squared_errors": lambda y, o: sum((y - o) ** 2),
    "l1": lambda y, o: np.linalg.norm(y - o, 1),
    "l2": lambda y, o: np.linalg.norm(y - o, 2) ** 2,
    "expectation": lambda y, o: np.linalg.norm(y - p(o), 1),
    "regularised_expectation": lambda y, o: np.linalg.norm(y - p(o), 2) ** 2,
    "chebyshev": lambda y, o: np.linalg.norm(y - p(o), np.inf),
    "hinge": lambda y, o: sum(max(0, 1 - a * b) for a, b in zip(y, o, strict=True)),
    "squared_hinge": lambda y, o: sum(np.maximum(0, 1 - y * o) ** 2),
    "cubed_hinge": lambda y, o: sum(np.maximum(0, 1 - y * o) ** 3),
    "log_loss": lambda y, o: -sum(y * np.log(p(o))),
    "squared_log": lambda y, o: sum(y * np.log(p(o)) ** 2),
    "tanimoto": lambda y, o: -p(o) @ y / (p(o) @ p(o) + y @ y - p(o) @ y),
    "cauchy_schwarz": lambda y, o: (
        -np.log(p(o) @ y / (np.linalg.norm(p(o)) * np.linalg.norm(y)))
    ),
}
HINGES = ["hinge", "squared_hinge", "cubed_hinge"]
ON_LOGITS = [name for name in REFERENCES if name not in HINGES][3:]
NAMES = list(REFERENCES)


def call(name, targets, outputs):
    outputs = ops.convert_to_tensor(np.asarray(outputs, "float32"))
    return keras.ops.convert_to_numpy(getattr(losses, name)(targets, outputs))


def targets_for(name, labels, classes):
    one_hot = np.eye(classes, dtype="float32")[labels]
    return 2 * one_hot - 1 if name in HINGES else one_hot


@pytest.mark.parametrize("name", NAMES)
def test_values_one_per_example(name):
    outputs = np.random.default_rng(0).normal(size=(5, 4)) * 2
    targets = targets_for(name, [0, 3, 1, 1, 2], 4)
    expected = [REFERENCES[name](y, o) for y, o in zip(targets, outputs, strict=True)]
    received = call(name, targets, outputs)
    assert received.shape == (5,)
    np.testing.assert_allclose(received, expected, rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("name", ON_LOGITS)
def test_soft_targets(name):
    random = np.random.default_rng(1)
    outputs, targets = random.normal(size=(3, 4)), random.dirichlet(np.ones(4), 3)
    expected = [REFERENCES[name](y, o) for y, o in zip(targets, outputs, strict=True)]
    np.testing.assert_allclose(call(name, targets, outputs), expected, rtol=1e-4)


@pytest.mark.parametrize("name", NAMES)
def test_minimising_it_brings_agreement(name):
    """Steps down the gradient make the right output the largest, and the loss less."""
    labels = np.array([0, 2])
    targets = targets_for(name, labels, 3)
    outputs = ops.convert_to_tensor(np.array([[0, 0.5, 0], [0.4, 0, -0.2]], "float32"))
    loss = getattr(losses, name)
    slope = grad(lambda o: ops.sum(loss(targets, o)))
    start = float(ops.sum(loss(targets, outputs)))
    for _ in range(100):
        outputs = outputs - 0.05 * slope(outputs)
    assert float(ops.sum(loss(targets, outputs))) < start - 0.1
    assert (keras.ops.convert_to_numpy(outputs).argmax(axis=1) == labels).all()


@pytest.mark.parametrize("name", NAMES)
def test_perfect_agreement_is_the_minimum(name):
    best = -1 if name == "tanimoto" else 0
    targets = targets_for(name, [1], 3)
    right = 100 * (2 * np.eye(3)[[1]] - 1) if name in ON_LOGITS + HINGES else targets
    np.testing.assert_allclose(call(name, targets, right), [best], atol=1e-6)


@pytest.mark.parametrize("name", ON_LOGITS)
@pytest.mark.parametrize("label", [0, 1])
def test_extreme_logits_are_finite_with_gradients(name, label):
    targets = targets_for(name, [label], 3)
    outputs = np.array([[1e4, -1e4, 0]], "float32")
    assert np.isfinite(call(name, targets, outputs)).all()
    slope = grad(lambda o: ops.sum(getattr(losses, name)(targets, o)))(outputs)
    assert np.isfinite(keras.ops.convert_to_numpy(slope)).all()


@pytest.mark.parametrize("name", ["log_loss", "cauchy_schwarz"])
def test_a_probability_of_0_costs_as_much_as_its_logit_says(name):
    np.testing.assert_allclose(call(name, [[0.0, 1.0]], [[500, -500]]), [1000], 1e-4)


def test_hinges_stop_at_the_margin():
    for name in HINGES:
        np.testing.assert_array_equal(call(name, [[1, -1]], [[1.0, -7.0]]), [0])
        np.testing.assert_allclose(call(name, [[1, -1]], [[0.0, 0.0]]), [2])


@pytest.mark.parametrize("name", NAMES)
def test_labels_in_place_of_targets_are_an_error(name):
    with pytest.raises(ValueError, match=r"shape \(3,\).*one_hot"):
        call(name, np.array([0, 1, 2]), np.zeros((3, 3)))
    with pytest.raises(ValueError, match=r"shape \(3, 1\)"):
        call(name, np.array([[0], [1], [2]]), np.zeros((3, 3)))


@pytest.mark.parametrize("name", NAMES)
def test_compiles_into_fit(name):
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(3)])
    model.compile("sgd", getattr(losses, name))
    x = np.ones((4, 2), "float32")
    y = targets_for(name, [0, 1, 2, 0], 3)
    seen = model.evaluate(x, y, verbose=0)
    expected = call(name, y, model.predict(x, verbose=0)).mean()
    np.testing.assert_allclose(seen, expected, rtol=1e-4, atol=1e-5)
    assert np.isfinite(model.fit(x, y, batch_size=3, verbose=0).history["loss"]).all()


def test_whole_numbers_are_not_cut():
    received = losses.l2(np.array([[0.4, 1.6]], "float32"), np.array([[1, 2]]))
    np.testing.assert_allclose(keras.ops.convert_to_numpy(received), [0.52], rtol=1e-5)
    whole = losses.log_loss(np.array([[1.0, 0.0]], "float32"), np.array([[2, 1]]))
    expected = losses.log_loss(np.array([[1.0, 0.0]]), np.array([[2.0, 1.0]]))
    assert float(whole[0]) == pytest.approx(float(expected[0]), rel=1e-5)
