"""Problem 1: a residual block."""

import numpy as np

from autograder.checks import Check, compare

from .common import array, convolution, first, nearest, relu, told, verdict

NARROW, WIDE = "`ResidualBlock(5)`", "`ResidualBlock(5, stride=2)`"


class Block(Check):
    """A block with each kind of shortcut, on five and on three channels.

    The input lies in [2, 4] and the branch is small, so that the last ReLU lets the
    sum through: what the block adds to its shortcut can be read off. What comes out has
    the same shape for both, so that little has to be compiled.
    """

    question = "block/given-weights"
    seconds = 40  # where kernels of another shape have to be compiled

    def inputs(self, rng):
        images = [rng.uniform(2.0, 4.0, (2, *size)) for size in ((3, 3, 5), (6, 6, 3))]
        signs = rng.permutation([-1.0, -1.0, 1.0, 1.0, 1.0])
        return {
            "images": images,
            "minus": [-x for x in images],
            "company": [np.stack([x[0], 0.5 * x[1]]) for x in images],
            "kernels": [
                0.07 * rng.normal(size=(3, 3, 3, 5)),
                0.05 * rng.normal(size=(3, 3, 5, 5)),
                rng.uniform(0.3, 1.0, (1, 1, 3, 5)),
                rng.uniform(0.3, 1.0, (1, 1, 5, 5)),
            ],
            "gamma": signs * rng.uniform(0.6, 1.3, 5),
        }

    @staticmethod
    def run(student, images, minus, company, kernels, gamma):
        kernels = [ops.convert_to_numpy(kernel) for kernel in kernels]  # noqa: F821
        given = {kernel.shape: kernel for kernel in kernels}

        def shapes(weights):
            return [[int(size) for size in weight.shape] for weight in weights]

        def outputs(block, x, minus, company):
            block(x)
            kernels, scales = [], []
            for weight in block.trainable_weights:
                if len(weight.shape) == 4:
                    kernels.append(weight)
                elif np.all(ops.convert_to_numpy(weight.value) == 1.0):  # noqa: F821
                    scales.append(weight)
            for weight in kernels:
                shape = tuple(weight.shape)
                if shape in given:
                    value = given[shape]
                    weight.assign(value if shape[0] == 1 else 0.0 * value)
            answer = {
                "learned": shapes(block.trainable_weights),
                "kept": shapes(block.non_trainable_weights),
                "empty": block(x),
                "negative": block(minus),
            }
            for weight in kernels:
                if tuple(weight.shape) in given:
                    weight.assign(given[tuple(weight.shape)])
            answer["plain"] = block(x)
            answer["below"] = block(minus)
            answer["company"] = block(company)
            for weight in scales:
                if tuple(weight.shape) == tuple(gamma.shape):
                    weight.assign(gamma)
            answer["scaled"] = block(x)
            kept = block.non_trainable_weights
            before = [ops.convert_to_numpy(w.value).copy() for w in kept]  # noqa: F821
            block(x, training=True)
            after = [ops.convert_to_numpy(w.value) for w in kept]  # noqa: F821
            pairs = zip(before, after, strict=True)
            answer["moved"] = sum(bool(np.any(a != b)) for a, b in pairs)
            return answer

        blocks = student.ResidualBlock(5), student.ResidualBlock(5, stride=2)
        cases = zip(blocks, images, minus, company, strict=True)
        return [outputs(*case) for case in cases]

    @staticmethod
    def branch(inputs, wide, gamma=1.0, between=relu):
        """F(x), by slow loops."""
        wider, same = inputs["kernels"][:2]
        start, stride = (wider, 2) if wide else (same, 1)
        x = inputs["images"][int(wide)]
        hidden = between(gamma * convolution(x, start, stride))
        return gamma * convolution(hidden, same)

    @staticmethod
    def added(part, output):
        """What a block adds to its own shortcut, or None."""
        output, empty = array(part[output]), array(part["empty"])
        if output is None or empty is None or output.shape != empty.shape:
            return None
        return output - empty

    @staticmethod
    def lacks_shortcut(part):
        """Whether nothing is left without a branch: another check's idea."""
        empty = array(part["empty"])
        return empty is not None and empty.size > 0 and empty.max() < 1e-2


class Weights(Block):
    """Two kernels of 3 x 3; and two numbers learned and kept a channel of each norm."""

    name = "block/weights"

    def mark(self, result, inputs):
        return verdict(
            first(
                self.wrong(NARROW, result[0], [[3, 3, 5, 5], [3, 3, 5, 5]]),
                self.wrong(WIDE, result[1], [[3, 3, 3, 5], [3, 3, 5, 5]]),
            )
        )

    def wrong(self, name, part, expected):
        learned, kept = part["learned"], part["kept"]
        kernels = [shape for shape in learned if len(shape) == 4]
        large = sorted(shape for shape in kernels if shape[:2] == [3, 3])
        vectors = [shape for shape in learned if len(shape) != 4]
        enough = 2 * len(kernels) * [[5]]
        if large == expected and vectors == enough and kept == enough:
            return None
        return (
            f"{name} learns weights of shapes {learned} and keeps {kept}: it needs two "
            f"kernels of 3 x 3, no bias, and behind every convolution a batch "
            f"normalisation of its own, which learns two numbers a channel and keeps "
            f"two."
        )


class IdentityShortcut(Block):
    name = "block/identity-shortcut"

    def mark(self, result, inputs):
        difference = compare(result[0]["empty"], inputs["images"][0], 1e-3)
        look_at = "with kernels of zeros what remains of a positive x is the shortcut."
        return verdict(told(NARROW, difference, look_at))


class ProjectionShortcut(Block):
    name = "block/projection-shortcut"

    def mark(self, result, inputs):
        if [1, 1, 3, 5] not in result[1]["learned"]:
            return verdict(f"{WIDE} has no projection of 3 channels: a kernel 1 x 1.")
        expected = convolution(inputs["images"][1], inputs["kernels"][2], 2)
        difference = compare(result[1]["empty"], expected, 3e-3)
        look_at = (
            "with zeros in the kernels of 3 x 3 what remains is the projection of the "
            "block's input; look at its stride and at what it is fed with."
        )
        return verdict(told(WIDE, difference, look_at))


class Branch(Block):
    name = "block/branch"

    def mark(self, result, inputs):
        sentences = []
        for number, name in enumerate((NARROW, WIDE)):
            branch = self.branch(inputs, number == 1)
            candidates = (branch, relu(branch))
            difference = nearest(self.added(result[number], "plain"), candidates, 5e-3)
            look_at = (
                "what it adds to its shortcut is not F(x). Look at both convolutions, "
                "at the ReLU between them, and at which of them has the stride."
            )
            sentences.append(told(name, difference, look_at))
        return verdict(first(*sentences))


class Norms(Block):
    """Gammas of both signs: before and behind a ReLU they are not the same."""

    name = "block/norms"

    def mark(self, result, inputs):
        candidates = []  # with and without either ReLU: another check's idea
        for between in (relu, lambda x: x):
            branch = self.branch(inputs, False, inputs["gamma"], between)
            candidates += [branch, relu(branch)]
        difference = nearest(self.added(result[0], "scaled"), candidates, 5e-3)
        look_at = (
            "with other gammas it does not add F(x) to its shortcut. A norm stands "
            "behind each convolution, the first one before the ReLU."
        )
        return verdict(told(NARROW, difference, look_at))


checks = [
    Weights(),
    IdentityShortcut(),
    ProjectionShortcut(),
    Branch(),
    Norms(),
]
