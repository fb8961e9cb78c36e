"""Changed batches: reproducible, new in every epoch, the same inside `fit`."""

import keras
import numpy as np
import pytest

from kerasdl.augmentation import Augmented, Mixed, add_noise, flip
from kerasdl.data import Batches

pytestmark = pytest.mark.backend

IMAGES = np.random.default_rng(0).random((40, 4, 4, 1)).astype("float32")
TARGETS = np.eye(2, dtype="float32")[np.arange(40) % 2]


def augmented(seed=5):
    batches = Batches(IMAGES, TARGETS, batch_size=8, seed=1)
    return Augmented(batches, [flip, add_noise], seed)


def epochs(dataset, count=2):
    return [[x for x, _ in dataset] for _ in range(count)]


def test_same_seed_same_images_and_other_ones_each_epoch():
    first, again, other = (epochs(augmented(seed)) for seed in (5, 5, 6))
    np.testing.assert_array_equal(np.concatenate(first), np.concatenate(again))
    assert not np.array_equal(first[0], other[0])
    assert not np.array_equal(first[0], first[1])


def test_functions_work_in_turn_and_targets_stay():
    plain = Batches(IMAGES, TARGETS, batch_size=8, seed=1)
    add, double = lambda x, rng: x + 1, lambda x, rng: 2 * x
    changed = Augmented(plain, [add, double])
    same = Batches(IMAGES, TARGETS, batch_size=8, seed=1)
    for (x, y), (new_x, new_y) in zip(same, changed, strict=True):
        np.testing.assert_array_equal(new_x, 2 * (x + 1))
        np.testing.assert_array_equal(new_y, y)


def test_batches_without_targets():
    plain = Batches(IMAGES, None, batch_size=8, seed=1)
    for images in Augmented(plain, [flip]):
        assert images.shape == (8, 4, 4, 1)


def test_looking_at_batches_before_an_epoch_changes_nothing():
    looked, expected = augmented(), epochs(augmented())
    looked[0], looked[3]
    np.testing.assert_array_equal(
        np.concatenate(epochs(looked)), np.concatenate(expected)
    )


@keras.saving.register_keras_serializable("tests")
class Sum(keras.Model):
    """Its loss is the sum of a batch, so that its history tells what it saw."""

    def __init__(self):
        super().__init__()
        self.weight = self.add_weight(shape=(), initializer="zeros")

    def call(self, x):
        return x + 0 * self.weight

    def compute_loss(
        self, x=None, y=None, y_pred=None, sample_weight=None, training=True
    ):
        return keras.ops.sum(y_pred)


def test_fit_sees_the_same_images():
    model = Sum()
    model.compile("sgd")
    history = model.fit(augmented(), epochs=3, verbose=0).history["loss"]
    expected = [np.mean([x.sum() for x in epoch]) for epoch in epochs(augmented(), 3)]
    np.testing.assert_allclose(history, expected, rtol=1e-5)


def test_mixed_batches():
    dataset = Mixed(augmented(), alpha=1.0, seed=3)
    for x, y in dataset:
        assert x.shape == (8, 4, 4, 1)
        np.testing.assert_allclose(y.sum(axis=1), 1, rtol=1e-5)
    assert len(dataset) == 5


def test_not_batches():
    with pytest.raises(ValueError, match="Received: ndarray"):
        Augmented(IMAGES, [flip])
