"""Random numbers: even, normal and independent as they claim, the same everywhere."""

import keras
import numpy as np
import pytest
from keras import ops
from scipy import stats

import kerasdl
from kerasdl import jit, random

pytestmark = pytest.mark.backend


def numpy(value):
    return keras.ops.convert_to_numpy(value)


def mixed(x):
    """The documented hash, in Python's integers."""
    x ^= x >> 16
    x = x * 0x21F0AAAD % 2**32
    x ^= x >> 15
    x = x * 0xD35A2D97 % 2**32
    return x ^ x >> 15


def test_numbers_are_those_of_the_hash_on_every_backend():
    generator = random.generator(7)
    received = [int(random.key(generator)) % 2**32 for _ in range(2)]
    golden = 0x9E3779B9
    expected = [mixed(mixed(7) ^ (count * golden % 2**32)) for count in range(2)]
    assert received == expected
    draws = [mixed((i * golden % 2**32) ^ expected[0]) >> 9 for i in range(6)]
    uniform = numpy(random.uniform((2, 3), received[0] - 2**32 * (received[0] >> 31)))
    np.testing.assert_array_equal(
        uniform.ravel(), (2 * np.array(draws) + 1).astype("float32") / 2**24
    )


def test_uniform_is_even_and_open():
    draws = numpy(random.uniform((200, 500), 5)).ravel()
    assert stats.kstest(draws, "uniform").pvalue > 1e-3
    assert 0 < draws.min() and draws.max() < 1
    draws = numpy(random.uniform((1000,), 6, low=-3, high=-1))
    assert -3 < draws.min() < -2.9 and -1.1 < draws.max() < -1


@pytest.mark.parametrize("shape", [(100000,), (99999,), (1,)])
def test_normal_is_normal(shape):
    draws = numpy(random.normal(shape, 8))
    assert draws.shape == shape and draws.dtype == np.float32
    if shape[0] > 1:
        assert stats.kstest(draws, "norm").pvalue > 1e-3


def test_neighbours_and_keys_are_independent():
    draws = np.stack(
        [numpy(random.normal((4000,), random.fold_in(3, s))) for s in range(8)]
    )
    neighbours = [
        np.corrcoef(row[:-lag], row[lag:])[0, 1] for row in draws for lag in (1, 2)
    ]
    assert np.abs(neighbours).max() < 0.08
    assert np.abs(np.corrcoef(draws) - np.eye(8)).max() < 0.08


def test_bernoulli_takes_tensors_of_probabilities():
    probability = ops.convert_to_tensor(np.array([0.1, 0.9], "float32"))
    draws = numpy(random.bernoulli((20000, 2), probability, 4))
    assert set(np.unique(draws)) == {0, 1}
    np.testing.assert_allclose(draws.mean(axis=0), [0.1, 0.9], atol=0.01)


def test_integers_cover_their_range_evenly():
    draws = numpy(random.integers((30000,), 10, 2))
    assert draws.dtype == np.int32
    assert stats.chisquare(np.bincount(draws, minlength=10)).pvalue > 1e-3


def test_permutation_holds_every_number_once():
    first, second = (numpy(random.permutation(50, key)) for key in (1, 2))
    assert sorted(first) == sorted(second) == list(range(50))
    assert (first != second).any()


class Noisy(keras.layers.Layer):
    def __init__(self):
        super().__init__()
        self.seeds = random.generator()

    def call(self, x):
        return x + random.normal(ops.shape(x), random.key(self.seeds))


def test_a_layer_draws_anew_at_every_call_also_when_compiled():
    kerasdl.seed(0)
    model = keras.Sequential([keras.Input((3,)), Noisy()])
    x = np.zeros((5, 3), "float32")
    first, second = model.predict(x, verbose=0), model.predict(x, verbose=0)
    assert (first != second).all()
    kerasdl.seed(0)
    model = keras.Sequential([keras.Input((3,)), Noisy()])
    np.testing.assert_array_equal(model.predict(x, verbose=0), first)


@pytest.mark.parametrize("number", [0, 1, 77, -1, 2**31 - 1])
def test_folding_in_a_number_or_a_tensor_is_the_same(number):
    tensor = ops.convert_to_tensor(number, "int32")
    folded = [int(random.fold_in(5, n) + 0 * tensor) for n in (number, tensor)]
    assert folded[0] == folded[1]


def test_in_a_compiled_loop():
    def total(key):
        def add(step, sums):
            return sums + random.uniform((3,), random.fold_in(key, step))

        return ops.fori_loop(0, 10, add, ops.zeros((3,)))

    expected = sum(numpy(random.uniform((3,), random.fold_in(9, s))) for s in range(10))
    received = jit(total)(ops.convert_to_tensor(9, "int32"))
    np.testing.assert_allclose(numpy(received), expected, rtol=1e-5)


@pytest.mark.parametrize("high", [0, 2**15 + 1])
def test_integers_out_of_reach_are_an_error(high):
    with pytest.raises(ValueError, match="from 1 to 32768"):
        random.integers((3,), high, 0)
