"""Scores of generated images from what a classifier says about them."""

import numpy as np

from kerasdl.metrics.samples import as_probabilities


def inception_score(probabilities) -> float:
    """Class probabilities `(n, classes)` of generated images to a score >= 1.

    exp(mean over images of KL(p(class | image) || p(class))), where p(class) is the
    mean of the rows: exp of the information, in nats, that an image has about its
    class. It is `classes` when every image is sure and all classes come equally
    often; 1 when all rows are equal. It never looks at real images: one perfect image
    per class, repeated, scores best. The estimate is biased: too small for few images.

    Raises:
        ValueError: unless the rows are probabilities.

    Source: Salimans et al. 2016, https://arxiv.org/abs/1606.03498, section 4.
    """
    probabilities = as_probabilities(probabilities)
    return float(np.exp(_information(probabilities)))


def mode_score(probabilities, reference) -> float:
    """The same, but lowered when classes come up other than in real data.

    exp(mean KL(p(class | image) || p(class)) - KL(p(class) || q)), with q the class
    frequencies of real data. It equals the inception score when p(class) = q, and may
    fall to 0. The paper writes q for p(class) in the first term too: then q drops out
    of the difference and the score is the inception score again, whatever q is.

    Args:
        probabilities: of generated images, `(n, classes)`.
        reference: class frequencies of real data, `(classes,)`, with sum 1.

    Raises:
        ValueError: unless all rows are probabilities, of the same number of classes.

    Source: Che et al. 2017, https://arxiv.org/abs/1612.02136, section 4.1; that the
    printed score is the inception score: Zhou et al. 2018,
    https://arxiv.org/abs/1703.02000
    """
    probabilities = as_probabilities(probabilities)
    reference = as_probabilities(np.asarray(reference)[None], "reference")[0]
    if len(reference) != probabilities.shape[1]:
        raise ValueError(
            "Expected a reference with one frequency for each class. Received: "
            f"{len(reference)} frequencies, {probabilities.shape[1]} classes. "
            "np.bincount(labels, minlength=classes) / len(labels) makes one."
        )
    departure = _divergence(probabilities.mean(axis=0), reference)
    return float(np.exp(_information(probabilities) - departure))


def _information(probabilities):
    mean = probabilities.mean(axis=0)
    return _divergence(probabilities, mean).mean()


def _divergence(p, q):
    """KL(p || q) over the last axis, with 0 log 0 = 0; infinite where only q is 0."""
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = p * (np.log(p) - np.log(q))
    return np.where(p > 0, terms, 0.0).sum(axis=-1)
