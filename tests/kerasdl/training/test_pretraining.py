"""Layer-wise pre-training moves the hidden layers, to where they keep the data."""

import numpy as np
import pytest

import kerasdl
from kerasdl import MLP
from kerasdl.training.pretraining import pretrain

pytestmark = pytest.mark.backend


def a_plane(count):
    """Points of a plane in six dimensions: two numbers tell them all."""
    random = np.random.default_rng(0)
    return (random.normal(size=(count, 2)) @ random.normal(size=(2, 6))).astype("f4")


def test_two_units_learn_to_keep_a_plane():
    kerasdl.seed(0)
    x = a_plane(256)
    model = MLP((2,), 3, activation="linear")
    model.build((None, 6))
    errors = pretrain(model.hidden, x, epochs=60, rate=0.02, seed=0)
    assert len(errors) == 1 and errors[0] < 0.02 * x.var()


def test_each_layer_learns_on_the_one_below_and_the_head_waits():
    kerasdl.seed(0)
    x = a_plane(128)
    model = MLP((5, 4), 3, activation="tanh")
    model.build((None, 6))
    before = model.get_weights()
    errors = pretrain(model.hidden, x, epochs=3, seed=0)
    changed = [
        not np.array_equal(old, new)
        for old, new in zip(before, model.get_weights(), strict=True)
    ]
    assert changed == [True] * 4 + [False] * 2
    assert len(errors) == 2 and np.isfinite(errors).all()


def test_images_are_an_error():
    with pytest.raises(ValueError, match=r"Received: shape \(2, 8, 8\)"):
        pretrain([], np.zeros((2, 8, 8)))
