"""Problem 8: counting modes, and three numbers that tell failures apart."""

import numpy as np

from autograder.checks import Check, SameValues, compare

from .common import number, numbers, told, verdict

SAMPLES, MODES = 20, 4


class Counts(Check):
    """A radius that keeps all, and one between two rings around far apart centres."""

    question = "collapse/counts"

    def inputs(self, rng):
        far = np.array([[0.0, 0], [10, 0], [0, 10], [10, 10]])
        far = far + rng.normal(0, 0.3, (4, 2))
        angles = rng.uniform(0, 2 * np.pi, SAMPLES)
        radius = float(rng.uniform(1.6, 2.0))
        inside = np.arange(SAMPLES) % 5 < 3
        away = radius * np.where(inside, 0.85, 1.15)
        ring = away[:, None] * np.stack([np.cos(angles), np.sin(angles)], axis=1)
        chosen = rng.choice(4, SAMPLES, p=[0.2, 0.4, 0.1, 0.3])
        return {
            "samples": rng.normal(size=(SAMPLES, 2)),
            "centres": rng.normal(size=(MODES, 2)),
            "ring": far[chosen] + ring,
            "far": far,
            "radius": radius,
            "chosen": chosen[inside],
        }

    @staticmethod
    def run(student, samples, centres, ring, far, radius):
        counts = student.mode_counts
        return {
            "near": counts(samples, centres, 100.0),
            "ring": counts(ring, far, radius),
        }


class Nearest(Counts):
    name = "collapse/nearest-mode"

    def mark(self, result, inputs):
        counts = np.zeros(MODES)
        for sample in inputs["samples"]:
            gaps = [np.linalg.norm(sample - centre) for centre in inputs["centres"]]
            counts[int(np.argmin(gaps))] += 1
        look_at = "each sample counts once, at the centre that is nearest to it."
        difference = compare(result["near"], counts)
        return verdict(told("`mode_counts` with a large radius", difference, look_at))


class Radius(Counts):
    name = "collapse/radius"

    def mark(self, result, inputs):
        counts = np.bincount(inputs["chosen"], minlength=MODES)
        look_at = "a sample counts up to `radius` away from its centre. Squared or not?"
        difference = compare(result["ring"], counts)
        return verdict(told("`mode_counts` of modes far apart", difference, look_at))


class Report(Check):
    question = "collapse/report"

    def inputs(self, rng):
        shares = np.array([0.4, 0.3, 0.2, 0.1])
        counts = np.array([30.0, 13, 10, 6])
        counts += [*rng.integers(-1, 2, 2), rng.integers(0, 2), rng.integers(-1, 2)]
        order = rng.permutation(4)
        return {
            "counts": counts[order],
            "shares": shares[order],
            "total": 80,
            "least": 0.6,  # 19.2, 14.4, 9.6 and 4.8 are needed of 80
            "none": np.zeros(4),
        }

    @staticmethod
    def run(student, counts, shares, total, least, none):
        report = student.mode_report
        answers = {"own": list(report(counts, total, shares, least)), "none": None}
        try:
            answers["none"] = list(report(none, total, shares, least))
        except Exception:  # nothing near any mode is another idea
            pass
        return answers

    def mark(self, result, inputs):
        counts, shares = (inputs[n].astype("float64") for n in ("counts", "shares"))
        right = self.right(counts, shares, inputs["total"], inputs["least"])
        own, difference = number(result["own"][self.place]), "is not one finite number"
        if own is not None:
            difference = compare(own, right)
        subject = f"`mode_report`, {self.kind},"
        return verdict(told(subject, difference, self.look_at))


class Quality(Report):
    name = "collapse/quality"
    weight = 0.5
    place, kind = 0, "quality (the first)"
    look_at = "the part of all samples that lies at some mode."

    @staticmethod
    def right(counts, shares, total, least):
        return counts.sum() / total


class Coverage(Report):
    name = "collapse/coverage"
    place, kind = 1, "coverage (the second)"
    look_at = (
        "the part of the modes that have enough: least times their own share of n."
    )

    @staticmethod
    def right(counts, shares, total, least):
        pairs = zip(counts, shares, strict=True)
        return np.mean([count >= least * share * total for count, share in pairs])


class Imbalance(Report):
    name = "collapse/imbalance"
    place, kind = 2, "imbalance (the third)"
    look_at = "shares among the samples that count, half the sum of the differences."

    @staticmethod
    def right(counts, shares, total, least):
        more = counts / counts.sum() - shares
        return more[more > 0].sum()  # as much as is missing elsewhere


class NothingCounts(Report):
    name = "collapse/no-sample-counts"
    weight = 0.5

    def mark(self, result, inputs):
        own = numbers(result["none"])
        if own is not None and len(own) == 3 and abs(own[2] - 1) < 1e-5:
            return verdict(None)
        return verdict(
            "`mode_report` where no sample counts at all: imbalance is 1, and nothing "
            "is divided by 0."
        )


def some_images(rng):
    labels = rng.permutation([0, 0, 0, 1, 1, 2, 2, 2, 2, 3])
    return rng.normal(size=(10, 2, 3, 1)), labels, 4


def spread(images, labels, classes):
    found = np.zeros(classes)
    for label in range(classes):
        own = images[np.flatnonzero(labels == label)].astype("float64")
        variance = np.mean(own**2, axis=0) - np.mean(own, axis=0) ** 2
        found[label] = np.mean(np.sqrt(np.maximum(variance, 0)))
    return found


checks = [
    Nearest(),
    Radius(),
    Quality(),
    Coverage(),
    Imbalance(),
    NothingCounts(),
    SameValues(
        "collapse/spread-of-each-label",
        "label_spread",
        some_images,
        spread,
        "of each pixel over the images of one label, then the mean over pixels.",
    ),
]
