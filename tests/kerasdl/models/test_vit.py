"""ViT, Mixer and GMLP: parameters, order, attention maps, learning."""

import keras
import numpy as np
import pytest
from keras import ops

import kerasdl
from kerasdl import data
from kerasdl.models.gmlp import GMLP
from kerasdl.models.mixer import Mixer
from kerasdl.models.vit import ViT

pytestmark = pytest.mark.backend


def numpy(value):
    return ops.convert_to_numpy(value)


def draw(*shape, seed=0):
    return np.random.default_rng(seed).normal(size=shape).astype("float32")


def swapped(images):
    """The patches of 2 x 2 in the first two rows of an image change places."""
    return np.concatenate([images[:, :2, 2:4], images[:, :2, :2]], axis=2)


@pytest.mark.parametrize("pool", ["class", "mean"])
@pytest.mark.parametrize("positions", ["learned", "sinusoidal"])
def test_every_kind_of_vit_has_its_parameters(pool, positions):
    model = ViT(2, 8, 3, 2, 12, 5, pool=pool, positions=positions)
    images = draw(2, 4, 4, 3)
    assert model(images).shape == (2, 5)
    tokens = 4 + (pool == "class")
    block = 4 * 8 * 9 + 2 * 8 * 12 + 12 + 8 + 4 * 8
    expected = (4 * 3 * 8 + 8) + 3 * block + 2 * 8 + 9 * 5
    expected += 8 * (pool == "class") + 8 * tokens * (positions == "learned")
    assert model.count_params() == expected


def test_without_positions_the_order_of_patches_does_not_matter():
    images = draw(2, 2, 4, 1)
    kerasdl.seed(0)
    model = ViT(2, 8, 2, 2, 12, 3)
    assert np.abs(numpy(model(images)) - numpy(model(swapped(images)))).max() > 1e-4
    model.place.positions.assign(np.zeros((3, 8)))
    np.testing.assert_allclose(
        numpy(model(images)), numpy(model(swapped(images))), atol=1e-5
    )


@pytest.mark.parametrize("model", [Mixer(2, 8, 2, 6, 12, 3), GMLP(2, 8, 2, 12, 3)])
def test_without_attention_the_order_matters(model):
    images = draw(2, 2, 4, 1)
    for variable in model.trainable_variables:
        variable.assign(draw(*variable.shape))
    model(images)
    assert np.abs(numpy(model(images)) - numpy(model(swapped(images)))).max() > 1e-4


def test_attention_maps_are_those_of_the_call():
    images = draw(2, 4, 4, 1)
    model = ViT(2, 8, 3, 2, 12, 5)
    maps = numpy(model.attention_maps(images))
    assert maps.shape == (2, 3, 2, 5, 5)
    np.testing.assert_allclose(maps.sum(axis=-1), 1, atol=1e-6)
    tokens = model.place(model.class_token(model.embed(images)))
    _, first = model.blocks[0](tokens, return_weights=True)
    np.testing.assert_allclose(maps[:, 0], numpy(first), atol=1e-6)


@pytest.mark.parametrize(
    "make", [lambda: Mixer(4, 8, 1, 6, 12, 10), lambda: GMLP(4, 8, 1, 16, 10)]
)
def test_learns_a_few_digits(make):
    images, labels = data.load()
    kerasdl.seed(0)
    model = make()
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(0.02), loss, metrics=["accuracy"])
    history = model.fit(
        data.Batches(images[:256], labels[:256], 64, seed=0), epochs=8, verbose=0
    )
    assert history.history["accuracy"][-1] > 0.6


def test_errors():
    with pytest.raises(ValueError, match="patch=3, images of 4 x 4"):
        ViT(3, 8, 1, 2, 12, 5)(draw(1, 4, 4, 1))
    with pytest.raises(ValueError, match="pool.*'class', 'mean'.*'max'"):
        ViT(2, 8, 1, 2, 12, 5, pool="max")
    with pytest.raises(ValueError, match="positions.*'rotary'"):
        ViT(2, 8, 1, 2, 12, 5, positions="rotary")
    with pytest.raises(ValueError, match="divides dim"):
        ViT(2, 8, 1, 3, 12, 5)
    with pytest.raises(ValueError, match="Mixer.*depth=0"):
        Mixer(2, 8, 0, 6, 12, 3)
    with pytest.raises(ValueError, match="even number of units"):
        GMLP(2, 8, 1, 13, 3)(draw(1, 4, 4, 1))
