"""Noise, lost parts and sharper edges."""

import numpy as np

from kerasdl.augmentation.details import add_noise, enhance_edges, erase


def test_noise_has_the_deviation():
    x = np.full((50, 8, 8, 1), 0.5)
    moved = add_noise(x, np.random.default_rng(0), 0.05) - x
    assert abs(moved.mean()) < 0.005
    np.testing.assert_allclose(moved.std(), 0.05, rtol=0.05)


def test_erased_is_one_rectangle_of_the_share():
    lost = erase(np.ones((200, 8, 12, 3)), np.random.default_rng(0), 0.5) == 0
    assert np.all(lost.sum(axis=(1, 2, 3)) == 4 * 6 * 3)
    rows, columns = lost.any(axis=(2, 3)), lost.any(axis=(1, 3))
    assert np.all(rows.sum(axis=1) == 4) and np.all(columns.sum(axis=1) == 6)
    assert rows.any(axis=0).all() and columns.any(axis=0).all()


def test_edges_rise_and_flat_parts_stay():
    x = np.full((1, 6, 8, 1), 0.4)
    x[:, :, 4:] = 0.6
    received = enhance_edges(x, np.random.default_rng(0), 1.0)[0, 2, :, 0]
    np.testing.assert_allclose(received[[0, 1, 6, 7]], [0.4, 0.4, 0.6, 0.6], atol=1e-6)
    step = received[4] - received[3]
    assert 0.2 < step < 0.35
