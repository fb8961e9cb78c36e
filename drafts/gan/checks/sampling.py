"""Problem 1: uniform numbers become samples."""

import numpy as np

from autograder.checks import Check, SameValues, compare

from .common import array, told, verdict

FACES = 6


class Discrete(Check):
    """Inside each face, at its edges, and above the sum of all."""

    question = "sampling/discrete"

    def inputs(self, rng):
        probabilities = rng.dirichlet(np.full(FACES, 4.0)) * 0.9 + 0.1 / FACES
        faces = rng.permutation(np.repeat(np.arange(FACES), 2))
        ends = np.cumsum(probabilities)
        inside = rng.uniform(0.1, 0.9, len(faces))
        u = ends[faces] - inside * probabilities[faces]
        sixteenths = rng.permutation([2, 3, 5, 6]) / 16
        lacking = np.insert(sixteenths, [0, 2], 0.0)  # faces 0 and 3 are impossible
        edges = np.append(0.0, np.cumsum(sixteenths)[:-1])
        return {
            "u": u,
            "probabilities": probabilities,
            "lacking": lacking,
            "edges": edges,
            "beyond": edges + 0.01,
            "short": np.append(sixteenths[:3], sixteenths[3] - 2e-5),
            "top": np.array([0.95, 0.999999]),
            "faces": faces,
        }

    @staticmethod
    def run(student, u, probabilities, lacking, edges, beyond, short, top):
        sample = student.sample_discrete
        answers = {"inside": sample(u, probabilities)}
        for name, given in (
            ("edges", (edges, lacking)),
            ("beyond", (beyond, lacking)),
            ("top", (top, short)),
        ):
            try:
                answers[name] = sample(*given)
            except Exception:  # the other ideas can be right all the same
                answers[name] = None
        return answers


class Inside(Discrete):
    name = "sampling/faces"

    def mark(self, result, inputs):
        difference = compare(result["inside"], inputs["faces"])
        look_at = "face k has the part of [0, 1) between two running sums."
        return verdict(told("`sample_discrete`", difference, look_at))


class Edges(Discrete):
    """The student's own face just above each edge."""

    name = "sampling/edges-of-faces"
    weight = 0.5

    def mark(self, result, inputs):
        at, above = array(result["edges"]), array(result["beyond"])
        if above is not None and at is not None and np.array_equal(at, above):
            return verdict(None)
        return verdict(
            "`sample_discrete` where u is exactly a running sum, or 0: such an edge "
            "belongs to the next face that has a probability above 0. Look at < and <=."
        )


class Top(Discrete):
    """The student's own face below the sum."""

    name = "sampling/always-a-face"
    weight = 0.5

    def mark(self, result, inputs):
        top = array(result["top"])
        if top is not None and top.shape == (2,) and top[0] == top[1]:
            return verdict(None)
        return verdict(
            "`sample_discrete` where rounding leaves the sum of all probabilities a "
            "little below u: always give a face, the last one."
        )


class Waiting(Check):
    question = "sampling/waiting"

    def inputs(self, rng):
        u = np.sort(rng.uniform(0.02, 0.97, 12))
        return {
            "u": np.append(0.0, u),
            "mirrored": 1 - np.append(0.01, u),
            "rate": float(rng.uniform(1.5, 4.0)),
        }

    @staticmethod
    def run(student, u, mirrored, rate):
        sample = student.sample_exponential
        return {"own": sample(u, rate), "mirrored": sample(mirrored, rate)}


class Distribution(Waiting):
    """The right numbers, whether they grow with u or fall."""

    name = "sampling/waiting-times"

    def mark(self, result, inputs):
        own, mirrored = array(result["own"]), array(result["mirrored"])
        expected = -np.log(1 - inputs["u"][1:].astype("float64")) / inputs["rate"]
        if own is None and mirrored is not None:  # infinite at u = 0: falls with u
            own = mirrored
        kinds = [each for each in (own, mirrored) if each is not None]
        differences = [
            compare(each[1:] if each.ndim == 1 else each, expected, 1e-3)
            for each in kinds
        ]
        if not differences:
            return verdict("`sample_exponential` does not give finite numbers.")
        difference = None if None in differences else differences[0]
        look_at = "solve u = 1 - exp(-r x) for x; look at where the rate stands."
        return verdict(told("`sample_exponential`", difference, look_at))


class Grows(Waiting):
    name = "sampling/waiting-times-grow-with-u"
    weight = 0.5

    def mark(self, result, inputs):
        own = array(result["own"])
        if own is not None and own.shape == inputs["u"].shape:
            if np.all(np.diff(own) > 0) and abs(own[0]) < 1e-5:
                return verdict(None)
        return verdict(
            "`sample_exponential` has to start at 0 for u = 0 and to grow with u, as "
            "the inverse of F does."
        )


def some_observed(rng):
    observations = rng.normal(0, 3, 9)
    places = rng.permutation(np.append(np.arange(9), [0, 8, 4]))
    return (places + rng.uniform(0.1, 0.9, 12)) / 9, observations


def observed(u, observations):
    ordered = sorted(observations.tolist())
    return np.array([ordered[int(each * len(ordered))] for each in u])


checks = [
    Inside(),
    Edges(),
    Top(),
    Distribution(),
    Grows(),
    SameValues(
        "sampling/observed",
        "sample_observed",
        some_observed,
        observed,
        "sorted, then the one at u N rounded down; no averages of neighbours.",
    ),
]
