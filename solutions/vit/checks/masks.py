"""Problem 3: masks."""

import numpy as np

from autograder.checks import Check, Property, Verdict, compare

from .common import array, softmax, told, verdict


def booleans(function, result, expected, look_at):
    if difference := compare(result, expected):
        return told(f"`{function}`", difference, look_at)
    if np.asarray(result).dtype != bool:
        return f"`{function}` gives numbers: a mask holds booleans, True for allowed."
    return None


def causal_is_right(result, inputs):
    expected = np.tri(inputs["tokens"])
    look_at = "row i is the query's; it may look at itself and at what came before."
    return booleans("causal_mask", result, expected, look_at)


def padding_is_right(result, inputs):
    lengths, tokens = inputs["lengths"], inputs["tokens"]
    expected = [[float(t < length) for t in range(tokens)] for length in lengths]
    look_at = (
        "True where the token is there: as many as the length says, from the left."
    )
    return booleans("padding_mask", result, np.array(expected), look_at)


def ask_for_causal(student, tokens):
    return student.causal_mask(tokens)


def ask_for_padding(student, lengths, tokens):
    return student.padding_mask(lengths, tokens)


def lengths_and_tokens(rng):
    return {"lengths": np.array([5, 0, *rng.integers(1, 5, 2)]), "tokens": 5}


def some_allowed(rng, shape):
    """A random mask in which every query may look at two or three of four keys."""
    order = rng.random(shape).argsort(axis=-1)
    return order < 2 + rng.integers(0, 2, (*shape[:-1], 1))


class Softmax(Check):
    """Masks of two shapes, which broadcast."""

    question = "masks/softmax"

    def inputs(self, rng):
        return {
            "scores": rng.normal(size=(2, 3, 4, 4)),
            "masks": [some_allowed(rng, (4, 4)), some_allowed(rng, (2, 1, 1, 4))],
        }

    @staticmethod
    def run(student, scores, masks):
        # A right answer does not mind if all scores fall by the same number.
        results = [student.masked_softmax(scores, mask) for mask in masks]
        return [*results, student.masked_softmax(scores - 300.0, masks[0])]

    def cases(self, result, inputs):
        """Weights, scores and mask of each case; weights None where unusable."""
        first, second = inputs["masks"]
        scores = np.asarray(inputs["scores"], "float64")
        for part, mask in zip(result, (first, second, first), strict=True):
            weights = array(part)
            usable = weights is not None and weights.shape == scores.shape
            mask = np.broadcast_to(mask, scores.shape)
            yield weights if usable else None, scores, mask


MISSHAPEN = (
    "`masked_softmax` does not give finite numbers in the shape of the scores, "
    "(2, 3, 4, 4): the mask is what broadcasts."
)


class HiddenKeys(Softmax):
    name = "masks/hidden-keys-count-for-nothing"

    def mark(self, result, inputs):
        for weights, _, mask in self.cases(result, inputs):
            if weights is None:
                return verdict(MISSHAPEN)
            most = np.abs(weights[~mask]).max()
            if most > 1e-6:
                return verdict(
                    f"`masked_softmax` gives a weight of {most:.2g} to a key that is "
                    f"not allowed: True means allowed, and what is hidden gets 0 "
                    f"whatever the other scores are."
                )
        return Verdict(1.0)


class RowsSumToOne(Softmax):
    name = "masks/rows-sum-to-1"

    def mark(self, result, inputs):
        for weights, scores, _ in list(self.cases(result, inputs))[:2]:
            if weights is None:
                return verdict(MISSHAPEN)
            difference = compare(weights.sum(-1), np.ones(scores.shape[:-1]), 1e-3)
            if difference:
                return verdict(
                    f"The sums of the rows of `masked_softmax` are not 1; their array "
                    f"{difference}: what is left of a row after hiding must be "
                    f"normalised, over the keys."
                )
        return Verdict(1.0)


class Proportions(Softmax):
    """Among allowed keys, whatever the others get and whatever a row sums to."""

    name = "masks/proportions-of-allowed-keys"

    def mark(self, result, inputs):
        for weights, scores, mask in list(self.cases(result, inputs))[:2]:
            if weights is None:
                return verdict(MISSHAPEN)
            among = np.where(mask, scores, -np.inf)
            own = np.where(mask, weights, 0.0)
            total = own.sum(axis=-1, keepdims=True)
            rows = own / np.where(total > 1e-9, total, 1.0)
            difference = compare(rows, softmax(among), 1e-3)
            down = softmax(np.where(mask, scores, -1e30), axis=-2) * mask
            if difference and compare(own, down, 1e-3):
                return verdict(
                    f"Among the allowed keys the proportions of `masked_softmax` are "
                    f"wrong; it {difference}: each counts exp(score)."
                )
        return Verdict(1.0)


class EmptyRows(Check):
    name = "masks/query-that-sees-nothing"
    weight = 0.5

    def inputs(self, rng):
        mask = some_allowed(rng, (4, 4))
        mask[rng.integers(0, 4)] = False
        return {"scores": rng.normal(size=(2, 3, 4, 4)), "mask": mask}

    @staticmethod
    def run(student, scores, mask):
        return student.masked_softmax(scores, mask)

    def mark(self, result, inputs):
        weights, empty = np.asarray(result, "float64"), ~inputs["mask"].any(axis=-1)
        if weights.shape == (2, 3, 4, 4):
            found = weights[:, :, empty]
            if np.all(np.isfinite(found)) and np.abs(found).max() < 1e-6:
                return Verdict(1.0)
        return verdict(
            "A query that may look at nothing does not get a row of zeros from "
            "`masked_softmax`: what is a softmax of a row that is hidden altogether?"
        )


class LargeScores(Check):
    name = "masks/large-scores"

    def inputs(self, rng):
        mask = some_allowed(rng, (4, 4))
        sizes = rng.choice([-1000.0, 1000.0], (2, 3, 4, 1))
        scores = sizes + rng.normal(size=(2, 3, 4, 4))
        return {"scores": np.where(mask, scores, 2000.0), "mask": mask}

    @staticmethod
    def run(student, scores, mask):
        return student.masked_softmax(scores, mask)

    def mark(self, result, inputs):
        weights, mask = array(result), inputs["mask"]
        # To what rows sum is another check's idea.
        if weights is not None and weights.sum(axis=-1).min() > 0.1:
            largest = np.where(mask, weights, -1.0).max(axis=-1)
            smallest = np.where(mask, weights, 2.0).min(axis=-1)
            alike = (largest - smallest < 1e-6) & (largest > 0.1)
            if np.sum(alike) < 4:  # a few may round to the same number
                return Verdict(1.0)
            return verdict(
                "`masked_softmax` gives equal weights to the allowed keys of a row "
                "whose scores are large and differ: they must not be cut off."
            )
        what = "is not finite" if weights is None else "has rows of zeros"
        return verdict(
            f"`masked_softmax` {what} for scores around 1000 and -1000 beside hidden "
            f"ones that are larger: hide first, then subtract the largest that is left."
        )


checks = [
    Property(
        "masks/causal", lambda rng: {"tokens": 6}, ask_for_causal, causal_is_right
    ),
    Property("masks/padding", lengths_and_tokens, ask_for_padding, padding_is_right),
    HiddenKeys(),
    RowsSumToOne(),
    Proportions(),
    EmptyRows(),
    LargeScores(),
]
