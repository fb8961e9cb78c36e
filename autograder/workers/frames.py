"""Whole pieces of data over a stream socket between processes that trust each other."""

import json
import socket
import struct
from typing import Any

LENGTH = struct.Struct("!Q")


class Closed(Exception):
    """The other end is gone, or gave nothing in time."""


def write(channel: socket.socket, head: dict[str, Any], body: bytes = b"") -> None:
    """Sends a JSON head and a body of bytes. Raises Closed."""
    encoded = json.dumps(head).encode()
    try:
        for part in (encoded, body):
            channel.sendall(LENGTH.pack(len(part)) + part)
    except OSError as error:
        raise Closed(str(error)) from None


def read(channel: socket.socket, seconds: float | None = None) -> tuple[Any, bytes]:
    """The next head and body. Raises Closed."""
    channel.settimeout(seconds)
    try:
        head = _exactly(channel, LENGTH.unpack(_exactly(channel, LENGTH.size))[0])
        body = _exactly(channel, LENGTH.unpack(_exactly(channel, LENGTH.size))[0])
    except OSError as error:  # TimeoutError, too
        raise Closed(str(error)) from None
    return json.loads(head), body


def _exactly(channel: socket.socket, size: int) -> bytes:
    data = bytearray()
    while len(data) < size:
        piece = channel.recv(min(size - len(data), 1 << 20))
        if not piece:
            raise Closed("the process ended")
        data += piece
    return bytes(data)
