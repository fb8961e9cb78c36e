"""Comparisons accept what is right in any form, and never say the right value."""

import numpy as np
import pytest

from autograder.checks import compare, finite_differences


@pytest.mark.parametrize(
    ("actual", "expected"),
    [
        (np.float32([1, 2]), np.array([1.0, 2.0])),
        ([1, 2], np.array([1.0, 2.0])),
        (np.array([1, 2], dtype="int64"), np.array([1.0, 2.0])),
        (3, 3.0),
        (np.array([3.0]), 3.0),
        ([np.ones((2, 3)), np.zeros(4)], (np.ones((2, 3)), np.zeros(4))),
        (np.ones((2, 3)), [np.ones(3), np.ones(3)]),
        ({"a": 1, "b": [2, 3]}, {"a": 1, "b": (2, 3)}),
        ([1.0, 2.0], (1.0, 2.0)),
        (True, True),
        ("same", "same"),
        (None, None),
    ],
)
def test_right_answers_in_other_clothes(actual, expected):
    assert compare(actual, expected) is None


@pytest.mark.parametrize(
    ("actual", "expected", "words"),
    [
        (np.ones((3, 2)), np.ones((2, 3)), r"has shape \(3, 2\), expected \(2, 3\)"),
        (np.array([1.0, np.nan]), np.ones(2), "1 of 2 values that are infinite"),
        (np.array([1.0, 1.5]), np.ones(2), "differs by up to 0.5 at 1 of 2 places"),
        (None, np.ones(2), "None .*return"),
        ("1, 1", np.ones(2), "is text"),
        ([[1, 2], [3]], np.ones((2, 2)), "is a list, expected numbers"),
        ([np.ones(2)], (np.ones(2), np.ones(2)), "has 1 items, expected 2"),
        ([1, 2], (1, np.ones(2)), "item 2"),
        ({"a": 1}, {"b": 1}, "has no 'b'"),
        (False, True, "another"),
    ],
)
def test_differences_are_named(actual, expected, words):
    import re

    assert re.search(words, compare(actual, expected) or "")


def test_expected_values_are_never_told():
    told = compare(np.full(3, 7.0), np.full(3, 1234.5))
    assert "1234" not in told and "1.2e" in told  # the distance, at two digits


@pytest.mark.parametrize("value", [np.inf, np.nan])
def test_nothing_equals_what_is_not_finite(value):
    for actual in (np.zeros(3), np.full(3, value)):
        assert compare(actual, np.full(3, value)) is not None


def test_tolerance_is_absolute_plus_relative():
    assert compare(1e6 + 50, 1e6, tolerance=1e-4) is None
    assert compare(1e-5, 0.0, tolerance=1e-4) is None
    assert compare(2e-4, 0.0, tolerance=1e-4) is not None


def test_finite_differences_of_a_cubic():
    x = np.array([[1.0, -2.0], [0.5, 3.0]])
    gradient = finite_differences(lambda x: np.sum(x**3), x)
    assert np.allclose(gradient, 3 * x**2, atol=1e-6)
