"""Problem 6, first half: networks of images and labels, with weights drawn anew.

What an architecture depends on shows with any weights; those that it starts with may
hide it (zeros in front of the label), or hide a range that is left only later.
"""

import numpy as np

from autograder.checks import Check

from .common import array, verdict

# No two sizes are equal: shapes that fit by chance would hide mistakes.
BATCH, CLASSES, NOISE = 6, 7, 5
SHAPE = (BATCH, 8, 8, 1)


def pairs_differ(value, least=1e-5):
    """Whether no two rows are equal."""
    rows = value.reshape(len(value), -1)
    gaps = np.abs(rows[:, None] - rows[None]).max(axis=2)
    return bool(np.all(gaps[~np.eye(len(rows), dtype=bool)] > least))


class Networks(Check):
    """Mixed; one noise (or image) with all labels; one label with all noise."""

    def inputs(self, rng):
        first = rng.uniform(-1, 1, SHAPE) if self.of_images else None
        if first is None:
            first = rng.normal(size=(BATCH, NOISE))
        return {
            "sizes": [CLASSES] if self.of_images else [NOISE, CLASSES],
            "function": self.function,
            "first": first,
            "same": np.repeat(first[:1], BATCH, axis=0),
            "labels": rng.permutation(CLASSES)[:BATCH],
            "equal": np.full(BATCH, int(rng.integers(1, CLASSES))),
            "seed": int(rng.integers(10_000)),
        }

    @staticmethod
    def run(student, function, sizes, first, same, labels, equal, seed):
        model = getattr(student, function)(*sizes)
        shown = model([first, labels])  # a subclass makes its weights now
        answers, rng = {"first": shown}, np.random.default_rng(seed)
        for scale, asked in (
            (0.5, {"large": (first, labels)}),
            (0.2, {"labels": (same, labels), "others": (first, equal)}),
        ):
            for variable in getattr(model, "trainable_weights", []):
                drawn = rng.normal(0, scale, tuple(int(n) for n in variable.shape))
                variable.assign(drawn.astype("float32"))
            for name, given in asked.items():
                answers[name] = model(list(given))
        return answers

    def mark(self, result, inputs):
        parts = {name: array(value) for name, value in result.items()}
        for name, part in parts.items():
            good = part is not None and part.shape == self.shape
            rows = part is not None and part.ndim > 0 and len(part) == BATCH
            if not good and (self.judges_shape or not rows):
                return verdict(
                    f"The model of `{self.function}` gives shape "
                    f"{np.shape(result[name])} for {BATCH} examples, expected "
                    f"{self.shape}, finite numbers."
                )
        return verdict(self.wrong(**parts))

    judges_shape = False


class OfGenerator(Networks):
    question = "conditional/generator"
    function, shape, of_images = "build_generator", SHAPE, False


class Images(OfGenerator):
    name = "conditional/images"
    judges_shape = True

    def wrong(self, first, large, labels, others):
        low, high = large.min(), large.max()
        if low < -1.00001 or high > 1.00001:
            return (
                f"Images of `build_generator` with large weights reach from {low:.3g} "
                f"to {high:.3g}: they have to stay in [-1, 1]."
            )
        if low > -0.1 or high < 0.1:
            return (
                "Images of `build_generator` use one half of the range only: black is "
                "-1, white is 1."
            )


class NoiseMatters(OfGenerator):
    name = "conditional/noise-matters"

    def wrong(self, first, large, labels, others):
        if not pairs_differ(others):
            return (
                "Images of `build_generator` for one label are equal, whatever the "
                "noise: concatenate it with what is known of the label."
            )


class LabelMatters(OfGenerator):
    name = "conditional/label-matters"

    def wrong(self, first, large, labels, others):
        if not pairs_differ(labels):
            return (
                "Images of `build_generator` with the same noise are equal for some "
                "labels: the label has to reach the image, each label as its own."
            )


class OfDiscriminator(Networks):
    question = "conditional/discriminator"
    function, shape, of_images = "build_discriminator", (BATCH, 1), True


class Logits(OfDiscriminator):
    name = "conditional/logits"
    judges_shape = True

    def wrong(self, first, large, labels, others):
        if large.min() > -1e-3 and large.max() < 1 + 1e-3:
            return (
                "The model of `build_discriminator` gives numbers in [0, 1] only: "
                "logits have no activation behind them."
            )
        if np.abs(large).max() < 1 + 1e-3:
            return (
                "The model of `build_discriminator` gives numbers in [-1, 1] only, "
                "also with large weights: logits have no activation behind them."
            )


class SeesTheImage(OfDiscriminator):
    name = "conditional/discriminator-sees-the-image"
    weight = 0.5

    def wrong(self, first, large, labels, others):
        if not pairs_differ(others, 1e-6):
            return (
                "The model of `build_discriminator` gives the same logit to different "
                "images of one label."
            )


class SeesTheLabel(OfDiscriminator):
    name = "conditional/discriminator-sees-the-label"

    def wrong(self, first, large, labels, others):
        if not pairs_differ(labels, 1e-6):
            return (
                "The model of `build_discriminator` gives an image the same logit for "
                "different labels: it has to see both."
            )


checks = [
    Images(),
    NoiseMatters(),
    LabelMatters(),
    Logits(),
    SeesTheImage(),
    SeesTheLabel(),
]
