"""Concept activation vectors: does a model use a concept that people name?"""

from typing import NamedTuple

import numpy as np
from keras import ops

from kerasdl.explain.targets import as_batch, logit_gradient


class ConceptTest(NamedTuple):
    """What `concept_test` found.

    `score` in [0, 1] and mean `sensitivity` of the concept, over the random sets;
    `random_sensitivities` `(sets,)` of the random sets; `p_value` in (0, 1] for "the
    concept is one more random set".
    """

    score: float
    sensitivity: float
    random_sensitivities: np.ndarray
    p_value: float


def concept_vector(concept, others) -> np.ndarray:
    """Activations of a concept `(n, dim)` and of others `(m, dim)` to `(dim,)`.

    The unit vector from the others to the concept: the normal of the plane by which a
    logistic regression parts them. For it the activations are divided by one number,
    their standard deviation, so that its weight decay means the same for any layer.

    Raises:
        ValueError: when the activations do not have the same dim or a set is empty.

    Source: Kim et al. 2018, https://arxiv.org/abs/1711.11279, section 3.2.
    """
    from sklearn.linear_model import LogisticRegression

    concept, others = _rows(concept), _rows(others)
    if concept.shape[1] != others.shape[1] or not len(concept) or not len(others):
        raise ValueError(
            "Expected activations of shapes (n, dim) and (m, dim), with the same dim. "
            f"Received: {concept.shape} and {others.shape}. "
            "Take both from the same layer."
        )
    rows = np.concatenate([concept, others]).astype("float64")
    rows -= rows.mean(axis=0)
    rows /= max(rows.std(), 1e-12)
    answers = np.repeat([1, 0], [len(concept), len(others)])
    normal = LogisticRegression(max_iter=1000).fit(rows, answers).coef_[0]
    return normal / max(np.linalg.norm(normal), 1e-12)


def concept_sensitivity(features, head, x, class_index: int, vector) -> np.ndarray:
    """Inputs `(batch, ...)` to the derivatives of a logit along a vector, `(batch,)`.

    <d head(a)_c / d a, v> at a = features(x): how fast the logit of the class grows
    when the activations move towards the concept.

    Args:
        features: a function, inputs to activations of any shape `(batch, ...)`.
        head: a function, activations to logits `(batch, classes)`.
        x: the inputs, usually examples of the class.
        class_index: which logit.
        vector: of `concept_vector`, with as many numbers as an activation.

    Raises:
        ValueError: when the vector is of another size than the activations.
    """
    gradients = logit_gradient(head, features(as_batch(x)), class_index)
    gradients = _rows(gradients)
    if np.shape(vector) != gradients.shape[1:]:
        raise ValueError(
            f"Expected a vector of {gradients.shape[1]} numbers, like an activation. "
            f"Received: a vector of shape {np.shape(vector)}. "
            "Make it from activations of the same layer."
        )
    return gradients @ vector


def concept_score(features, head, x, class_index: int, vector) -> float:
    """Inputs `(batch, ...)` to the share, in [0, 1], whose sensitivity is above 0.

    Args and Raises: as `concept_sensitivity`.

    Source: Kim et al. 2018, https://arxiv.org/abs/1711.11279, equation 2.
    """
    slopes = concept_sensitivity(features, head, x, class_index, vector)
    return float(np.mean(slopes > 0))


def concept_test(
    features, head, x, class_index: int, concept, random_sets
) -> ConceptTest:
    """Inputs `(batch, ...)`, a concept and random sets to a score and a p-value.

    Any set of examples gives some vector and some score. So each of the sets, the
    concept and the random ones, is treated in the same way: s is its mean sensitivity,
    over the inputs and over its vectors against each of the other sets. If the concept
    is one more random set, its |s| is equally likely to have any rank among all; the
    p-value is the share of sets whose |s| is at least as large, this one among them.

    The paper compares scores of one concept against many random sets by a t-test
    instead. These scores are not independent, since they share the concept's examples:
    in a simulation it called one random set in five significant at the level 0.05.

    Args:
        features, head, x, class_index: as in `concept_sensitivity`.
        concept: inputs that show the concept, `(n, ...)`.
        random_sets: arrays of inputs `(n, ...)`, drawn without regard to the concept,
            each of as many examples as the concept; 19 of them or more, as the least
            p-value is 1 / (random sets + 1).

    Raises:
        ValueError: when there are fewer than 2 random sets.

    Source: after Kim et al. 2018, https://arxiv.org/abs/1711.11279, section 3.4.
    """
    if len(random_sets) < 2:
        raise ValueError(
            "concept_test needs at least 2 random sets. "
            f"Received: {len(random_sets)}. 19 or more allow a p-value of 0.05."
        )
    sets = [_rows(features(as_batch(each))) for each in (concept, *random_sets)]
    gradients = _rows(logit_gradient(head, features(as_batch(x)), class_index))
    vectors = _vectors(sets)
    score = np.mean(gradients @ vectors[0, 1:].T > 0)
    own, *others = vectors.sum(axis=1) @ gradients.mean(axis=0) / len(random_sets)
    # Equal numbers may differ in their last digits, as sums do.
    as_large = np.abs(others) >= abs(own) * (1 - 1e-6)
    p_value = (1 + as_large.sum()) / len(sets)
    return ConceptTest(float(score), float(own), np.array(others), float(p_value))


def _vectors(sets):
    """The concept vectors of each set against each other one, `(sets, sets, dim)`."""
    vectors = np.zeros((len(sets), len(sets), sets[0].shape[1]))
    for i, j in zip(*np.triu_indices(len(sets), k=1), strict=True):
        vectors[i, j] = concept_vector(sets[i], sets[j])
        vectors[j, i] = -vectors[i, j]
    return vectors


def _rows(values):
    """Activations `(n, ...)` to `(n, dim)`, with NumPy."""
    values = ops.convert_to_numpy(values)
    return values.reshape(len(values), -1)
