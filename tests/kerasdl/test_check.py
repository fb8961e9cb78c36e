"""Each check passes what is right and says where it fails, ending with the hint."""

import numpy as np
import pytest
from keras import ops

from kerasdl import activations, check

pytestmark = pytest.mark.backend

HINT = "Look at the axis of the sum."


def message(function, *args, **options):
    with pytest.raises(AssertionError) as failure:
        function(*args, look_at=HINT, **options)
    text = str(failure.value)
    assert text.endswith(HINT)
    return text


@pytest.mark.parametrize("make", [np.array, ops.convert_to_tensor, list, tuple])
def test_accepts_every_kind_of_value(make):
    value = make([1.0, 2.0])
    check.shape(value, (2,), HINT)
    check.close(value, [1, 2], HINT)
    check.finite(value, HINT)


def test_accepts_numbers_and_lists_of_tensors():
    check.shape(3, (), HINT)
    check.close(3.0, np.float32(3), HINT)
    check.close([ops.ones(2), ops.zeros(2)], [[1, 1], [0, 0]], HINT)
    check.close(ops.ones(()) > 0, True, HINT)


def test_shape():
    assert "(3, 2), received (2, 3)" in message(check.shape, np.ones((2, 3)), (3, 2))
    assert "return" in message(check.shape, None, ())
    assert "received str" in message(check.shape, "text", ())
    message(check.shape, [[1, 2], [3]], (2, 2))


def test_close_says_how_much_and_where():
    value = np.zeros((2, 3))
    value[1, 2], value[0, 1] = 0.25, -0.1
    text = message(check.close, value, np.zeros((2, 3)))
    assert "0.25" in text and "[1, 2]" in text


def test_close_does_not_broadcast():
    message(check.close, np.ones((3, 1)), np.ones(3))
    message(check.close, 1.0, np.ones(3))


def test_close_does_not_pass_nan():
    message(check.close, [np.nan], [1.0])
    message(check.close, [np.nan], [np.nan])


def test_close_never_tells_the_expected_value():
    assert "4321" not in message(check.close, [1.0], [4321.0])


def test_close_tolerance_is_absolute_below_1_and_relative_above():
    check.close(0.05, 0.0, HINT, tolerance=0.1)
    check.close(1050.0, 1000.0, HINT, tolerance=0.1)
    message(check.close, 1150.0, 1000.0, tolerance=0.1)
    message(check.close, 1.001, 1.0)


def test_finite_says_where():
    text = message(check.finite, ops.convert_to_tensor([[1.0, 2.0], [3.0, np.inf]]))
    assert "1 of 4" in text and "[1, 1]" in text
    assert "3 of 3" in message(check.finite, [np.nan, np.inf, -np.inf])


X = np.array([-100.0, -2, -0.5, 0.1, 1, 30], "float32")


def test_gradient_passes_the_right_derivative():
    check.gradient(activations.tanh, activations.tanh_derivative, X, HINT)
    check.gradient(lambda x: x**3, lambda x: 3 * x**2, X, HINT)


def test_gradient_fails_wrong_ones_and_says_at_which_x():
    wrong = message(check.gradient, ops.sigmoid, lambda x: ops.sigmoid(x), X)
    assert "where x = 30" in wrong
    message(check.gradient, ops.tanh, lambda x: 1 - x**2, [0.5])
    message(check.gradient, ops.tanh, lambda x: 1 - ops.tanh(x), [0.5])


def test_gradient_needs_a_value_per_x():
    message(check.gradient, ops.tanh, lambda x: ops.sum(1 - ops.tanh(x) ** 2), X)
    message(check.gradient, ops.tanh, lambda x: None, X)
