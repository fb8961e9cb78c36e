"""Problem 7: generating, arithmetic, latents in use."""

import numpy as np

from autograder.checks import Check, SameValues, Verdict, compare

from .common import array, numbers, shape, sigmoid, told, verdict


class Generate(Check):
    question = "generation/generate"

    def inputs(self, rng):
        return {"noise": rng.normal(size=(5, 2)), "weights": rng.normal(size=(2, 4))}

    @staticmethod
    def run(student, noise, weights):
        seen = []

        def decode(z):
            seen.append(z)
            return 3.0 * ops.matmul(z, weights)  # noqa: F821

        return {"images": student.generate(decode, noise), "seen": seen}

    def codes(self, result):
        """The codes that reached decode, also if they came one by one, or None."""
        parts = [array(part) for part in result["seen"]]
        if any(part is None or part.shape[-1:] != (2,) for part in parts):
            return None
        return np.concatenate([part.reshape(-1, 2) for part in parts] or [np.zeros(0)])


class DecodesTheNoise(Generate):
    name = "generation/decodes-the-noise"
    weight = 0.5

    def mark(self, result, inputs):
        codes, difference = self.codes(result), "are no codes (n, 2)"
        if codes is not None:
            difference = compare(codes, inputs["noise"])
        look_at = "the noise of the prior is the code, as it is."
        return verdict(told("`generate`: what `decode` gets", difference, look_at))


class Probabilities(Generate):
    name = "generation/probabilities"

    def mark(self, result, inputs):
        codes, difference = self.codes(result), "cannot be judged: nothing is decoded"
        if codes is not None and codes.size:
            expected = sigmoid(3.0 * codes @ inputs["weights"])
            difference = compare(result["images"], expected)
        look_at = "`decode` gives logits; an image is made of their probabilities."
        return verdict(told("`generate`", difference, look_at))


def pixels(rng):
    """Probabilities on both sides of one half, also 0 and 1."""
    parts = [np.zeros((2, 3)), rng.random((30, 3)), np.ones((2, 3))]
    return np.concatenate(parts), rng.uniform(0.01, 0.99, (34, 3))


draw = SameValues(
    "generation/drawn-pixels",
    "draw_pixels",
    pixels,
    lambda probabilities, uniform: np.float64(uniform < probabilities),
    "a pixel with probability p is 1 for a share p of the uniform numbers.",
)


def edges(rng):
    """Uniform numbers that are equal to the probability, among them 0."""
    both = np.concatenate([np.zeros((2, 3)), rng.integers(1, 64, (32, 3)) / 128])
    return both, both


equal = SameValues(
    "generation/edge-of-the-probability",
    "draw_pixels",
    edges,
    lambda probabilities, uniform: np.zeros(np.shape(uniform)),
    "where the uniform number is just the probability, a pixel is not below it: with "
    "probability 0 none is ever 1.",
    weight=0.5,
)


def codes_and_labels(rng):
    has = rng.permutation(np.array([1, 1, 0, 0, 0, 0, 0]))
    return rng.normal(size=(7, 3)) + 2.0, has


def difference_of_means(codes, has):
    groups = {0: [], 1: []}
    for code, label in zip(codes, has, strict=True):
        groups[int(label)].append(code)
    return np.mean(groups[1], axis=0) - np.mean(groups[0], axis=0)


direction = SameValues(
    "generation/attribute-direction",
    "attribute_direction",
    codes_and_labels,
    difference_of_means,
    "it is the mean code of those with the attribute minus that of those without.",
)


class ActiveLatents(Check):
    """Collapsed latents may lie off 0; only their variance tells."""

    name = "generation/active-latents"

    def inputs(self, rng):
        counts = [int(count) for count in rng.choice([1, 2, 4], 2, replace=False)]
        shifts = rng.uniform(1.0, 3.0, 5)
        spread = [np.where(np.arange(5) < count, 0.5, 0.01) for count in counts]
        order = rng.permutation(5)
        means = [rng.normal(size=(40, 5)) * one + shifts for one in spread]
        return {"means": [one[:, order] for one in means], "counts": counts}

    @staticmethod
    def run(student, means):
        # A standard deviation of 0.01 is above the second threshold, a variance not.
        found = [student.active_latents(one, 0.004) for one in means]
        return [ops.convert_to_numpy(value) for value in found]  # noqa: F821

    def mark(self, result, inputs):
        found = numbers(result)
        if found is None:
            return verdict(
                f"`active_latents` returns shape {shape(result[0])}, expected one "
                f"whole number."
            )
        wrong = [f for f, c in zip(found, inputs["counts"], strict=True) if f != c]
        if not wrong:
            return Verdict(1.0)
        return verdict(
            f"`active_latents` finds {wrong[0]:g} of 5 in use, which is wrong: a "
            f"latent is in use where the variance of its mean, over the examples, is "
            f"above the threshold."
        )


class BiasedVariance(Check):
    """Each latent has the biased variance 1; the other one is 40 / 39."""

    name = "generation/biased-variance"
    weight = 0.5

    def inputs(self, rng):
        means = rng.normal(size=(40, 5))
        means = (means - means.mean(axis=0)) / means.std(axis=0)
        return {"means": means, "thresholds": [0.99, 1.008]}

    @staticmethod
    def run(student, means, thresholds):
        found = [student.active_latents(means, value) for value in thresholds]
        return [ops.convert_to_numpy(value) for value in found]  # noqa: F821

    def mark(self, result, inputs):
        found = numbers(result)
        if found is not None and list(found) == [5, 0]:
            return Verdict(1.0)
        return verdict(
            "`active_latents` of latents whose variance is near the threshold is "
            "wrong: take the biased variance, divided by N."
        )


checks = [
    DecodesTheNoise(),
    Probabilities(),
    draw,
    equal,
    direction,
    ActiveLatents(),
    BiasedVariance(),
]
