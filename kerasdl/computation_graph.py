"""Automatic differentiation in reverse mode, from scratch."""

from collections.abc import Callable, Sequence

from kerasdl.derivatives import Differentiable, Rule


class Number(Differentiable):
    """A number that remembers how it was computed.

        a, b = Number(2, "a"), Number(1, "b")
        e = (a + b) * (b + 1)
        e.backward()
        a.gradient, b.gradient  # 2.0, 5.0

    Every operation makes a node of a graph: its value, its parents, and its slope
    with respect to each of them. `backward` goes from the output to the inputs and
    multiplies the slopes of a path and adds up the paths: the chain rule.

    Args:
        value: a number.
        name: what a drawing calls it (`kerasdl.plot.computation_graph`).

    Attributes:
        gradient: of the number on which `backward` was called last; None before that.

    Source: lecture, automatic differentiation; Baydin et al., section 3.2,
    https://arxiv.org/abs/1502.05767
    """

    def __init__(self, value: float, name: str = ""):
        self.value = float(value)
        self.name = name
        self.symbol = ""
        self.parents: Sequence[Number] = ()
        self.slopes: Sequence[float] = ()
        self.gradient: float | None = None

    @classmethod
    def apply(cls, rule: Rule, *operands):
        parents = [cls.wrap(operand) for operand in operands]
        values = [parent.value for parent in parents]
        result = cls(rule.value(*values))
        result.symbol, result.parents = rule.symbol, parents
        result.slopes = rule.slopes(*values)
        return result

    def ancestors(self) -> list["Number"]:
        """All numbers that this one was computed from, each after its parents.

        The last one is this number itself. The list takes the place of recursion,
        which would end at about a thousand operations in a row.
        """
        order, entered, waiting = [], set(), [(self, False)]
        while waiting:
            number, parents_done = waiting.pop()
            if parents_done:
                order.append(number)
            elif number not in entered:
                entered.add(number)
                waiting.append((number, True))
                waiting.extend((parent, False) for parent in reversed(number.parents))
        return order

    def backward(self) -> None:
        """Set `gradient`, d self / d number, in each number that led to this one.

        Starts anew at each call: gradients of an earlier one are forgotten.
        """
        order = self.ancestors()
        for number in order:
            number.gradient = 0.0
        self.gradient = 1.0
        for number in reversed(order):
            for parent, slope in zip(number.parents, number.slopes, strict=True):
                parent.gradient += slope * number.gradient

    def __repr__(self):
        name = f", {self.name!r}" if self.name else ""
        return f"Number({self.value}{name})"


def gradient(function: Callable, *point: float) -> list[float]:
    """All partial derivatives of a function of numbers at a point, in one pass."""
    inputs = [Number(value) for value in point]
    Number.wrap(function(*inputs)).backward()
    return [0.0 if number.gradient is None else number.gradient for number in inputs]
