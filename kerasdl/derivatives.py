"""Values and slopes of the elementary operations: the rules behind both modes.

Forward mode (`kerasdl.dual_numbers`) carries slopes along with the values; reverse
mode (`kerasdl.computation_graph`) keeps them and goes through them backwards. Both
use the rules below. Compare `kerasdl.grad`, which does the same for tensors.
"""

import math
from collections.abc import Callable
from numbers import Real
from typing import NamedTuple


class Rule(NamedTuple):
    """An operation on floats and its derivative with respect to each of them."""

    symbol: str
    value: Callable[..., float]
    slopes: Callable[..., tuple[float, ...]]


def _power(base: float, exponent: float) -> float:
    if (base < 0 and exponent % 1) or (base == 0 and exponent < 0):
        raise ValueError(
            "A real power needs a base above 0, or a whole exponent, which for base 0 "
            f"is not negative. Received: {base} ** {exponent}. Keep the base positive."
        )
    return base**exponent


def _power_slopes(base: float, exponent: float) -> tuple[float, float]:
    if base == 0:
        steep = math.inf if exponent < 1 else 0.0
        return {0: 0.0, 1: 1.0}.get(exponent, steep), 0.0 if exponent else math.nan
    # A negative base has no real power nearby: no slope with respect to the exponent.
    by_exponent = base**exponent * math.log(base) if base > 0 else math.nan
    return exponent * base ** (exponent - 1), by_exponent


def _quotient(a: float, b: float) -> float:
    if b == 0:
        raise ValueError(
            f"A divisor must not be 0. Received: {a} / {b}. Keep it away from 0."
        )
    return a / b


def _logarithm(x: float) -> float:
    if x <= 0:
        raise ValueError(
            f"log needs a number above 0. Received: log({x}). Keep it positive."
        )
    return math.log(x)


ADD = Rule("+", lambda a, b: a + b, lambda a, b: (1.0, 1.0))
SUBTRACT = Rule("-", lambda a, b: a - b, lambda a, b: (1.0, -1.0))
MULTIPLY = Rule("*", lambda a, b: a * b, lambda a, b: (b, a))
DIVIDE = Rule("/", _quotient, lambda a, b: (1 / b, -a / b / b))
POWER = Rule("**", _power, _power_slopes)
EXP = Rule("exp", math.exp, lambda x: (math.exp(x),))
LOG = Rule("log", _logarithm, lambda x: (1 / x,))
SIN = Rule("sin", math.sin, lambda x: (math.cos(x),))
COS = Rule("cos", math.cos, lambda x: (-math.sin(x),))
TANH = Rule("tanh", math.tanh, lambda x: (1 - math.tanh(x) ** 2,))


class Differentiable:
    """A number that knows more than its value; subclasses say what, in `apply`.

    Its operators, and the functions below, take plain numbers too.
    """

    @classmethod
    def apply(cls, rule: Rule, *operands):
        raise NotImplementedError

    @classmethod
    def wrap(cls, number):
        """The number itself if it is one of this class, else a constant."""
        if isinstance(number, cls):
            return number
        if isinstance(number, Real) and not isinstance(number, Differentiable):
            return cls(float(number))
        raise ValueError(
            f"Expected a number or a {cls.__name__}. Received: {number!r}. "
            "Turn an array's element into a number with float(...)."
        )

    def __add__(self, other):
        return self.apply(ADD, self, other)

    def __radd__(self, other):
        return self.apply(ADD, other, self)

    def __sub__(self, other):
        return self.apply(SUBTRACT, self, other)

    def __rsub__(self, other):
        return self.apply(SUBTRACT, other, self)

    def __mul__(self, other):
        return self.apply(MULTIPLY, self, other)

    def __rmul__(self, other):
        return self.apply(MULTIPLY, other, self)

    def __truediv__(self, other):
        return self.apply(DIVIDE, self, other)

    def __rtruediv__(self, other):
        return self.apply(DIVIDE, other, self)

    def __pow__(self, other):
        return self.apply(POWER, self, other)

    def __rpow__(self, other):
        return self.apply(POWER, other, self)

    def __neg__(self):
        return self.apply(MULTIPLY, -1.0, self)


def exp(x):
    return _function(EXP, x)


def log(x):
    return _function(LOG, x)


def sin(x):
    return _function(SIN, x)


def cos(x):
    return _function(COS, x)


def tanh(x):
    return _function(TANH, x)


def _function(rule: Rule, x):
    return x.apply(rule, x) if isinstance(x, Differentiable) else rule.value(x)
