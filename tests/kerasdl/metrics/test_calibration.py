"""Calibration: tables by hand, overconfident classifiers, temperature."""

import numpy as np
import pytest

from kerasdl.metrics import (
    brier_score,
    expected_calibration_error,
    fit_temperature,
    reliability_table,
)

pytestmark = pytest.mark.backend


def softmax(logits):
    exponentials = np.exp(logits - logits.max(axis=1, keepdims=True))
    return exponentials / exponentials.sum(axis=1, keepdims=True)


def drawn(logits, seed=0):
    """Labels drawn from softmax(logits): these logits are calibrated."""
    random = np.random.default_rng(seed)
    levels = softmax(logits).cumsum(axis=1)
    return (random.uniform(size=(len(logits), 1)) > levels).sum(axis=1)


@pytest.fixture
def logits():
    return 2 * np.random.default_rng(1).normal(size=(20000, 4))


def test_table_by_hand():
    first = np.array([0.95, 0.85, 0.6, 0.55, 0.5])
    probabilities = np.stack([first, 1 - first], axis=1)
    table = reliability_table(probabilities, np.array([0, 1, 0, 1, 0]), bins=5)
    np.testing.assert_allclose(table.edges, [0, 0.2, 0.4, 0.6, 0.8, 1])
    np.testing.assert_array_equal(table.count, [0, 0, 3, 0, 2])
    np.testing.assert_allclose(table.confidence[[2, 4]], [1.65 / 3, 0.9])
    np.testing.assert_allclose(table.accuracy[[2, 4]], [2 / 3, 0.5])
    assert np.isnan(table.accuracy[[0, 1, 3]]).all()
    expected = 3 / 5 * (2 / 3 - 1.65 / 3) + 2 / 5 * (0.9 - 0.5)
    error = expected_calibration_error(probabilities, np.array([0, 1, 0, 1, 0]), 5)
    assert error == pytest.approx(expected)


def test_error_of_calibrated_and_of_overconfident_probabilities(logits):
    labels = drawn(logits)
    assert expected_calibration_error(softmax(logits), labels) < 0.02
    assert expected_calibration_error(softmax(3 * logits), labels) > 0.1
    sure = np.eye(4)[(labels + 1) % 4]
    assert expected_calibration_error(sure, labels) == 1
    assert expected_calibration_error(np.eye(4)[labels], labels) == 0


def test_brier_score():
    labels = np.array([0, 2, 1])
    assert brier_score(np.eye(3)[labels], labels) == 0
    assert brier_score(np.eye(3)[labels - 1], labels) == 2
    assert brier_score(np.full((3, 3), 1 / 3), labels) == pytest.approx(1 - 1 / 3)
    row = np.array([[0.7, 0.2, 0.1]])
    assert brier_score(row, [1]) == pytest.approx(0.49 + 0.64 + 0.01)


def test_brier_score_is_proper(logits):
    labels = drawn(logits)
    scores = [brier_score(softmax(b * logits), labels) for b in (0.5, 1, 2)]
    assert scores[1] == min(scores)


@pytest.mark.parametrize("temperature", [0.3, 1, 4])
def test_temperature_is_found(logits, temperature):
    labels = drawn(logits)
    received = fit_temperature(temperature * logits, labels)
    assert received == pytest.approx(temperature, rel=0.04)


def test_temperature_has_the_least_loss_on_a_fine_grid(logits):
    few, labels = logits[:50], drawn(logits)[:50]

    def loss(temperature):
        p = softmax(few / temperature)
        return -np.log(p[np.arange(50), labels]).mean()

    best = loss(fit_temperature(few, labels))
    assert all(best <= loss(t) + 1e-12 for t in np.geomspace(0.05, 20, 400))


def test_temperature_at_the_ends():
    logits = np.array([[2.0, 0.0], [0.0, 3.0]])
    assert fit_temperature(logits, np.array([0, 1])) == pytest.approx(0.01)
    assert fit_temperature(logits, np.array([1, 0])) == pytest.approx(100)
    assert fit_temperature(1e4 * logits, np.array([0, 1])) == pytest.approx(0.01)


def test_errors():
    p = np.full((3, 2), 0.5)
    with pytest.raises(ValueError, match=r"shape \(3,\).*\(3, 2\).*argmax"):
        brier_score(p, p)
    with pytest.raises(ValueError, match="from 0 to 1.*a label 2"):
        brier_score(p, [0, 1, 2])
    with pytest.raises(ValueError, match="float64"):
        brier_score(p, [0.0, 1.0, 1.0])
    with pytest.raises(ValueError, match="sum to 1"):
        reliability_table(2 * p, [0, 1, 1])
    with pytest.raises(ValueError, match="bins=0"):
        reliability_table(p, [0, 1, 1], bins=0)
