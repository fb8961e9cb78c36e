"""Automatic differentiation in forward mode, from scratch."""

from collections.abc import Callable

from kerasdl.derivatives import Differentiable, Rule


class Dual(Differentiable):
    """A dual number value + slope d, where d**2 = 0.

    Arithmetic with dual numbers is arithmetic with values and, beside it, the chain
    rule: f(v + s d) = f(v) + f'(v) s d. Whoever starts with slope 1 at x and 0 at all
    other inputs has df/dx in the slope of the result, without a limit and without a
    formula for f'.

    Args:
        value: a number.
        slope: its derivative with respect to whatever one differentiates by.

    Source: lecture, automatic differentiation; Baydin et al., section 3.1,
    https://arxiv.org/abs/1502.05767
    """

    def __init__(self, value: float, slope: float = 0.0):
        self.value = float(value)
        self.slope = float(slope)

    @classmethod
    def apply(cls, rule: Rule, *operands):
        operands = [cls.wrap(operand) for operand in operands]
        values = [operand.value for operand in operands]
        value = rule.value(*values)
        pairs = zip(rule.slopes(*values), operands, strict=True)
        # A slope of 0 adds nothing, even where the rule's slope does not exist.
        slope = sum(rate * operand.slope for rate, operand in pairs if operand.slope)
        return cls(value, slope)

    def __repr__(self):
        return f"Dual({self.value}, {self.slope})"


def partial(function: Callable, *point: float, argnum: int = 0) -> float:
    """The partial derivative of a function of numbers at a point: one pass."""
    inputs = [Dual(value, index == argnum) for index, value in enumerate(point)]
    return Dual.wrap(function(*inputs)).slope


def gradient(function: Callable, *point: float) -> list[float]:
    """All partial derivatives: as many passes as inputs.

    Reverse mode needs one, whatever their number: `kerasdl.computation_graph`.
    """
    return [partial(function, *point, argnum=index) for index in range(len(point))]
