"""Problem 1: where a block adds, and where its last ReLU stands."""

from autograder.checks import Verdict

from .block import NARROW, WIDE, Block
from .common import array, verdict


class SumFirst(Block):
    """What is added must have both signs: a ReLU before the sum would cut one off."""

    name = "block/no-relu-before-the-sum"

    def mark(self, result, inputs):
        for part, name in zip(result, (NARROW, WIDE), strict=True):
            added = self.added(part, "plain")
            if self.lacks_shortcut(part):
                continue  # there is no sum
            if added is None or added.min() > -1e-2:
                return verdict(
                    f"{name} never adds anything negative to its shortcut: add first, "
                    f"and take the ReLU of the sum alone."
                )
        return Verdict(1.0)


class ReluLast(Block):
    name = "block/relu-after-the-sum"

    def mark(self, result, inputs):
        for part, name in zip(result, (NARROW, WIDE), strict=True):
            output = array(part["negative"])
            if output is None or output.size == 0 or output.min() < -1e-3:
                return verdict(
                    f"{name} gives negative numbers: behind the sum stands a ReLU."
                )
        return Verdict(1.0)


class NoRelu(Block):
    """Far below zero the branch must not show: the shortcut pulls the sum down."""

    name = "block/no-relu-in-the-shortcut"

    def mark(self, result, inputs):
        for part, name in zip(result, (NARROW, WIDE), strict=True):
            output = array(part["below"])
            if self.lacks_shortcut(part):
                continue
            if output is None or output.max() > 1e-2:
                return verdict(
                    f"Where the shortcut of {name} is far below 0, the sum is still "
                    f"positive: no ReLU belongs in the shortcut."
                )
        return Verdict(1.0)


checks = [SumFirst(), ReluLast(), NoRelu()]
