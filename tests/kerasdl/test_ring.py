"""The ring of eight Gaussians and how its coverage is measured."""

import numpy as np
import pytest

from kerasdl import data, ring

pytestmark = pytest.mark.backend


def test_points_lie_around_the_centres_in_equal_numbers():
    points, modes = data.gaussian_ring(8000, seed=0)
    assert points.shape == (8000, 2) and points.dtype == "float32"
    assert np.bincount(modes).tolist() == [1000] * 8
    for mode, centre in enumerate(ring.centres()):
        near = points[modes == mode]
        np.testing.assert_allclose(near.mean(axis=0), centre, atol=0.01)
        np.testing.assert_allclose(near.std(axis=0), 0.08, rtol=0.1)


def test_centres_are_on_a_circle():
    np.testing.assert_allclose(np.linalg.norm(ring.centres(), axis=1), 0.75)
    np.testing.assert_allclose(
        ring.centres()[[0, 2]], [[0.75, 0], [0, 0.75]], atol=1e-9
    )


def test_coverage_of_the_points_themselves_is_nearly_one():
    assert ring.coverage(data.gaussian_ring(8000, seed=1)[0]) > 0.97


def test_coverage_sees_forgotten_and_missed_modes():
    points, modes = data.gaussian_ring(8000, seed=1)
    assert ring.coverage(points[modes != 3]) == 0
    half = points.copy()
    half[(modes == 3) & (np.arange(8000) % 16 < 8)] = 0  # half of mode 3 in the middle
    assert ring.coverage(half) == pytest.approx(0.5, abs=0.02)
    blob = np.random.default_rng(0).normal(0, 0.5, (8000, 2))
    assert ring.coverage(blob) < 0.5
