"""Depth folds the line; a fold makes XOR easy; chords tell convex from not."""

import keras
import numpy as np
import pytest

from kerasdl import data
from kerasdl.convexity import largest_bulge
from kerasdl.folding import fold, folding_net, straight_pieces

pytestmark = pytest.mark.backend


def saw(depth):
    net = folding_net(depth)

    def function(x):
        inputs = x.astype("float32")[:, None]
        return keras.ops.convert_to_numpy(net(inputs))[:, 0]

    return function


@pytest.mark.parametrize("depth", [1, 2, 3, 6])
def test_each_layer_doubles_the_pieces(depth):
    net = folding_net(depth)
    assert net.count_params() == 6 * depth + 1
    assert straight_pieces(saw(depth)) == 2**depth


def test_the_saw_tooth_runs_between_0_and_1():
    places = np.arange(9) / 8
    np.testing.assert_allclose(saw(3)(places), [0, 1, 0, 1, 0, 1, 0, 1, 0], atol=1e-6)


def test_pieces_of_known_functions():
    assert straight_pieces(lambda x: 3 * x + 1) == 1
    assert straight_pieces(lambda x: np.abs(x - 0.5)) == 2
    assert straight_pieces(np.zeros_like) == 1


def test_one_cut_parts_xor_after_a_fold():
    points, targets = data.xor()
    folded = fold(points, [1, 1])
    side = folded.sum(axis=1) - 1 > 0
    np.testing.assert_array_equal(side, targets.ravel() < 0)


def test_fold_mirrors_one_side():
    points = np.array([[3.0, 1.0], [-2.0, 5.0]])
    np.testing.assert_allclose(fold(points, [2, 0], offset=2), [[3, 1], [4, 5]])
    again = fold(fold(points, [1, 2], 0.5), [1, 2], 0.5)
    np.testing.assert_allclose(again, fold(points, [1, 2], 0.5), atol=1e-12)


def test_fold_errors():
    for points, normal in (((4, 2), [0, 0]), ((4, 2), [1]), ((4,), [1, 1])):
        with pytest.raises(ValueError, match="fold needs .* Received"):
            fold(np.zeros(points), normal)
    with pytest.raises(ValueError, match="Received: depth=0"):
        folding_net(0)


@pytest.mark.parametrize("function", [np.square, np.abs, np.exp, lambda x: -x])
def test_convex_functions_stay_below_their_chords(function):
    assert largest_bulge(function, -2, 2) < 1e-9


def test_the_lectures_combinations_are_not_convex():
    """-x - x^2 and -(x^2): highest above the longest chord, in its middle."""
    assert largest_bulge(lambda x: -x - x**2, -1, 1) == pytest.approx(1)
    assert largest_bulge(lambda x: -(x**2), -1, 1) == pytest.approx(1)


def test_a_bulge_away_from_the_ends_is_found():
    assert largest_bulge(lambda x: np.where(np.abs(x) < 0.05, 0.1, x**2), -1, 1) > 0.05


def test_convexity_errors():
    with pytest.raises(ValueError, match=r"Received: low=1, high=0, points=101"):
        largest_bulge(np.square, 1, 0)
    with pytest.raises(ValueError, match="points=2"):
        largest_bulge(np.square, 0, 1, points=2)
