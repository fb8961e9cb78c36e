"""Conformal sets hold the label as often as promised, whatever the classifier."""

import numpy as np
import pytest

from kerasdl.conformal import conformal_threshold, prediction_sets

pytestmark = pytest.mark.backend


def test_threshold_by_hand():
    """Scores .1 .2 .3 .4; at error .5, place ceil(5 * .5) = 3."""
    p = np.array([0.9, 0.8, 0.7, 0.6])
    probabilities = np.stack([p, 1 - p], axis=1)
    assert conformal_threshold(probabilities, np.zeros(4, int), 0.5) == pytest.approx(
        0.3
    )


def test_too_few_examples_promise_nothing_and_so_give_all_labels():
    probabilities = np.array([[0.9, 0.1]] * 8)
    assert conformal_threshold(probabilities, np.zeros(8, int), 0.1) == 1
    assert prediction_sets(np.array([[1.0, 0.0]]), 1.0).all()


@pytest.mark.parametrize("error", [0.05, 0.2])
@pytest.mark.parametrize("sharp", [0.1, 1.0, 3.0])
def test_coverage_holds_also_for_a_bad_classifier(error, sharp):
    random = np.random.default_rng(0)
    logits = 2 * random.normal(size=(20_000, 5))
    true = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    labels = (true.cumsum(axis=1) > random.random((20_000, 1))).argmax(axis=1)
    said = np.exp(sharp * logits)
    said /= said.sum(axis=1, keepdims=True)
    threshold = conformal_threshold(said[:10_000], labels[:10_000], error)
    sets = prediction_sets(said[10_000:], threshold)
    covered = sets[np.arange(10_000), labels[10_000:]].mean()
    assert covered == pytest.approx(1 - error, abs=0.015)


@pytest.mark.parametrize("error", [0, 1, -0.5])
def test_error_must_be_a_share(error):
    with pytest.raises(ValueError, match=f"Received: error={error}"):
        conformal_threshold(np.array([[0.5, 0.5]]), np.array([0]), error)


def test_logits_are_an_error():
    with pytest.raises(ValueError, match="sum to 1"):
        conformal_threshold(np.array([[2.0, -1.0]]), np.array([0]))
