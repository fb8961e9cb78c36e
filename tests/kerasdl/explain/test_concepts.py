"""Concepts: the vector, the score, and a concept against one that is unused."""

import numpy as np
import pytest
from keras import ops

from kerasdl.explain import (
    concept_score,
    concept_sensitivity,
    concept_test,
    concept_vector,
)

pytestmark = pytest.mark.backend

random = np.random.default_rng(0)
HEAD = np.array([[1.0, -1.0], [0.5, 0.0], [0.0, 0.0], [0.0, 0.0]], "float32")


def features(x):
    return 2.0 * x


def head(activations):
    """Logits that use directions 0 and 1 only."""
    return ops.matmul(activations, HEAD)


def draw(n, mean=(0, 0, 0, 0)):
    return (random.normal(size=(n, 4)) + np.array(mean)).astype("float32")


def test_vector_points_to_the_concept_and_has_length_one():
    vector = concept_vector(draw(300, (0, 0, 3, 0)), draw(300))
    assert np.linalg.norm(vector) == pytest.approx(1)
    assert vector[2] > 0.95
    opposite = concept_vector(draw(300, (0, 0, -3, 0)), draw(300))
    assert opposite[2] < -0.95


def test_vector_of_maps_is_flat():
    maps = random.normal(size=(20, 2, 3, 1))
    assert concept_vector(maps + 1, maps).shape == (6,)


def test_sensitivity_of_a_linear_head_is_known():
    x = draw(7)
    vector = np.array([0.6, 0.8, 0.0, 0.0])
    received = concept_sensitivity(features, head, x, 0, vector)
    np.testing.assert_allclose(received, np.full(7, 0.6 + 0.4), rtol=1e-6)
    received = concept_sensitivity(features, head, x, 1, vector)
    np.testing.assert_allclose(received, np.full(7, -0.6), rtol=1e-6)


def test_score_is_the_share_above_zero():
    def quadratic(activations):
        return ops.matmul(activations**2, HEAD)

    x = draw(50)
    vector = np.array([1.0, 0.0, 0.0, 0.0])
    received = concept_score(features, quadratic, x, 0, vector)
    assert received == np.mean(x[:, 0] > 0)


def sets(n):
    return [draw(30) for _ in range(n)]


def bent(activations):
    """Scores between 0 and 1: the gradient turns with the input."""
    return ops.matmul(ops.sin(activations) + 0.3 * activations, HEAD)


def test_a_used_concept_is_significant_and_an_unused_one_is_not():
    x, others = draw(60), sets(19)
    used = concept_test(features, head, x, 0, draw(30, (3, 0, 0, 0)), others)
    assert used.random_sensitivities.shape == (19,)
    assert used.score == 1 and used.p_value == 1 / 20
    against = concept_test(features, head, x, 1, draw(30, (3, 0, 0, 0)), others)
    assert against.score == 0 and against.p_value == 1 / 20
    assert used.sensitivity > 0 > against.sensitivity
    unused = concept_test(features, bent, x, 0, draw(30, (0, 0, 3, 0)), others)
    assert unused.p_value > 0.1


def test_p_value_is_the_rank_among_all_sets():
    x, concept, others = draw(30), draw(30, (2, 0, 0, 0)), sets(4)
    result = concept_test(features, bent, x, 0, concept, others)
    everything = [concept, *others]

    def score(i):
        rest = [s for j, s in enumerate(everything) if j != i]
        vectors = [concept_vector(2 * everything[i], 2 * other) for other in rest]
        shares = [concept_score(features, bent, x, 0, v) for v in vectors]
        slopes = [concept_sensitivity(features, bent, x, 0, v) for v in vectors]
        return np.mean(shares), np.mean(slopes)

    scores, slopes = np.array([score(i) for i in range(5)]).T
    received = [result.sensitivity, *result.random_sensitivities]
    assert result.score == pytest.approx(scores[0])
    np.testing.assert_allclose(received, slopes, rtol=1e-3, atol=1e-4)
    assert result.p_value == np.mean(abs(slopes) >= abs(slopes[0])) == 1 / 5


def test_false_alarms_are_as_rare_as_the_level_says():
    p_values = [
        concept_test(features, bent, draw(30), 0, draw(30), sets(4)).p_value
        for _ in range(40)
    ]
    assert set(np.round(p_values, 6)) <= {0.2, 0.4, 0.6, 0.8, 1.0}
    # 8 of 40 are expected at a level of 0.2; 17 are three standard deviations more.
    assert np.sum(np.array(p_values) <= 0.2) < 17


def test_equal_scores_are_no_evidence():
    def constant(activations):
        return 0.0 * activations[:, :2]

    result = concept_test(features, constant, draw(9), 0, draw(30), sets(3))
    assert result.p_value == 1 and result.score == 0


def test_errors():
    with pytest.raises(ValueError, match=r"same dim.*\(5, 4\) and \(5, 3\)"):
        concept_vector(draw(5), draw(5)[:, :3])
    with pytest.raises(ValueError, match=r"4 numbers.*\(3,\)"):
        concept_score(features, head, draw(5), 0, np.ones(3))
    with pytest.raises(ValueError, match="at least 2 random sets.*1"):
        concept_test(features, head, draw(5), 0, draw(5), sets(1))
