"""Strings of bits and of states, int32, to predict the next from those before."""

import numpy as np

from kerasdl.arguments import check_whole


def bit_strings(n: int, length: int, seed: int = 0) -> np.ndarray:
    """Random bits `(n, length)`, 0 and 1 equally likely: nothing to be learned."""
    check_whole("bit_strings", 1, n=n, length=length)
    random = np.random.default_rng(seed)
    return random.integers(0, 2, (n, length), "int32")


def xor_strings(n: int, length: int, seed: int = 0) -> np.ndarray:
    """Bits `(n, length)`, each the XOR of the two before it; the first two are random.

    Past the first two the next bit is certain, but no single bit tells it.

    Raises:
        ValueError: when n is below 1 or length below 3.
    """
    check_whole("xor_strings", 3, length=length)
    strings = bit_strings(n, length, seed)
    for step in range(2, length):
        strings[:, step] = strings[:, step - 1] ^ strings[:, step - 2]
    return strings


def state_strings(
    n: int, length: int, transitions: np.ndarray, seed: int = 0
) -> np.ndarray:
    """Walks of a finite-state machine `(n, length)`, states 0, 1, ..., states - 1.

    All first states are equally likely; each next one depends on the last alone.

    Args:
        transitions: `(states, states)`; row i holds the probabilities of what follows
            state i.

    Raises:
        ValueError: when the rows are no probabilities, or n or length is below 1.
    """
    check_whole("state_strings", 1, n=n, length=length)
    upper = np.cumsum(_probabilities(transitions), axis=1)[:, :-1]
    random = np.random.default_rng(seed)
    strings = np.empty((n, length), "int32")
    strings[:, 0] = random.integers(0, len(upper), n)
    for step in range(1, length):
        draws = random.random((n, 1))
        strings[:, step] = (draws >= upper[strings[:, step - 1]]).sum(axis=1)
    return strings


def windows(string: np.ndarray, context: int) -> tuple[np.ndarray, np.ndarray]:
    """A string `(length,)` to inputs and targets of a GPT, both `(n, context)`.

    All n = length - context windows, and the same one place later: the last column of
    the targets is what follows the whole window.
    `windows([1, 1, 0, 1], 2)` is ([[1, 1], [1, 0]], [[1, 0], [0, 1]]).

    Raises:
        ValueError: unless the string has one axis and is longer than the context.
    """
    check_whole("windows", 1, context=context)
    string = np.asarray(string, "int32")
    if string.ndim != 1 or len(string) <= context:
        raise ValueError(
            "windows needs a string (length,), longer than the context. Received: "
            f"shape {string.shape}, context={context}. Take one row, or a shorter "
            "context."
        )
    rows = np.lib.stride_tricks.sliding_window_view(string, context)
    return rows[:-1].copy(), rows[1:].copy()


def _probabilities(transitions: np.ndarray) -> np.ndarray:
    table = np.asarray(transitions, "float64")
    square = table.ndim == 2 and table.shape[0] == table.shape[1] > 0
    if not square or (table < 0).any() or not np.allclose(table.sum(axis=1), 1):
        raise ValueError(
            "state_strings needs transitions (states, states) of probabilities, whose "
            f"rows sum to 1. Received: {table.tolist()}. Divide each row by its sum."
        )
    return table
