"""Scores from class probabilities: extremes, a slow loop, a paper's slip."""

import math

import numpy as np
import pytest

from kerasdl.metrics import inception_score, mode_score

pytestmark = pytest.mark.backend


@pytest.fixture
def probabilities():
    return np.random.default_rng(0).dirichlet(np.ones(4), size=30)


def slow_divergence(p, q):
    return sum(a * math.log(a / b) for a, b in zip(p, q, strict=True) if a > 0)


def test_extremes():
    sure = np.eye(5)[np.arange(20) % 5]
    assert inception_score(sure) == pytest.approx(5)
    assert inception_score(sure[:1].repeat(20, axis=0)) == pytest.approx(1)
    assert inception_score(np.full((20, 5), 0.2)) == pytest.approx(1)
    two = np.eye(5)[np.arange(20) % 2]
    assert inception_score(two) == pytest.approx(2)


def test_is_the_loop(probabilities):
    mean = [sum(column) / 30 for column in probabilities.T]
    divergences = [slow_divergence(row, mean) for row in probabilities]
    expected = math.exp(sum(divergences) / 30)
    assert inception_score(probabilities) == pytest.approx(expected)


def test_mode_score_falls_with_the_departure_from_the_reference(probabilities):
    mean = probabilities.mean(axis=0)
    score = inception_score(probabilities)
    assert mode_score(probabilities, mean) == pytest.approx(score)
    other = np.array([0.7, 0.1, 0.1, 0.1])
    expected = score * math.exp(-slow_divergence(mean, other))
    assert mode_score(probabilities, other) == pytest.approx(expected)


def test_a_dropped_class_costs_and_an_impossible_one_costs_all():
    even, lacking = np.eye(4)[np.arange(12) % 4], np.eye(4)[np.arange(12) % 3]
    reference = np.full(4, 0.25)
    assert mode_score(even, reference) == pytest.approx(4)
    assert mode_score(lacking, reference) == pytest.approx(3 * 3 / 4)
    assert mode_score(even, [0.5, 0.5, 0, 0]) == 0


def test_the_printed_mode_score_is_the_inception_score(probabilities):
    mean, reference = probabilities.mean(axis=0), np.array([0.7, 0.1, 0.1, 0.1])
    first = np.mean([slow_divergence(row, reference) for row in probabilities])
    printed = math.exp(first - slow_divergence(mean, reference))
    assert printed == pytest.approx(inception_score(probabilities))


def test_errors():
    with pytest.raises(ValueError, match="sum to 1.*softmax"):
        inception_score(np.array([[2.0, -1.0], [0.5, 0.5]]))
    with pytest.raises(ValueError, match=r"\(n, dim\).*\(2,\)"):
        inception_score(np.array([0.5, 0.5]))
    with pytest.raises(ValueError, match="3 frequencies, 2 classes.*bincount"):
        mode_score(np.full((4, 2), 0.5), np.full(3, 1 / 3))
