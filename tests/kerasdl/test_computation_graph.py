"""Both modes from scratch agree with `kerasdl.grad`, and with the rules of calculus."""

import math
import sys

import numpy as np
import pytest
from keras import ops

import kerasdl
from kerasdl import computation_graph, derivatives, dual_numbers
from kerasdl.computation_graph import Number
from kerasdl.dual_numbers import Dual

pytestmark = pytest.mark.backend

# The same text as a function of our numbers and of tensors; m has exp, log, ...
FUNCTIONS = {
    "lecture": lambda m, a, b: (a + b) * (b + 1),
    "minus": lambda m, a, b: 1 - a - (b - 2) - -a * b,
    "divide": lambda m, a, b: a / b + 3 / a - b / 2,
    "power": lambda m, a, b: a**2 + b**-1.5 + a**b + 2**a,
    "exp": lambda m, a, b: m.exp(a * b) - m.exp(-a),
    "log": lambda m, a, b: m.log(a + b) * m.log(a),
    "waves": lambda m, a, b: m.sin(a * b) / m.cos(b) + a,
    "tanh": lambda m, a, b: m.tanh(a - b) ** 3,
    "sum of paths": lambda m, a, b: a * a * a + a + m.sin(a) * a,
    "neuron": lambda m, a, b: 1 / (1 + m.exp(-(2 * a - 3 * b + 0.5))),
}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_both_modes_agree_with_the_backend(name):
    point = (1.3, 0.7)
    expected = kerasdl.grad(lambda a, b: FUNCTIONS[name](ops, a, b), argnums=(0, 1))(
        *(ops.convert_to_tensor(np.float32(value)) for value in point)
    )
    expected = [float(ops.convert_to_numpy(slope)) for slope in expected]

    def function(a, b):
        return FUNCTIONS[name](derivatives, a, b)

    reverse = computation_graph.gradient(function, *point)
    forward = dual_numbers.gradient(function, *point)
    np.testing.assert_allclose(reverse, expected, rtol=1e-4, atol=1e-5)
    np.testing.assert_allclose(forward, reverse, rtol=1e-12)
    value = FUNCTIONS[name](derivatives, *point)
    for number in (Number, Dual):
        assert function(*map(number, point)).value == pytest.approx(value, rel=1e-12)


def test_lecture_example():
    a, b = Number(2, "a"), Number(1, "b")
    e = (a + b) * (b + 1)
    assert (e.value, a.gradient) == (6, None)
    e.backward()
    assert (a.gradient, b.gradient, e.gradient) == (2, 5, 1)


def test_squared_error_of_a_neuron():
    """e = (y - (w x + b))^2 + w^2 at w=2, x=3, b=1, y=10, by hand."""
    w, x, b, y = (Number(value) for value in (2, 3, 1, 10))
    e = (y - (w * x + b)) ** 2 + w**2
    e.backward()
    assert e.value == 13
    assert [n.gradient for n in (w, x, b, y)] == [-14, -12, -6, 6]


def test_backward_starts_anew():
    x = Number(3.0)
    y = x * x
    y.backward()
    y.backward()
    assert x.gradient == 6
    (2 * x).backward()
    assert x.gradient == 2


def test_ancestors_come_after_their_parents_and_once():
    x = Number(2.0)
    y = x * x + x
    order = y.ancestors()
    assert len(order) == 3 and order[0] is x and order[-1] is y


def test_long_chains_need_no_recursion():
    x = Number(1.0)
    y = x
    for _ in range(5 * sys.getrecursionlimit()):
        y = y * 1.0 + 0.001
    y.backward()
    assert x.gradient == 1


def test_shared_nodes_are_visited_once():
    """Sixty doublings: 2^60 paths, 60 nodes."""
    x = Number(1.0)
    y = x
    for _ in range(60):
        y = y + y
    y.backward()
    assert x.gradient == 2.0**60


def test_powers_at_their_edges():
    assert computation_graph.gradient(lambda x: x**2, -3.0) == [-6]
    assert computation_graph.gradient(lambda x: x**0, 0.0) == [0]
    assert computation_graph.gradient(lambda x: x**1, 0.0) == [1]
    assert computation_graph.gradient(lambda x: x**3, 0.0) == [0]
    assert computation_graph.gradient(lambda x: x**0.5, 0.0) == [math.inf]
    assert dual_numbers.gradient(lambda x: x**2, -3.0) == [-6]


@pytest.mark.parametrize("number", [Number, Dual])
def test_errors_name_the_operation(number):
    x = number(-2.0)
    with pytest.raises(ValueError, match=r"Received: log\(-2.0\)"):
        derivatives.log(x)
    with pytest.raises(ValueError, match=r"Received: -2.0 \*\* 0.5"):
        x**0.5
    with pytest.raises(ValueError, match=r"Received: 1.0 / 0.0"):
        1 / number(0.0)
    with pytest.raises(ValueError, match=r"Received: 0.0 \*\* -1.0"):
        number(0.0) ** -1
    with pytest.raises(ValueError, match="Received: 'two'"):
        x * "two"


def test_numbers_and_dual_numbers_do_not_mix():
    with pytest.raises(ValueError, match=r"Expected a number or a Number. .*Dual"):
        Number(1.0) + Dual(1.0)


def test_a_function_that_does_not_use_its_input():
    assert computation_graph.gradient(lambda a, b: b * 2, 1.0, 1.0) == [0, 2]
    assert dual_numbers.gradient(lambda a: 3.0, 1.0) == [0]


def test_functions_take_plain_numbers():
    assert derivatives.exp(0.0) == 1
    assert derivatives.tanh(0.5) == math.tanh(0.5)


def test_dual_numbers_square_to_nothing():
    epsilon = Dual(0.0, 1.0)
    square = epsilon * epsilon
    assert (square.value, square.slope) == (0, 0)


def test_one_partial_derivative():
    assert dual_numbers.partial(lambda x, y: x * y**2, 3.0, 2.0, argnum=1) == 12


def test_what_they_look_like():
    assert repr(Number(2, "a")) == "Number(2.0, 'a')"
    assert repr(Dual(2, 1)) == "Dual(2.0, 1.0)"
