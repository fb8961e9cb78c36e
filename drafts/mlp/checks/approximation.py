"""Problem 8, second part: networks that come close to any function."""

import numpy as np

from autograder.checks import Check, Verdict, compare

from .activations import sigmoid
from .common import array, verdict

GRID = np.linspace(0.0, 1.0, 401)


def polynomial(coefficients, x):
    """a + b x + c x^2 + d x^3."""
    a, b, c, d = coefficients
    return a + x * (b + x * (c + x * d))


def outputs(weights):
    """h on the grid, or None; a bias of shape (1, P) will do."""
    weights = [array(part) for part in weights]
    if len(weights) != 4 or any(part is None for part in weights):
        return None
    v, v0, w, w0 = weights
    if max(part.size for part in weights) > 10_000:
        return None
    try:
        sums = GRID[:, None] @ v.reshape(1, -1) + v0.reshape(-1)
        return (sigmoid(sums) @ w.reshape(-1, 1) + w0.reshape(1)).ravel()
    except ValueError:
        return None


class AnyFunction(Check):
    question = "xor/any-function"

    def inputs(self, rng):
        sign = float(rng.choice([-1.0, 1.0]))  # rises all the way, or falls
        coefficients = [
            float(rng.choice([-1, 1]) * rng.uniform(2.0, 3.0)),
            sign * float(rng.uniform(2.0, 3.0)),
            sign * float(rng.uniform(0.5, 1.0)),
            sign * float(rng.uniform(-0.5, 0.5)),
        ]
        units = [int(rng.integers(5, 8)), int(rng.integers(20, 30))]
        return {"coefficients": coefficients, "units": units}

    @staticmethod
    def run(student, coefficients, units):
        a, b, c, d = coefficients

        def g(x):
            return a + x * (b + x * (c + x * d))

        return [list(student.any_function(g, hidden)) for hidden in units]


class UnitsAskedFor(AnyFunction):
    name = "xor/units-asked-for"
    weight = 0.5

    def mark(self, result, inputs):
        for net, hidden in zip(result, inputs["units"], strict=True):
            shapes = [np.shape(part) for part in net]
            if shapes != [(1, hidden), (hidden,), (hidden, 1), (1,)]:
                return verdict(
                    f"`any_function` with {hidden} hidden units returns shapes "
                    f"{shapes}, expected (1, P), (P,), (P, 1), (1,)."
                )
        return Verdict(1.0)


class Approximates(AnyFunction):
    name = "xor/any-function"
    weight = 1.5

    def mark(self, result, inputs):
        g = polynomial(inputs["coefficients"], GRID)
        slope = np.abs(np.diff(g)).max() / GRID[1]
        sentences = []
        for net, hidden in zip(result, inputs["units"], strict=True):
            found, most = outputs(net), 1.5 * slope / hidden
            if found is None:
                sentences.append(
                    "`any_function` does not return four arrays of finite numbers that "
                    "fit together."
                )
            elif (distance := np.abs(found - g).max()) > most:
                sentences.append(
                    f"`any_function` with {hidden} hidden units misses by "
                    f"{distance:.2g} at x = {GRID[np.abs(found - g).argmax()]:.2f}, "
                    f"{distance / most:.2g} times what is allowed: look at where the "
                    f"steps stand, how steep and how high they are, and at w0."
                )
        share = 1 - len(sentences) / len(inputs["units"])
        return Verdict(share, sentences[0]) if sentences else Verdict(1.0)


class ParameterCount(Check):
    name = "xor/parameter-count"
    weight = 0.5

    def inputs(self, rng):
        return {"pairs": rng.integers(2, 60, (4, 2)).tolist()}

    @staticmethod
    def run(student, pairs):
        return [student.count_parameters(*pair) for pair in pairs]

    def mark(self, result, inputs):
        for count, (d, units) in zip(result, inputs["pairs"], strict=True):
            layers = [(d, units), (units, 1)]
            expected = sum(rows * columns + columns for rows, columns in layers)
            if compare(count, expected, 1e-6):
                return verdict(
                    f"`count_parameters` is wrong for {d} inputs and {units} units: "
                    f"each hidden unit has its weights and a bias, and so has the "
                    f"output."
                )
        return Verdict(1.0)


checks = [
    UnitsAskedFor(),
    Approximates(),
    ParameterCount(),
]
