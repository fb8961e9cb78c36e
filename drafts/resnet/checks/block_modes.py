"""Problem 1: a block in training and afterwards, and when it projects."""

from autograder.checks import Check, Verdict, compare

from .block import NARROW, WIDE, Block
from .common import array, verdict


class Training(Block):
    name = "block/training"

    def mark(self, result, inputs):
        for part, name in zip(result, (NARROW, WIDE), strict=True):
            if not part["kept"] or part["moved"] < len(part["kept"]):
                return verdict(
                    f"In training {part['moved']} of {len(part['kept'])} running "
                    f"averages of {name} move: all norms need to know that it is "
                    f"training."
                )
            own, other = array(part["plain"]), array(part["company"])
            if own is None or other is None or compare(own[0], other[0], 1e-3):
                return verdict(
                    f"Outside of training an image's output of {name} depends on the "
                    f"others of its batch: do not set `training` yourself."
                )
        return Verdict(1.0)


class WhenToProject(Check):
    """By the shapes of blocks of which only size or only the channels change."""

    name = "block/when-to-project"

    @staticmethod
    def run(student):
        found, x = [], keras.Input((6, 6, 3))  # noqa: F821
        for filters, stride in ((3, 1), (3, 2), (5, 1)):
            try:
                block = student.ResidualBlock(filters, stride)
                block(x)
                shapes = [tuple(w.shape) for w in block.trainable_weights]
                found.append(sum(shape[:2] == (1, 1) for shape in shapes))
            except NotImplementedError:
                raise
            except (ValueError, TypeError, RuntimeError, ArithmeticError):
                found.append(-1)
            except Exception as error:
                if type(error).__name__ != "InvalidArgumentError":
                    raise
                found.append(-1)
        return found

    def mark(self, result, inputs):
        cases = ("nothing changes", "the size changes", "the channels change")
        for found, expected, case in zip(result, (0, 1, 1), cases, strict=True):
            if found != expected:
                what = "fails" if found < 0 else f"has {found} projections"
                return verdict(
                    f"`ResidualBlock` {what} where {case}: the shortcut is the "
                    f"identity only if F(x) has the shape of x, size and channels."
                )
        return Verdict(1.0)


checks = [Training(), WhenToProject()]
