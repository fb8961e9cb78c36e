"""A step along a differential equation."""


def runge_kutta_step(slope, state, duration):
    """State y(t) to y(t + duration), where y'(t) = slope(y(t)); fourth order.

    The weighted mean of four slopes: one at the start, two half-way, one at the end.
    The error of a step shrinks with duration^5; where y is a polynomial of t of degree
    4 or less and the slope depends on t alone, there is none.

    Args:
        slope: maps a state to its rate of change, of the same shape: NumPy arrays or
            tensors, whichever the state is.
        duration: a number, also a negative one.

    Source: lecture, neural ordinary differential equations; Hairer, Norsett and
    Wanner, "Solving Ordinary Differential Equations I", section II.1.
    """
    first = slope(state)
    second = slope(state + duration / 2 * first)
    third = slope(state + duration / 2 * second)
    fourth = slope(state + duration * third)
    return state + duration / 6 * (first + 2 * second + 2 * third + fourth)
