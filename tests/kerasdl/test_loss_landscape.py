"""The plane through the weights has its middle at the weights and the right scale."""

import keras
import numpy as np
import pytest

from kerasdl import MLP, losses
from kerasdl.layers.batch_normalization import BatchNormalization
from kerasdl.loss_landscape import loss_on_a_plane

pytestmark = pytest.mark.backend

random = np.random.default_rng(0)
X = random.normal(size=(6, 3)).astype("float32")
Y = np.eye(2, dtype="float32")[[0, 1, 0, 1, 1, 0]]


def trained():
    model = MLP((4,), 2, seed=0)
    model.build((None, 3))
    return model


def mean_loss(model):
    outputs = keras.ops.convert_to_numpy(losses.log_loss(Y, model(X)))
    return outputs.mean()


def test_the_middle_is_the_model_which_does_not_change():
    model = trained()
    before = model.get_weights()
    loss = loss_on_a_plane(model, X, Y, losses.log_loss)
    assert loss(0, 0) == pytest.approx(mean_loss(model), rel=1e-5)
    assert loss(1, 0) != loss(0, 0) != loss(0, 1)
    for old, new in zip(before, model.get_weights(), strict=True):
        np.testing.assert_array_equal(old, new)


def test_the_seed_chooses_the_plane():
    model = trained()
    first, again, other = (
        loss_on_a_plane(model, X, Y, losses.log_loss, seed)(0.5, -0.5)
        for seed in (1, 1, 2)
    )
    assert first == again != other


def test_a_rescaled_net_has_the_same_picture():
    """ReLU(2 z) / 2 = ReLU(z): the same function, so the same landscape."""
    model, scaled = trained(), trained()
    w, b, v, c = model.get_weights()
    scaled.set_weights([2 * w, 2 * b, v / 2, c])
    for place in ((0.3, 0.1), (-1, 1)):
        values = [
            loss_on_a_plane(m, X, Y, losses.log_loss)(*place) for m in (model, scaled)
        ]
        assert values[0] == pytest.approx(values[1], rel=1e-4)


def test_batch_normalisation_runs_as_at_test_time():
    model = keras.Sequential([keras.Input((3,)), BatchNormalization(), trained()])
    loss = loss_on_a_plane(model, X, Y, losses.log_loss)
    assert loss(0, 0) == pytest.approx(mean_loss(model), rel=1e-5)


def test_a_model_without_weights_is_an_error():
    with pytest.raises(ValueError, match="with none. Build it first"):
        loss_on_a_plane(MLP((4,), 2), X, Y, losses.log_loss)
