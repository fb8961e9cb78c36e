"""One seed makes everything repeat; NumPy-drawn weights are known to the last bit."""

import random

import keras
import numpy as np
import pytest
from keras.src.utils.rng_utils import get_random_seed

from kerasdl import GlorotUniform, seed

pytestmark = pytest.mark.backend


def numpy(value):
    return keras.ops.convert_to_numpy(value)


def draws():
    """One draw of everything that `seed` promises to fix."""
    layer = keras.layers.Dense(3)
    layer.build((2, 4))
    dropout = keras.layers.Dropout(0.5)
    return [
        random.random(),
        np.random.rand(),
        numpy(keras.random.normal((3,))),
        numpy(layer.kernel),
        numpy(dropout(np.ones((4, 4), "float32"), training=True)),
        numpy(GlorotUniform()((4, 3))),
        order_of_fit(),
    ]


def order_of_fit():
    """A gradient step per example: the final weight depends on the order."""
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    model.set_weights([np.zeros((1, 1)), np.zeros(1)])
    model.compile(keras.optimizers.SGD(0.3), "mse")
    x = np.linspace(-1, 1, 16, dtype="float32")[:, None]
    model.fit(x, x**2 + x, batch_size=1, shuffle=True, verbose=0)
    return numpy(model.layers[0].kernel)


def test_same_seed_repeats_everything_and_another_does_not():
    runs = []
    for value in (3, 3, 4):
        seed(value)
        runs.append(draws())
    for first, again, other in zip(*runs, strict=True):
        np.testing.assert_array_equal(first, again)
        assert not np.array_equal(first, other)


def test_draws_within_one_seed_differ():
    seed(0)
    assert not np.array_equal(numpy(GlorotUniform()((4, 3))), GlorotUniform()((4, 3)))
    first, second = keras.random.normal((3,)), keras.random.normal((3,))
    assert not np.array_equal(numpy(first), numpy(second))


def test_agrees_with_keras_own_function():
    """`seed` leaves Keras in the state that `keras.utils.set_random_seed` leaves."""
    results = []
    for set_seed in (keras.utils.set_random_seed, seed):
        set_seed(7)
        results.append([random.random(), numpy(keras.random.normal((3,)))])
        results[-1].append(get_random_seed())
    assert results[0][0] == results[1][0]
    np.testing.assert_array_equal(results[0][1], results[1][1])
    assert results[0][2] == results[1][2] == 7


@pytest.mark.parametrize("wrong", [-1, 2**32, 1.5, "0", None, True])
def test_wrong_seed(wrong):
    with pytest.raises(ValueError, match="2\\*\\*32 - 1.*Received"):
        seed(wrong)


@pytest.mark.parametrize("shape, fans", [((30, 20), 50), ((3, 3, 4, 8), 9 * 12)])
def test_glorot_is_its_formula(shape, fans):
    limit = np.sqrt(6 / fans)
    expected = np.random.default_rng(5).uniform(-limit, limit, shape)
    weights = GlorotUniform(5)(shape)
    assert keras.backend.standardize_dtype(weights.dtype) == "float32"
    np.testing.assert_array_equal(numpy(weights), expected.astype("float32"))
    assert np.abs(numpy(weights)).max() > 0.9 * limit


def test_glorot_without_seed_follows_the_library_seed():
    seed(11)
    received = numpy(GlorotUniform()((4, 3)))
    limit = np.sqrt(6 / 7)
    expected = np.random.default_rng(11).uniform(-limit, limit, (4, 3))
    np.testing.assert_array_equal(received, expected.astype("float32"))


def test_glorot_repeats_itself_for_one_seed():
    start = GlorotUniform(1)
    np.testing.assert_array_equal(numpy(start((2, 2))), numpy(start((2, 2))))


def test_glorot_takes_a_type():
    weights = GlorotUniform(1)((2, 2), dtype="float16")
    assert keras.backend.standardize_dtype(weights.dtype) == "float16"


def test_glorot_serialises():
    start = keras.initializers.deserialize(
        keras.initializers.serialize(GlorotUniform(9))
    )
    assert isinstance(start, GlorotUniform)
    np.testing.assert_array_equal(numpy(start((2, 3))), numpy(GlorotUniform(9)((2, 3))))


def test_glorot_of_a_bias_is_an_error():
    with pytest.raises(ValueError, match=r"Received: shape \(3,\)"):
        GlorotUniform(1)((3,))
