"""diagnose names each of the lecture's causes of a stall, and none in good health."""

import keras
import numpy as np
import pytest

import kerasdl
from kerasdl import losses
from kerasdl.models.mlp import MLP
from kerasdl.training.stalls import diagnose

pytestmark = pytest.mark.backend

RANDOM = np.random.default_rng(0)
X = RANDOM.normal(size=(40, 6)).astype("float32")
Y = np.eye(3, dtype="float32")[RANDOM.integers(3, size=40)]


def mlp(units=(16, 16), activation="tanh", scale=1.0):
    kerasdl.seed(0)
    model = MLP(units, 3, activation)
    model.build((None, 6))
    model.set_weights([scale * weights for weights in model.get_weights()])
    return model


def sentences(model, x=X, y=Y, loss=losses.log_loss):
    return diagnose(model, x, y, loss).findings


def test_health_has_no_findings():
    assert sentences(mlp()) == []
    assert sentences(mlp(activation="relu")) == []


def test_small_and_large_inputs():
    assert "inputs are nearly zero" in sentences(mlp(), x=X * 1e-4)[0]
    assert "inputs are large" in sentences(mlp(), x=X * 1e3)[0]


def test_saturation():
    found = sentences(mlp(scale=40.0))
    assert any("at an end of [-1, 1]" in sentence for sentence in found)


def test_dead_units():
    model = mlp(activation="relu")
    bias = model.hidden[0].bias
    bias.assign(np.full(bias.shape, -100, "float32"))
    states = diagnose(model, X, Y, losses.log_loss).layers
    assert states[0].dead == 1 and states[0].mean == 0
    assert any("same to every example" in sentence for sentence in sentences(model))


def test_zero_weights():
    found = sentences(mlp(scale=0.0))
    assert sum("all weights are 0" in sentence for sentence in found) == 3


def test_exploded():
    found = sentences(mlp(activation="relu", scale=1e20))
    assert any("exploded" in s or "times as long" in s for s in found)


def test_vanishing_gradients():
    found = sentences(mlp((16,) * 8, "sigmoid"))
    assert any("vanishes on the way" in sentence for sentence in found)


def test_targets_out_of_range():
    model = keras.Sequential([keras.Input((6,)), keras.layers.Dense(3, "sigmoid")])
    assert sentences(model, loss="mse") == []
    found = sentences(model, y=2 * Y - 1, loss="mse")
    assert "targets reach from -1 to 1" in found[0] and "from 0 to 1" in found[0]


def test_labels_are_not_taken_for_targets():
    model = keras.Sequential([keras.Input((6,)), keras.layers.Dense(3, "softmax")])
    labels = Y.argmax(axis=1)
    assert sentences(model, y=labels, loss="sparse_categorical_crossentropy") == []


def test_numbers_are_those_of_the_layer():
    model = mlp((5,))
    layer = model.hidden[0]
    state, head = diagnose(model, X, Y, losses.log_loss).layers
    outputs = np.tanh(X @ keras.ops.convert_to_numpy(layer.kernel))
    np.testing.assert_allclose(state.mean, outputs.mean(), atol=1e-5)
    np.testing.assert_allclose(state.stddev, outputs.std(), atol=1e-5)
    kernel = keras.ops.convert_to_numpy(model.head.kernel)
    np.testing.assert_allclose(head.weight_norm, np.linalg.norm(kernel), rtol=1e-5)
    logits = outputs @ kernel
    p = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    gradient = outputs.T @ (p - Y) / len(X)
    np.testing.assert_allclose(head.gradient_norm, np.linalg.norm(gradient), rtol=1e-4)


def test_nothing_in_the_model_changes():
    model = keras.Sequential(
        [
            keras.Input((6,)),
            keras.layers.Dense(4),
            keras.layers.BatchNormalization(momentum=0.9),
            keras.layers.Dense(3),
        ]
    )
    before = model.get_weights()
    text = str(diagnose(model, X, Y, losses.log_loss))
    for one, other in zip(before, model.get_weights(), strict=True):
        np.testing.assert_array_equal(one, other)
    assert text.startswith("loss ") and "batch_norm" in text
    assert "call" not in vars(model.layers[0])


def test_not_built_or_frozen():
    with pytest.raises(ValueError, match="built=False"):
        diagnose(MLP((4,), 3), X, Y, losses.log_loss)
    model = mlp()
    model.trainable = False
    with pytest.raises(ValueError, match="0 such weights"):
        diagnose(model, X, Y, losses.log_loss)
