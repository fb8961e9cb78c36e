"""Problem 3: the plan of a ResNet, and what it costs."""

from autograder.checks import Check, Verdict

from .common import array, verdict


class Plan(Check):
    question = "plan/blocks"

    def inputs(self, rng):
        n, filters = int(rng.integers(2, 5)), int(rng.integers(3, 9))
        return {"n": n, "filters": filters, "depths": [6 * n + 2, 6 * n + 8]}

    @staticmethod
    def run(student, depths, filters):
        plans = [student.resnet_plan(depth, filters) for depth in depths]
        return [[[int(number) for number in block] for block in p] for p in plans]


class Blocks(Plan):
    name = "plan/number-of-blocks"

    def mark(self, result, inputs):
        for depth, plan in zip(inputs["depths"], result, strict=True):
            if len(plan) != (depth - 2) // 2:
                return verdict(
                    f"`resnet_plan` for depth {depth} has {len(plan)} blocks: each has "
                    f"two of the layers that count, stem and head are one each."
                )
        return Verdict(1.0)


class Filters(Plan):
    """By stages: how many blocks there are is another check's idea."""

    name = "plan/filters"

    def mark(self, result, inputs):
        f = inputs["filters"]
        for plan in result:
            own = [block[0] for block in plan]
            counts = [own.count(width) for width in (f, 2 * f, 4 * f)]
            unequal = len(set(counts)) > 1 or not own
            if own != sorted(own) or sum(counts) != len(own) or unequal:
                return verdict(
                    f"`resnet_plan` with {f} filters has blocks of {own}: three stages "
                    f"of equal length, and each later stage has twice as many."
                )
        return Verdict(1.0)


class Strides(Plan):
    """Where the student's own filters change, whatever they are."""

    name = "plan/strides"

    def mark(self, result, inputs):
        for plan in result:
            own = [block[1] for block in plan]
            third = len(own) // 3
            by_place = [2 if i in (third, 2 * third) else 1 for i in range(len(own))]
            widths = [block[0] for block in plan]
            by_width = [
                1 if i == 0 or widths[i] == widths[i - 1] else 2
                for i in range(len(own))
            ]
            if own not in (by_place, by_width):
                return verdict(
                    f"`resnet_plan` has the strides {own}: 2 in the first block of the "
                    f"second and of the third stage only."
                )
        return Verdict(1.0)


class NoSuchDepth(Check):
    name = "plan/no-such-depth"

    def inputs(self, rng):
        wrong = [6 * int(rng.integers(2, 9)) + 2 + k for k in (1, 2, 3, 4, 5)]
        return {"depths": [2, *wrong]}

    @staticmethod
    def run(student, depths):
        accepted = []
        for depth in depths:
            try:
                student.resnet_plan(depth, 4)
            except ValueError:
                continue
            accepted.append(depth)
        return accepted

    def mark(self, result, inputs):
        if not result:
            return Verdict(1.0)
        return verdict(
            f"`resnet_plan` accepts the depth {result[0]}, which is no 6 n + 2 with "
            f"n = 1 or more: raise a ValueError."
        )


class Count(Check):
    """Differences of the student's own counts tell the parts from each other."""

    question = "plan/counts"

    def inputs(self, rng):
        n, f, channels = (int(rng.integers(*ends)) for ends in ((2, 5), (3, 9), (2, 5)))
        classes, depth = int(rng.integers(4, 12)), 6 * n + 2
        return {
            "n": n,
            "f": f,
            "channels": channels,
            "classes": classes,
            "questions": [
                [depth, f, channels, classes],
                [depth, f, channels + 1, classes],
                [depth, f, channels, classes + 1],
                [depth + 6, f, channels, classes],
            ],
        }

    @staticmethod
    def run(student, questions):
        return [list(student.count_weights(*question)) for question in questions]

    def counts(self, result):
        """Learned numbers of the four questions, and what each change adds; or None."""
        table = array(result)
        if table is None or table.shape != (4, 2):
            return None
        learned = table[:, 0]
        return learned[0], learned[1:] - learned[0], table[0, 1]

    def mark(self, result, inputs):
        counts = self.counts(result)
        if counts is None:
            return verdict("`count_weights` gives two numbers: (learned, running).")
        return verdict(self.wrong(*counts, inputs))


class Stem(Count):
    name = "plan/weights-of-the-stem"

    def wrong(self, total, more, running, inputs):
        if more[0] == 9 * inputs["f"]:
            return None
        return (
            f"One more channel of the images adds {more[0]:g} learned numbers: every "
            f"filter of the stem has a window of 3 x 3 more, and nothing else."
        )


class Head(Count):
    name = "plan/weights-of-the-head"

    def wrong(self, total, more, running, inputs):
        if more[1] == 4 * inputs["f"] + 1:
            return None
        return (
            f"One more class adds {more[1]:g} learned numbers: a weight for each "
            f"channel of the last stage, and a bias."
        )


class InnerBlocks(Count):
    name = "plan/weights-of-a-block"

    def wrong(self, total, more, running, inputs):
        widths = [inputs["f"] * 2**stage for stage in range(3)]
        if more[2] == sum(18 * width**2 + 4 * width for width in widths):
            return None
        return (
            f"Six layers more add {more[2]:g} learned numbers: a block with the "
            f"identity as shortcut in each stage, two convolutions and two norms."
        )


class Changes(Count):
    """What is left when the student's own stem, blocks and head are taken away."""

    name = "plan/weights-where-shapes-change"

    def wrong(self, total, more, running, inputs):
        per_channel, per_class, per_depth = more
        rest = total - inputs["channels"] * per_channel
        rest -= inputs["classes"] * per_class + inputs["n"] * per_depth
        expected = 2 * inputs["f"]  # the norm of the stem
        for width in (2 * inputs["f"], 4 * inputs["f"]):
            expected += 9 * width * (width // 2) - 9 * width**2  # the first kernel
            expected += width * (width // 2) + 2 * width  # the projection and its norm
        if rest == expected:
            return None
        return (
            f"`count_weights` counts {abs(rest - expected):g} learned numbers too "
            f"{'many' if rest > expected else 'few'}, besides stem, head and inner "
            f"blocks: look at the first block of a stage, its channels and its "
            f"projection with norm; and at the stem's norm."
        )


class Running(Count):
    name = "plan/running-averages"

    def wrong(self, total, more, running, inputs):
        widths = [inputs["f"] * 2**stage for stage in range(3)]
        norms = 2 * inputs["n"] * sum(widths) + sum(widths)
        if running == 2 * norms:
            return None
        return (
            f"`count_weights` gives {running:g} running averages: two per channel of "
            f"every norm, of the stem, of both convolutions of a block and of both "
            f"projections."
        )


checks = [
    Blocks(),
    Filters(),
    Strides(),
    NoSuchDepth(),
    Stem(),
    Head(),
    InnerBlocks(),
    Changes(),
    Running(),
]
