"""Flips, rotations and crops."""

import numpy as np
import pytest

from kerasdl.augmentation.geometry import crop, flip, rotate


class Fixed:
    """A generator whose uniform numbers are the highest possible."""

    def uniform(self, low, high, shape):
        return np.full(shape, high)


def test_flip_mirrors_about_half():
    x = np.random.default_rng(0).random((400, 3, 4, 1)).astype("float32")
    received = flip(x, np.random.default_rng(1))
    mirrored = [np.array_equal(a, b[:, ::-1]) for a, b in zip(received, x, strict=True)]
    kept = [np.array_equal(a, b) for a, b in zip(received, x, strict=True)]
    assert sum(mirrored) + sum(kept) == 400
    assert 150 < sum(mirrored) < 250


def test_quarter_turn():
    x = np.random.default_rng(0).random((2, 5, 5, 3)).astype("float32")
    received = rotate(x, Fixed(), degrees=90)
    turned = [np.rot90(x, sign, axes=(1, 2)) for sign in (1, -1)]
    assert any(np.allclose(received, expected, atol=1e-5) for expected in turned)


def test_turning_there_and_back_blurs_only():
    rows, columns = np.mgrid[-7:8, -7:8]
    x = np.exp(-(rows**2) / 18 - columns**2 / 4)[None, ..., None]
    there = rotate(x, Fixed(), degrees=30)
    back = rotate(there, Fixed(), degrees=-30)
    assert np.abs(there - x).mean() > 3 * np.abs(back - x).mean()
    np.testing.assert_allclose(there.sum(), x.sum(), rtol=0.05)


def test_crops_are_shifts_with_zeros():
    x = np.random.default_rng(0).random((50, 4, 5, 2)).astype("float32")
    received = crop(x, np.random.default_rng(1), margin=1)
    padded = np.pad(x, ((0, 0), (1, 1), (1, 1), (0, 0)))
    seen = set()
    for image, wide in zip(received, padded, strict=True):
        places = [
            (i, j)
            for i in range(3)
            for j in range(3)
            if np.array_equal(image, wide[i : i + 4, j : j + 5])
        ]
        seen.update(places)
        assert len(places) == 1
    assert len(seen) == 9


def test_negative_margin():
    with pytest.raises(ValueError, match="Received: margin=-1"):
        crop(np.zeros((1, 2, 2, 1)), np.random.default_rng(0), margin=-1)
