"""Problem 2: where the sum goes."""

import numpy as np

from autograder.checks import Check, Verdict, compare

from .common import array, nearest, relu, told, verdict

STEPS = {
    "sum_first": lambda x, branch: relu(x + branch(x)),
    "relu_first": lambda x, branch: x + relu(branch(x)),
    "pre": lambda x, branch: x + branch(relu(x)),
}


# A further step that the chain does not take for another one: what it is made of is
# looked at in the first step.
MISTAKEN = (
    lambda x, branch: x + branch(x),
    lambda x, branch: relu(x) + branch(relu(x)),
    lambda x, branch: branch(x),
    lambda x, branch: relu(branch(x)),
    lambda x, branch: branch(relu(x)),
)


class Stream(Check):
    question = "stream/stream"

    def inputs(self, rng):
        return {
            "x": rng.normal(size=(3, 4)),
            "matrices": [0.8 * rng.normal(size=(4, 4)) for _ in range(3)],
            "orders": list(STEPS),
        }

    @staticmethod
    def run(student, x, matrices, orders):
        branches = [lambda x, w=w: ops.matmul(x, w) for w in matrices]  # noqa: F821
        return [list(student.residual_stream(x, branches, name)) for name in orders]

    def streams(self, result, inputs):
        """By order, the student's tensors x_1, x_2 ..., whether x_0 is there or not."""
        for order, own in zip(STEPS, result, strict=True):
            own = [array(x) for x in own]
            if own and compare(own[0], inputs["x"]) is None:
                own = own[1:]
            yield order, own


class Step(Stream):
    """The first step alone."""

    def __init__(self, order, idea):
        self.name, self.order = f"stream/{idea}", order

    def mark(self, result, inputs):
        own = dict(self.streams(result, inputs))[self.order]
        matrix = inputs["matrices"][0]
        expected = STEPS[self.order](inputs["x"], lambda x: x @ matrix)
        difference = compare(own[0] if own else None, expected)
        look_at = "look at what goes through the ReLU: x, the branch or the sum."
        return verdict(told(f'x_1 in the order "{self.order}"', difference, look_at))


class Chain(Stream):
    """Each further step, from the student's own stream, in any order."""

    name = "stream/each-branch-gets-the-last-output"

    def mark(self, result, inputs):
        for order, own in self.streams(result, inputs):
            if len(own) < 2 or any(x is None for x in own):
                return verdict(f'"{order}": one tensor for each of three branches.')
            for before, after, matrix in zip(
                own, own[1:], inputs["matrices"][1:], strict=False
            ):
                known = (*STEPS.values(), *MISTAKEN)
                steps = [step(before, lambda x, w=matrix: x @ w) for step in known]
                difference = nearest(after, steps)
                if difference:
                    return verdict(
                        f'"{order}": a tensor behind the first {difference}: compared '
                        f"with a step from the one before it, with the next branch."
                    )
        return Verdict(1.0)


class Whole(Stream):
    name = "stream/whole-stream"

    def mark(self, result, inputs):
        for order, own in zip(STEPS, result, strict=True):
            if len(own) != 4 or compare(own[0], inputs["x"]):
                return verdict(
                    f'"{order}": {len(own)} tensors for three branches. The stream is '
                    f"x itself, and then what each block returns."
                )
        return Verdict(1.0)


class Direct(Check):
    question = "stream/direct-path"

    def inputs(self, rng):
        positive = rng.uniform(0.5, 2.0, (4, 3, 5))
        stream, places = positive.copy(), rng.permutation(15)
        for number in (1, 2, 3):  # each has zeros of its own, and shares some
            closed = [*places[2 * number : 2 * number + 2], *places[8:10]]
            stream[number].flat[closed] = 0.0
        return {"stream": list(stream), "dark": [-positive[0], *positive[1:]]}

    @staticmethod
    def run(student, stream, dark):
        return {
            "stops": student.direct_gradient(stream, "sum_first"),
            "dark": student.direct_gradient(dark, "sum_first"),
            "others": [
                student.direct_gradient(stream, "relu_first"),
                student.direct_gradient(stream, "pre"),
            ],
        }


class Stops(Direct):
    name = "stream/relus-on-the-direct-path"

    def mark(self, result, inputs):
        expected = np.all(np.array(inputs["stream"])[1:] > 0, axis=0).astype(float)
        difference = compare(result["stops"], expected)
        look_at = "a single ReLU that gives 0 stops that number's gradient, a 1 passes."
        return verdict(told('`direct_gradient` of "sum_first"', difference, look_at))


class Start(Direct):
    name = "stream/the-input-passes-no-relu"

    def mark(self, result, inputs):
        difference = compare(result["dark"], np.ones((3, 5)))
        look_at = "x_0 is below 0 here, all others above: it is no ReLU's output."
        return verdict(told('`direct_gradient` of "sum_first"', difference, look_at))


class Free(Direct):
    name = "stream/nothing-on-the-direct-path"

    def mark(self, result, inputs):
        for order, own in zip(("relu_first", "pre"), result["others"], strict=True):
            difference = compare(own, np.ones((3, 5)))
            if difference:
                return verdict(
                    f'`direct_gradient` of "{order}" {difference}: no ReLU stands '
                    f"beside the branches there."
                )
        return Verdict(1.0)


checks = [
    Step("sum_first", "sum-first"),
    Step("relu_first", "relu-first"),
    Step("pre", "pre-activation"),
    Chain(),
    Whole(),
    Stops(),
    Start(),
    Free(),
]
