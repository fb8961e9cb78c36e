"""The trusted side of a box: has boxes made, asks them, gives up in time."""

import json
import socket
import time
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from autograder.box import deaths, slots, wire
from autograder.box.isolation import visible_paths
from autograder.limits import Limits

READY_SECONDS = 60
STUDENT = 61_000  # the first of the user ids inside, where the caller is root


class BoxError(Exception):
    """A box or its parent could not be started: a fault of this machine."""


class BoxDied(Exception):
    """The student's process ended, or had to be ended; the message says how."""


class Boxes:
    """Makes boxes, one at a time, over a socket to a warm parent.

    Args:
        control: what `Parent.attach` gave, and the `settings` with it.

    Where the caller is root, the boxes of those who mark at the same time run as
    different users.
    """

    def __init__(self, control: socket.socket, settings: dict[str, Any]) -> None:
        self.control, self.settings = control, settings
        self.slot, self.claimed = slots.claim()

    def box(self, limits: Limits) -> "Box":
        """A fresh box; the one before has ended. Raises BoxError if none can be had."""
        ours, theirs = socket.socketpair()
        settings = {
            **asdict(limits),
            **self.settings,
            "user": STUDENT + self.slot,
            "visible": [*visible_paths(), *self.settings["visible"]],
        }
        request = json.dumps({"op": "start", "settings": settings}).encode()
        try:
            socket.send_fds(self.control, [request], [theirs.fileno()])
            reply_of(self.control, READY_SECONDS)
        except (OSError, BoxError) as error:
            ours.close()
            raise BoxError(f"the warm parent made no box ({error})") from None
        finally:
            theirs.close()
        self._wait_until_ready(ours)
        return Box(self, ours, limits)

    def stop_box(self, ending: bool = False) -> int:
        """Ends the box and everything that it started; a code of `deaths`.

        Args:
            ending: whether its channel was closed: then it is about to end of itself.

        Raises:
            BoxError: the parent is gone, and so it was not the student's doing that
                the box ended.
        """
        try:
            self.control.send(json.dumps({"op": "stop", "ending": ending}).encode())
        except OSError as error:
            raise BoxError(f"the warm parent ended ({error})") from None
        return reply_of(self.control, READY_SECONDS)["code"]

    def close(self) -> None:
        """Ends the box; no other can be had any more."""
        self.control.close()
        if self.claimed:
            self.claimed.close()

    def _wait_until_ready(self, channel: socket.socket) -> None:
        """The box's first words come before any word of the student's."""
        try:
            first = wire.receive(channel, time.monotonic() + READY_SECONDS)
        except wire.WireError as error:
            first = {"failed": str(error)}
        if "failed" in first:
            channel.close()
            self.stop_box()
            raise BoxError(f"the box could not be closed: {first['failed']}")


class Box:
    """One student's process."""

    def __init__(self, boxes: Boxes, channel: socket.socket, limits: Limits) -> None:
        self.boxes, self.channel, self.limits = boxes, channel, limits

    def run_cell(self, source: str, seconds: float) -> dict[str, Any]:
        """The cell's `outputs` (notebook form, untrusted) and how it `ended`."""
        request = {"op": "cell", "source": source, "seconds": seconds}
        return self._ask(request, seconds)

    def probe(
        self,
        source: str,
        inputs: dict[str, Any],
        seconds: float,
        forbids: Sequence[str] = (),
    ) -> Any:
        """`{"value": ...}` or `{"error": ...}`, untrusted plain data."""
        request = {
            "op": "probe",
            "source": source,
            "inputs": inputs,
            "seconds": seconds,
            "forbids": list(forbids),
        }
        return self._ask(request, seconds)

    def close(self) -> None:
        self.channel.close()
        self.boxes.stop_box()

    def __enter__(self) -> "Box":
        return self

    def __exit__(self, *_: Any) -> None:
        self.close()

    def _ask(self, request: dict[str, Any], seconds: float) -> dict[str, Any]:
        """The reply. Raises BoxDied where the student's process gives none, and
        BoxError where the warm parent ended, and the box with it."""
        deadline = time.monotonic() + seconds + self.limits.grace_seconds
        self.channel.settimeout(seconds + self.limits.grace_seconds)
        try:
            wire.send(self.channel, request)
            reply = wire.receive(self.channel, deadline)
        except wire.WireError as error:
            code = self.boxes.stop_box(isinstance(error, wire.Closed))
            told = deaths.told(code, asdict(self.limits))
            if code in deaths.WORDS or isinstance(error, wire.Closed):
                raise BoxDied(told) from None
            raise BoxDied(_death(error, seconds)) from None
        if not isinstance(reply, dict):
            raise BoxDied("sent what is not an answer")
        return reply


def _death(error: wire.WireError, seconds: float) -> str:
    if isinstance(error, wire.OutOfTime):
        return f"did not stop after {seconds:g} s and was ended"
    return f"sent what is not an answer ({error})"


def reply_of(control: socket.socket, seconds: float) -> dict[str, Any]:
    """A parent's next reply. Raises BoxError if none comes."""
    control.settimeout(seconds)
    try:
        data = control.recv(1 << 16)
    except OSError:
        data = b""
    if not data:
        raise BoxError("no reply from the warm parent")
    return json.loads(data)
