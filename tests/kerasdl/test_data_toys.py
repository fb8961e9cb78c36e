"""Toy data: classes in equal shares, on the curves promised, the same for a seed."""

import numpy as np
import pytest

from kerasdl import data

pytestmark = pytest.mark.backend

CLASSES = {
    data.moons: 2,
    data.rings: 2,
    data.spirals: 2,
    data.blobs: 3,
    data.gaussian_ring: 8,
}
POINTS = sorted(CLASSES, key=lambda function: function.__name__)


@pytest.mark.parametrize("function", POINTS)
def test_points(function):
    points, labels = function(101)
    assert points.shape == (101, 2) and points.dtype == np.float32
    assert labels.shape == (101,) and labels.dtype == np.int32
    counts = np.bincount(labels)
    assert len(counts) == CLASSES[function] and np.ptp(counts) <= 1
    assert (np.diff(labels) != 0).sum() > 20  # not sorted by class
    assert np.abs(points).max() < 2.5


@pytest.mark.parametrize("function", [*POINTS, data.tosses, data.smooth_tosses])
def test_the_seed_decides(function):
    one, same, other = (points_of(function(50, seed=seed)) for seed in (1, 1, 2))
    np.testing.assert_array_equal(one, same)
    assert not np.array_equal(one, other)


def points_of(made):
    return made[0] if isinstance(made, tuple) else made


@pytest.mark.parametrize("function", POINTS)
def test_wrong_points(function):
    with pytest.raises(ValueError, match="at least 1 as n. Received: n=0"):
        function(0)
    with pytest.raises(ValueError, match="noise=-1"):
        function(10, noise=-1)
    if function is not data.moons:
        with pytest.raises(ValueError, match="at least 1"):
            function(10, 0)


def test_moons_lie_on_half_circles():
    points, labels = data.moons(200, noise=0)
    centres = np.array([[0, 0], [1, 0.5]])[labels]
    np.testing.assert_allclose(np.linalg.norm(points - centres, axis=1), 1, atol=1e-5)
    side = np.sign(points[:, 1] - centres[:, 1])
    np.testing.assert_array_equal(side, 1 - 2 * labels)


def test_rings_and_spirals_keep_classes_apart():
    points, labels = data.rings(300, classes=3, noise=0)
    radii = np.linalg.norm(points, axis=1)
    np.testing.assert_allclose(radii, (labels + 1) / 3, atol=1e-5)
    points, labels = data.spirals(400, noise=0)
    turned = np.where(labels[:, None] == 0, points, -points)  # half a turn
    radii = np.linalg.norm(turned, axis=1)
    angles = np.arctan2(turned[:, 1], turned[:, 0]) % (2 * np.pi)
    np.testing.assert_allclose(radii, 0.1 + 0.9 * angles / (2 * np.pi), atol=1e-4)


def test_gaussian_ring_has_its_modes_centres_and_noise():
    points, modes = data.gaussian_ring(8000, radius=2, noise=0.1)
    for mode in range(8):
        members = points[modes == mode]
        angle = 2 * np.pi * mode / 8
        centre = 2 * np.array([np.cos(angle), np.sin(angle)])
        np.testing.assert_allclose(members.mean(axis=0), centre, atol=0.02)
        np.testing.assert_allclose(members.std(axis=0), 0.1, atol=0.01)


def test_blobs_scatter_around_one_centre_each():
    points, labels = data.blobs(3000, noise=0.2)
    for label in range(3):
        members = points[labels == label]
        np.testing.assert_allclose(members.std(axis=0), 0.2, atol=0.02)
        assert np.abs(members.mean(axis=0)).max() < 1.05


def test_tosses():
    coins = data.tosses(10_000, heads=0.3)
    assert coins.shape == (10_000, 1) and coins.dtype == np.float32
    assert set(coins.ravel()) == {0, 1}
    assert abs(coins.mean() - 0.3) < 0.02
    assert data.tosses(100, heads=0).max() == 0 and data.tosses(100, heads=1).min() == 1
    with pytest.raises(ValueError, match="heads=1.5"):
        data.tosses(10, heads=1.5)


def test_smooth_tosses():
    coins = data.smooth_tosses(10_000, heads=0.3)
    assert coins.shape == (10_000, 1) and coins.dtype == np.float32
    assert abs((coins > 0).mean() - 0.3) < 0.02
    np.testing.assert_allclose(np.abs(coins), 0.75, atol=0.3)
    np.testing.assert_allclose((np.abs(coins) - 0.75).std(), 0.05, atol=0.003)
    np.testing.assert_array_equal(coins > 0, data.tosses(10_000, heads=0.3) == 1)


def test_square_wave():
    x, y = data.square_wave()
    assert x.shape == y.shape == (50, 1) and x.dtype == y.dtype == np.float32
    assert x.min() == -1 and x.max() == 1
    assert 1 < np.abs(y).max() < 1.3
    x, whole = data.square_wave(41, terms=None)
    np.testing.assert_array_equal(whole[x == 0.25], 1)
    np.testing.assert_array_equal(whole[x == 0.75], -1)
    np.testing.assert_array_equal(whole[x == -0.25], -1)
    np.testing.assert_array_equal(whole[np.isin(x, [-1, -0.5, 0, 0.5, 1])], 0)
    many = data.square_wave(41, terms=2000)[1]
    np.testing.assert_allclose(many, whole, atol=0.01)


def test_sine_product():
    x, y = data.sine_product()
    assert x.shape == y.shape == (100, 1) and y.dtype == np.float32
    np.testing.assert_allclose(y, np.sin(x) * np.sin(4 * x), atol=1e-5)
    assert x[0] == 0 and np.isclose(x[-1], 2 * np.pi)


def test_carbon_dioxide_rises_and_swings_once_a_year():
    t, amount = data.carbon_dioxide(noise=0)
    assert t.shape == amount.shape == (480, 1) and amount.dtype == np.float32
    yearly = amount.reshape(40, 12)
    assert (np.diff(yearly.mean(axis=1)) > 0.5).all()
    assert (np.ptp(yearly, axis=1) > 4).all()
    noisy = data.carbon_dioxide(seed=3)[1]
    np.testing.assert_allclose((noisy - amount).std(), 0.3, atol=0.04)
    np.testing.assert_array_equal(noisy, data.carbon_dioxide(seed=3)[1])


@pytest.mark.parametrize(
    "call",
    [
        lambda: data.square_wave(1),
        lambda: data.square_wave(terms=0),
        lambda: data.sine_product(1),
        lambda: data.carbon_dioxide(0),
        lambda: data.carbon_dioxide(noise=-1),
        lambda: data.shapes(0),
        lambda: data.shapes(1, size=15),
        lambda: data.bit_strings(1, 0),
        lambda: data.xor_strings(1, 2),
        lambda: data.moons(2.5),
        lambda: data.moons(True),
    ],
)
def test_wrong_arguments(call):
    with pytest.raises(ValueError, match="needs .* Received: "):
        call()


def test_shapes():
    images, labels, masks = data.shapes(40)
    assert images.shape == (40, 16, 16, 1) and images.dtype == np.float32
    assert images.min() >= 0 and images.max() <= 1
    assert masks.shape == (40, 16, 16) and masks.dtype == labels.dtype == np.int32
    np.testing.assert_array_equal(np.bincount(labels), [10, 10, 10, 10])
    for label, mask in zip(labels, masks, strict=True):
        assert set(np.unique(mask)) == {0, label + 1}
    bright = images[..., 0][masks > 0].mean() - images[..., 0][masks == 0].mean()
    assert bright > 0.8


@pytest.mark.parametrize("size", [16, 28, 33])
def test_shapes_are_what_they_are_called_and_fit(size):
    images, labels, masks = data.shapes(200, size=size, noise=0)
    np.testing.assert_array_equal(images[..., 0] > 0, masks > 0)
    for label, mask in zip(labels, masks > 0, strict=True):
        rows, columns = (
            np.flatnonzero(mask.any(axis=1)),
            np.flatnonzero(mask.any(axis=0)),
        )
        height, width = np.ptp(rows) + 1, np.ptp(columns) + 1
        box = mask[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
        assert size / 4 <= width <= size / 2 and width % 2 == 1
        name = data.SHAPES[label]
        assert height == width or name == "minus"
        share = box.mean()
        if name == "square" or name == "minus":
            assert share == 1 and (height == width) == (name == "square")
        if name == "disc":
            assert 0.6 < share < 0.9 and not box[0, 0] and box[:, width // 2].all()
        if name == "plus":
            assert share < 0.65 and box[height // 2].all() and box[:, width // 2].all()


def test_bit_strings():
    bits = data.bit_strings(500, 40)
    assert bits.shape == (500, 40) and bits.dtype == np.int32
    assert set(bits.ravel()) == {0, 1} and abs(bits.mean() - 0.5) < 0.02


def test_xor_strings():
    bits = data.xor_strings(100, 12)
    np.testing.assert_array_equal(bits[:, 2:], bits[:, 1:-1] ^ bits[:, :-2])
    assert len({tuple(row[:2]) for row in bits}) == 4


def test_state_strings_follow_their_probabilities():
    table = np.array([[0.1, 0.9, 0], [0, 0.5, 0.5], [1, 0, 0]])
    strings = data.state_strings(400, 50, table)
    assert strings.shape == (400, 50) and strings.dtype == np.int32
    counts = np.zeros((3, 3))
    np.add.at(counts, (strings[:, :-1], strings[:, 1:]), 1)
    shares = counts / counts.sum(axis=1, keepdims=True)
    np.testing.assert_allclose(shares, table, atol=0.03)
    assert (shares[table == 0] == 0).all()
    assert set(strings[:, 0]) == {0, 1, 2}


@pytest.mark.parametrize(
    "table", [[[0.5, 0.6], [1, 0]], [[1, 0]], [[-1, 2], [1, 0]], []]
)
def test_wrong_transitions(table):
    with pytest.raises(ValueError, match="rows sum to 1. Received"):
        data.state_strings(1, 2, table)


def test_windows():
    inputs, targets = data.windows([1, 1, 0, 1], 2)
    assert inputs.tolist() == [[1, 1], [1, 0]]
    assert targets.tolist() == [[1, 0], [0, 1]]
    assert inputs.dtype == targets.dtype == np.int32
    inputs[:] = 7  # the caller's own
    assert targets.tolist() == [[1, 0], [0, 1]]
    assert len(data.windows(np.arange(15), 3)[1]) == 12
    for string, context in (([1, 0], 2), ([[1, 0, 1]], 1)):
        with pytest.raises(ValueError, match="longer than the context"):
            data.windows(string, context)
