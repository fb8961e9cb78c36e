"""What holds for every change of images."""

from functools import partial

import numpy as np
import pytest

from kerasdl import augmentation

CHANGES = [
    augmentation.flip,
    augmentation.rotate,
    augmentation.crop,
    augmentation.shift_colours,
    augmentation.change_contrast,
    augmentation.fancy_pca,
    augmentation.add_noise,
    augmentation.erase,
    augmentation.enhance_edges,
]
NOTHING = [
    partial(augmentation.rotate, degrees=0),
    partial(augmentation.crop, margin=0),
    partial(augmentation.shift_colours, amount=0),
    partial(augmentation.change_contrast, amount=0),
    partial(augmentation.fancy_pca, stddev=0),
    partial(augmentation.add_noise, stddev=0),
    partial(augmentation.erase, share=0),
    partial(augmentation.enhance_edges, amount=0),
]
each = pytest.mark.parametrize("change", CHANGES)


def images(*shape):
    return np.random.default_rng(0).random(shape or (6, 7, 8, 3)).astype("float32")


def rng(seed=1):
    return np.random.default_rng(seed)


@each
@pytest.mark.parametrize("channels", [1, 3])
def test_shape_range_and_kind(change, channels):
    x = images(20, 7, 8, channels)
    before = x.copy()
    received = change(x, rng())
    assert received.shape == x.shape and received.dtype == np.float32
    assert received.min() >= 0 and received.max() <= 1
    np.testing.assert_array_equal(x, before)
    assert not np.array_equal(received, x)


@each
def test_the_generator_decides(change):
    one, other = change(images(), rng()), change(images(), rng())
    np.testing.assert_array_equal(one, other)
    assert not np.array_equal(one, change(images(), rng(3)))


@each
def test_each_image_changes_in_its_own_way(change):
    same = np.repeat(images(1, 7, 8, 3), 12, axis=0)
    assert len(np.unique(change(same, rng()), axis=0)) > 1


@pytest.mark.parametrize("change", NOTHING)
def test_amount_0_changes_nothing(change):
    np.testing.assert_allclose(change(images(), rng()), images(), atol=1e-6)


@each
@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (np.zeros((3, 8, 8)), r"\(3, 8, 8\)"),
        (np.full((1, 2, 2, 1), 255), "255"),
        (np.zeros((0, 2, 2, 1)), r"\(0, 2, 2, 1\)"),
        (np.full((1, 2, 2, 1), -0.5), "-0.5"),
    ],
)
def test_wrong_images(change, wrong, words):
    with pytest.raises(ValueError, match=rf"values in \[0, 1\].*{words}"):
        change(wrong, rng())
