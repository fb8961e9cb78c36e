"""Freezing: what learns and what stays, in training too; errors."""

import keras
import numpy as np
import pytest

from kerasdl import losses
from kerasdl.layers.batch_normalization import BatchNormalization
from kerasdl.layers.dense import Dense
from kerasdl.layers.residual import ResidualBlock
from kerasdl.models.mlp import MLP
from kerasdl.models.resnet import ResNet
from kerasdl.training.freezing import freeze, train_only

pytestmark = pytest.mark.backend


def made():
    model = ResNet(3, 8, (2, 3, 4))
    model.build((None, 4, 4, 1))
    return model


def names(model):
    return {v.path.split("/")[-1] for v in model.trainable_variables}


def test_only_batch_normalisation():
    model = made()
    train_only(model, BatchNormalization)
    assert names(model) == {"gamma", "beta"}
    norms = [
        layer
        for layer in model._flatten_layers()
        if isinstance(layer, BatchNormalization)
    ]
    assert len(model.trainable_variables) == 2 * len(norms)
    assert all(norm.trainable for norm in norms)


def test_several_kinds_and_whole_blocks():
    model = made()
    train_only(model, (Dense, ResidualBlock))
    inside = sum(len(block.trainable_variables) for block in model.blocks)
    assert inside > 0 and not model.stem.trainable
    assert len(model.trainable_variables) == inside + 2


def test_choosing_again_forgets_the_last_choice():
    model = made()
    train_only(model, BatchNormalization)
    train_only(model, Dense)
    assert names(model) == {"kernel", "bias"}
    assert not model.stem_norm.trainable


def test_in_training_the_rest_stays():
    model = made()
    train_only(model, BatchNormalization)
    model.compile(keras.optimizers.SGD(0.1), losses.log_loss)
    chosen = {id(v) for v in model.trainable_variables}
    fixed = [v for v in model.weights if v.trainable or id(v) not in chosen]
    kernels = [v for v in fixed if v.path.endswith(("kernel", "bias"))]
    before = [v.numpy() for v in kernels]
    gamma = model.stem_norm.gamma.numpy()
    x = np.random.default_rng(0).normal(size=(6, 4, 4, 1)).astype("float32")
    y = np.eye(3, dtype="float32")[[0, 1, 2, 0, 1, 2]]
    model.fit(x, y, verbose=0)
    for old, variable in zip(before, kernels, strict=True):
        np.testing.assert_array_equal(old, variable.numpy())
    assert not np.array_equal(gamma, model.stem_norm.gamma.numpy())


def test_weights_of_a_layer_with_parts_are_chosen_too():
    class Outer(keras.layers.Layer):
        def __init__(self):
            super().__init__()
            self.inner = Dense(2)

        def build(self, shape):
            self.scale = self.add_weight(shape=(), name="scale")
            self.inner.build(shape)

        def call(self, x):
            return self.scale * self.inner(x)

    model = keras.Sequential([Outer(), BatchNormalization()])
    model.build((None, 3))
    train_only(model, Dense)
    assert names(model) == {"kernel", "bias"}
    train_only(model, Outer)
    assert names(model) == {"kernel", "bias", "scale"}


def test_freeze():
    model = made()
    freeze(model)
    assert not model.trainable_variables


def test_errors():
    with pytest.raises(ValueError, match="built model.*not built"):
        train_only(MLP(3, 2), Dense)
    with pytest.raises(ValueError, match="layers of that kind.*'ResidualBlock'"):
        train_only(made(), keras.layers.LSTM)
