"""Messages survive the wire, and what is no message is refused as such."""

import json
import socket
import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from autograder.box import wire

arrays = hnp.arrays(
    st.sampled_from(["float32", "float64", "int32", "uint8", "bool"]),
    hnp.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=4),
)
leaves = st.none() | st.booleans() | st.integers() | st.text() | arrays
plain = st.recursive(
    leaves,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(max_size=5), inner, max_size=4)
    ),
    max_leaves=12,
)


def through(value):
    packed = wire.pack(value)
    header, _ = wire.HEADER.unpack(packed[: wire.HEADER.size])
    rest = packed[wire.HEADER.size :]
    return wire.unpack(rest[:header], rest[header:])


def same(a, b):
    if isinstance(a, np.ndarray):
        return (
            isinstance(b, np.ndarray)
            and a.dtype == b.dtype
            and a.shape == b.shape
            and a.tobytes() == b.tobytes()
        )
    if isinstance(a, dict):
        return set(a) == set(b) and all(same(a[key], b[key]) for key in a)
    if isinstance(a, list):
        return len(a) == len(b) and all(map(same, a, b))
    return type(a) is type(b) and a == b


@given(plain)
def test_values_come_back(value):
    assert same(value, through(value))


@given(st.binary(max_size=60), st.binary(max_size=60))
def test_noise_is_a_wire_error_or_a_value(header, body):
    try:
        wire.unpack(header, body)
    except wire.WireError:
        pass


@pytest.mark.parametrize(
    "tree",
    [
        {"array": "object", "shape": [1]},
        {"array": "float32", "shape": [10**12]},
        {"array": "float32", "shape": [-1, -4]},
        {"array": "float32", "shape": [1] * 40},
        {"array": ["float32"], "shape": [1]},
        {"items": [["a"]]},
        {},
    ],
)
def test_forged_headers_are_refused(tree):
    with pytest.raises(wire.WireError):
        wire.unpack(json.dumps(tree).encode(), b"1234")


def test_deep_nesting_is_refused():
    with pytest.raises(wire.WireError):
        wire.unpack(b"[" * 50_000 + b"]" * 50_000, b"")


def test_objects_are_not_sent():
    with pytest.raises(ValueError, match="object"):
        wire.pack(np.array([object()]))


def test_a_huge_announcement_takes_no_memory():
    ours, theirs = socket.socketpair()
    theirs.sendall(wire.HEADER.pack(2**32 - 1, 2**32 - 1))
    with pytest.raises(wire.WireError, match="too large"):
        wire.receive(ours, time.monotonic() + 5)


def test_waiting_ends_at_the_deadline_even_if_bytes_trickle():
    ours, theirs = socket.socketpair()
    theirs.sendall(b"\0")
    with pytest.raises(wire.OutOfTime):
        wire.receive(ours, time.monotonic() + 0.2)


def test_the_other_end_gone_is_told():
    ours, theirs = socket.socketpair()
    theirs.close()
    with pytest.raises(wire.Closed):
        wire.receive(ours, time.monotonic() + 5)
