"""Problem 2: PCA and principal angles."""

import numpy as np

from autograder.checks import Check, Verdict, compare

from .common import array, shape, told, verdict


def rotation(rng, size):
    return np.linalg.qr(rng.normal(size=(size, size)))[0]


def table(rng, rows, spreads):
    """Rows whose covariance has exactly these standard deviations, rotated, shifted."""
    scores = rng.normal(size=(rows, len(spreads)))
    scores = np.linalg.qr(scores - scores.mean(axis=0))[0] * np.sqrt(rows)
    shift = rng.uniform(1.0, 2.0, len(spreads)) * rng.choice([-1, 1], len(spreads))
    return scores * spreads @ rotation(rng, len(spreads)).T + shift


def axes_of(x, dim):
    """Principal axes by the eigenvectors of the covariance: (d, dim)."""
    values, vectors = np.linalg.eigh(np.cov(np.asarray(x, "float64").T))
    return vectors[:, np.argsort(-values)[:dim]]


def largest_angle(first, second):
    """Degrees between two spans of orthonormal columns, by the sine."""
    basis = np.linalg.qr(first)[0]
    rest = basis - second @ (second.T @ basis)
    sine = np.linalg.svd(rest, compute_uv=False)[0]
    return np.degrees(np.arcsin(min(1.0, sine)))


class Pca(Check):
    question = "subspaces/pca"
    dim = 3

    def inputs(self, rng):
        return {"x": table(rng, 20, np.array([2.0, 1.4, 0.9, 0.3, 0.2])), "dim": 3}

    @staticmethod
    def run(student, x, dim):
        return list(student.pca(x, dim))

    def axes(self, result):
        """The student's axes as (5, 3) whichever way round they are, or None."""
        axes = array(result[1])
        if axes is None or axes.shape not in ((5, 3), (3, 5)):
            return None
        return axes if axes.shape == (5, 3) else axes.T


class PcaMean(Pca):
    name = "subspaces/mean"

    def mark(self, result, inputs):
        difference = compare(result[0], inputs["x"].mean(axis=0), 1e-3)
        look_at = "it is one mean per feature, over the rows."
        return verdict(told("`pca`: mean", difference, look_at))


class Orthonormal(Pca):
    name = "subspaces/orthonormal-columns"

    def mark(self, result, inputs):
        if shape(result[1]) != (5, 3):
            return verdict(
                f"`pca`: axes have shape {shape(result[1])}, expected (5, 3): a row "
                f"per feature, a column per axis."
            )
        axes = array(result[1])
        difference = compare(axes.T @ axes, np.eye(3), 1e-3)
        look_at = "the columns have length 1 and are orthogonal."
        return verdict(told("`pca`: axes^T axes", difference, look_at))


class Span(Pca):
    name = "subspaces/largest-variance"

    def mark(self, result, inputs):
        axes = self.axes(result)
        if axes is None or np.linalg.matrix_rank(axes) < 3:
            return verdict("`pca`: there are no three independent axes of 5 features.")
        angle = largest_angle(axes, axes_of(inputs["x"], 3))
        if angle < 0.5:
            return Verdict(1.0)
        return verdict(
            f"`pca`: the span of the axes is off by {angle:.1f} degrees. Look at which "
            f"axes are kept, and whether the mean was subtracted before."
        )


class Order(Pca):
    name = "subspaces/largest-first"
    weight = 0.5

    def mark(self, result, inputs):
        axes = self.axes(result)
        if axes is None:
            return verdict("`pca`: there are no three axes of 5 features.")
        scores = inputs["x"] @ (axes / np.maximum(np.linalg.norm(axes, axis=0), 1e-9))
        # Along axes of the table itself it falls as well: whether the mean was
        # subtracted is another check's idea.
        for spread in (np.std(scores, axis=0), np.mean(scores**2, axis=0)):
            if np.all(np.diff(spread) < 0):
                return Verdict(1.0)
        return verdict(
            "`pca`: the variance along the axes does not fall from the first to the "
            "last: look at their order."
        )


class Angles(Check):
    """Two orthonormal bases with given angles, and other bases of the same spans."""

    question = "subspaces/angles"

    def inputs(self, rng):
        angles = np.array([rng.uniform(10, 30), rng.uniform(50, 80)])
        basis, (cosine, sine) = rotation(rng, 5), (np.cos, np.sin)
        radians = np.radians(angles)
        first = basis[:, :2]
        second = first * cosine(radians) + basis[:, 2:4] * sine(radians)
        mixed = np.array([[2.0, 1.0], [-1.0, 3.0]]) * rng.uniform(1, 2)
        return {
            "first": first @ rotation(rng, 2),
            "second": second @ rotation(rng, 2),
            "other": second @ mixed,
            "angles": angles,
        }

    @staticmethod
    def run(student, first, second, other):
        angles = student.principal_angles
        return [angles(first, second), angles(first, other)]


class AngleValues(Angles):
    name = "subspaces/angles"

    def mark(self, result, inputs):
        own = array(result[0])
        difference = compare(result[0], inputs["angles"], 2e-3)
        if difference and own is not None and own.shape == (2,):
            if compare(np.sort(own), inputs["angles"], 2e-3) is None:
                difference = "is right, but not in this order"
        look_at = "the singular values are cosines; degrees, smallest first."
        subject = "`principal_angles` of two orthonormal bases"
        return verdict(told(subject, difference, look_at))


class AnyBasis(Angles):
    name = "subspaces/any-basis"

    def mark(self, result, inputs):
        if array(result[0]) is None:
            return verdict("`principal_angles` is not of finite numbers.")
        difference = compare(result[1], array(result[0]), 2e-3)
        look_at = (
            "with longer, oblique columns of the same span it is not what it was with "
            "orthonormal ones: make both bases orthonormal first."
        )
        return verdict(told("`principal_angles`", difference, look_at))


class EqualSpans(Check):
    """The rounded cosines of equal spans are above 1 about every tenth time."""

    name = "subspaces/equal-spans"
    weight = 0.5

    def inputs(self, rng):
        bases = [np.linalg.qr(rng.normal(size=(5, 2)))[0] for _ in range(60)]
        return {"bases": bases}

    @staticmethod
    def run(student, bases):
        return [student.principal_angles(basis, basis) for basis in bases]

    def mark(self, result, inputs):
        found = [array(value) for value in result]
        if any(value is None for value in found):
            return verdict(
                "`principal_angles` of a basis and itself is not finite: rounding "
                "makes a cosine larger than 1."
            )
        largest = max(np.abs(value).max(initial=0.0) for value in found)
        if largest < 0.5:
            return Verdict(1.0)
        return verdict(
            f"`principal_angles` of a basis and itself is up to {largest:.1f} degrees: "
            f"equal spans have no angle between them."
        )


checks = [
    PcaMean(),
    Orthonormal(),
    Span(),
    Order(),
    AngleValues(),
    AnyBasis(),
    EqualSpans(),
]
