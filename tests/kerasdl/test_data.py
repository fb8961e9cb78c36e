"""Splits that never change, and batches in an order that only the seed decides."""

import zlib

import keras
import numpy as np
import pytest

from kerasdl import Batches, data

pytestmark = pytest.mark.backend


def test_digits_shapes_types_and_ranges():
    for split, size in (("train", 1437), ("test", 360)):
        images, labels = data.load("digits", split)
        assert images.shape == (size, 8, 8, 1) and images.dtype == np.float32
        assert labels.shape == (size,) and labels.dtype == np.int32
        assert images.min() == 0 and images.max() == 1
        assert set(labels) == set(range(10))


def test_splits_share_out_the_whole_data_set():
    from sklearn.datasets import load_digits

    whole = load_digits()
    expected = sorted(
        (*pixels, label) for pixels, label in zip(whole.data, whole.target, strict=True)
    )
    received = []
    for split in ("train", "test"):
        images, labels = data.load(split=split)
        rows = images.reshape(len(images), -1) * 16
        received += [(*row, label) for row, label in zip(rows, labels, strict=True)]
    assert sorted(received) == expected


def test_splits_are_stratified_from_the_first_example_on():
    for split in ("train", "test"):
        labels = data.load(split=split)[1]
        for part in (labels, labels[:100]):
            shares = np.bincount(part, minlength=10) / len(part)
            np.testing.assert_allclose(shares, 0.1, atol=0.02)


def test_split_is_fixed_whatever_the_seed():
    import kerasdl

    kerasdl.seed(1)
    first = data.load()[1]
    kerasdl.seed(2)
    np.testing.assert_array_equal(first, data.load()[1])
    # A checksum of all test images in order: a change of the split is a decision.
    assert zlib.crc32((data.load(split="test")[0] * 16).astype("uint8")) == CHECKSUM


CHECKSUM = 3919053536


def test_arrays_are_the_callers_own():
    data.load()[0][:] = 0
    assert data.load()[0].max() == 1


def test_wrong_names():
    with pytest.raises(ValueError, match="'digits'.*'digit'.*Did you mean 'digits'"):
        data.load("digit")
    with pytest.raises(ValueError, match="'train', 'test'.*'tset'.*mean 'test'"):
        data.load(split="tset")


def test_xor():
    points, targets = data.xor()
    assert points.dtype == targets.dtype == np.float32
    assert len({tuple(point) for point in points}) == 4
    for (a, b), (target,) in zip(points, targets, strict=True):
        assert target == (1 if a != b else -1)


X = np.arange(10, dtype="float32")[:, None]


def epoch(batches):
    return [x.ravel().tolist() for x, _ in batches]


def test_batches_cover_every_row_with_its_label():
    batches = Batches(X, 2 * X, batch_size=4, seed=0)
    assert [len(batch) for batch in epoch(batches)] == [4, 4, 2]
    assert sorted(sum(epoch(batches), [])) == X.ravel().tolist()
    for i in range(3):
        x, y = batches[i]
        np.testing.assert_array_equal(y, 2 * x)


def test_batches_order_is_numpys_and_new_every_epoch():
    batches = Batches(X, X, batch_size=10, seed=5)
    generator = np.random.default_rng(5)
    for _ in range(3):
        assert epoch(batches) == [generator.permutation(10).tolist()]


@pytest.mark.parametrize("built", [True, False])
def test_batches_in_fit_give_the_documented_order_on_every_backend(built):
    """The weight after single-example steps in the order that NumPy draws."""
    layers = [keras.layers.Dense(1, use_bias=False, kernel_initializer="zeros")]
    model = keras.Sequential([keras.Input((1,))] * built + layers)
    model.compile(keras.optimizers.SGD(0.01), "mse")
    model.fit(Batches(X / 5, np.sin(X), 1, seed=3), epochs=2, verbose=0)
    generator, w = np.random.default_rng(3), 0.0
    for _ in range(2):
        for row in generator.permutation(10):
            x, y = X[row, 0] / 5, np.sin(X[row, 0])
            w -= 0.01 * 2 * (w * x - y) * x
    np.testing.assert_allclose(model.get_weights()[0], [[w]], rtol=1e-4)


def test_batches_without_targets():
    batches, pairs = Batches(X, None, 4, seed=0), Batches(X, X, 4, seed=0)
    for x, (same, _) in zip(batches, pairs, strict=True):
        np.testing.assert_array_equal(x, same)
    seen = []

    class Model(keras.Model):
        def call(self, x):
            return x

        def compute_loss(self, x, y, y_pred, sample_weight=None, training=True):
            assert y is None
            seen.append(x.shape[1:])
            return keras.ops.mean(y_pred)

    model = Model()
    model.build((None, 1))
    model.compile(keras.optimizers.SGD(0.0))
    model.fit(batches, epochs=2, verbose=0)
    assert seen and set(map(tuple, seen)) == {(1,)}


def test_batches_end():
    assert len(Batches(X, X, 3, seed=0)) == len(epoch(Batches(X, X, 3, seed=0))) == 4
    with pytest.raises(IndexError):
        Batches(X, X, 3, seed=0)[4]


def test_wrong_batches():
    with pytest.raises(ValueError, match="10 rows in x, 3 in y"):
        Batches(X, X[:3], 2, seed=0)
    with pytest.raises(ValueError, match="batch_size=0"):
        Batches(X, X, 0, seed=0)


def test_a_look_at_the_first_batches_is_not_an_epoch():
    batches = Batches(X, X, 3, seed=1)
    expected = epoch(Batches(X, X, 3, seed=1))
    batches[0], batches[1]  # a look outside any epoch
    batches.on_epoch_end()
    batches.on_epoch_begin()
    batches[0]
    batches.on_epoch_end()
    assert epoch(batches) == expected
    assert epoch(batches) != expected
