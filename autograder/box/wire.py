"""Messages between the trusted side and a box: a JSON header, then raw arrays.

Nothing is unpickled. The reader checks every size before it takes memory, because
the other end may be a student's.
"""

import json
import math
import socket
import struct
import time
from typing import Any

import numpy as np

HEADER = struct.Struct("!II")  # bytes of the JSON header, bytes of the arrays
MOST_HEADER = 8 << 20
MOST_ARRAYS = 64 << 20
MOST_DEPTH = 12
DTYPES = frozenset(
    ["bool", "float16", "float32", "float64"]
    + [f"{sign}int{bits}" for sign in ("", "u") for bits in (8, 16, 32, 64)]
)


class WireError(Exception):
    """The other end sent something that is not a message, or nothing in time."""


class Closed(WireError):
    """The other end is gone."""


class OutOfTime(WireError):
    """No whole message came before the deadline."""


def pack(value: Any) -> bytes:
    """Plain data (numbers, strings, None, arrays, lists, dicts) to one message."""
    arrays: list[np.ndarray] = []
    header = json.dumps(_strip(value, arrays, 0)).encode()
    body = b"".join(array.tobytes() for array in arrays)
    if len(header) > MOST_HEADER or len(body) > MOST_ARRAYS:
        raise ValueError(
            f"A message holds at most {MOST_ARRAYS >> 20} MB of arrays and "
            f"{MOST_HEADER >> 20} MB of the rest. Received: {len(body) >> 20} MB and "
            f"{len(header) >> 20} MB."
        )
    return HEADER.pack(len(header), len(body)) + header + body


def unpack(header: bytes, body: bytes) -> Any:
    """The message's plain data; sequences come back as lists."""
    try:
        tree = json.loads(header, parse_constant=float)
        arrays = memoryview(body)
        value, used = _fill(tree, arrays, 0, 0)
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError) as error:
        raise WireError(f"not a message: {error}") from None
    if used != len(body):
        raise WireError("not a message: arrays left over")
    return value


def send(channel: socket.socket, value: Any) -> None:
    try:
        channel.sendall(pack(value))
    except TimeoutError:
        raise OutOfTime("the message was not taken in time") from None
    except OSError:
        raise Closed("the process ended") from None


def receive(channel: socket.socket, deadline: float | None = None) -> Any:
    """The next message. `deadline` is a `time.monotonic()`; None waits for ever."""
    sizes = HEADER.unpack(_read(channel, HEADER.size, deadline))
    if sizes[0] > MOST_HEADER or sizes[1] > MOST_ARRAYS:
        raise WireError("the answer is too large")
    header = _read(channel, sizes[0], deadline)
    return unpack(header, _read(channel, sizes[1], deadline))


def _read(channel: socket.socket, size: int, deadline: float | None) -> bytes:
    data = bytearray()
    while len(data) < size:
        if deadline is not None:
            left = deadline - time.monotonic()
            if left <= 0:
                raise OutOfTime("no answer in time")
            channel.settimeout(left)
        else:
            channel.settimeout(None)
        try:
            piece = channel.recv(min(size - len(data), 1 << 20))
        except TimeoutError:
            raise OutOfTime("no answer in time") from None
        except OSError:
            piece = b""
        if not piece:
            raise Closed("the process ended")
        data += piece
    return bytes(data)


def _strip(value: Any, arrays: list[np.ndarray], depth: int) -> Any:
    """The JSON tree of `value`; its arrays are moved to `arrays`."""
    if depth > MOST_DEPTH:
        raise ValueError(f"Nested more than {MOST_DEPTH} deep.")
    if value is None or isinstance(value, bool | str | int | float):
        return value
    if isinstance(value, np.generic):
        return _strip(value.item(), arrays, depth)
    if isinstance(value, np.ndarray):
        if value.dtype.name not in DTYPES:
            raise ValueError(f"An array of type {value.dtype} cannot be sent.")
        arrays.append(value)
        return {"array": value.dtype.name, "shape": list(value.shape)}
    if isinstance(value, list | tuple):
        return [_strip(item, arrays, depth + 1) for item in value]
    if isinstance(value, dict):
        return {
            "items": [[str(k), _strip(v, arrays, depth + 1)] for k, v in value.items()]
        }
    raise ValueError(f"A {type(value).__name__} cannot be sent.")


def _fill(tree: Any, body: memoryview, used: int, depth: int) -> tuple[Any, int]:
    """The value of a JSON tree, and how many bytes of `body` are used by then."""
    if depth > MOST_DEPTH:
        raise ValueError(f"nested more than {MOST_DEPTH} deep")
    if isinstance(tree, list):
        items = []
        for item in tree:
            value, used = _fill(item, body, used, depth + 1)
            items.append(value)
        return items, used
    if not isinstance(tree, dict):
        return tree, used
    if "items" in tree:
        pairs = {}
        for key, item in tree["items"]:
            pairs[str(key)], used = _fill(item, body, used, depth + 1)
        return pairs, used
    if tree["array"] not in DTYPES:
        raise ValueError("unknown type of array")
    shape = [int(size) for size in tree["shape"]]
    if len(shape) > 16 or any(size < 0 for size in shape):
        raise ValueError("not a shape")
    dtype = np.dtype(tree["array"])
    size = math.prod(shape) * dtype.itemsize
    piece = body[used : used + size]
    if len(piece) != size:
        raise ValueError("array cut short")
    return np.frombuffer(piece, dtype=dtype).reshape(shape), used + size
