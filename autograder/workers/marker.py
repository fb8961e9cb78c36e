"""A process that marks: it holds an assignment's checks and expected values.

Run as `python -I -m autograder.workers.marker FD`, one per job, by a supervisor at the
other end of the socket FD (`pool.Marker`). It has boxes made by the warm parent, asks
the student's code in them for plain data, and compares, under limits of its own: an
answer made to exhaust whoever compares it can end this process, but not the supervisor.

Over the socket come a first head (`course` or `folder`, `name`, `all_cells`),
then for each submission a head (`seed`, `problems`, and what the hand-in consists of)
and a body.
It answers with a result, or with `machine`: why it could not make a box.
"""

import resource
import signal
import socket
import sys
from pathlib import Path
from typing import Any

from autograder.assignment import Assignment
from autograder.box import kernel
from autograder.box.client import BoxError, Boxes
from autograder.box.warm import Parent
from autograder.build import release_notebook
from autograder.course import Course
from autograder.plain.assignment import PlainAssignment
from autograder.plain.marking import mark_plain
from autograder.submission import Result, mark_submission
from autograder.workers import frames
from autograder.workers.parcel import Parcel

MOST_MEMORY = 4 << 30


def main(descriptor: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the supervisor's
    kernel.die_with_parent()
    resource.setrlimit(resource.RLIMIT_DATA, (MOST_MEMORY, MOST_MEMORY))
    channel = socket.socket(fileno=descriptor)
    setup, _ = frames.read(channel)
    boxes = _boxes(channel, setup)
    assignment, release = _opened(setup)
    frames.write(channel, {"ready": True})
    while True:
        try:
            request, body = frames.read(channel)
        except frames.Closed:
            return boxes.close()
        try:
            parcel = Parcel.from_frame(request, body)
            result = _marked(boxes, parcel, assignment, release, request, setup)
            reply = {"result": result.to_json()}
        except BoxError as error:
            reply = {"machine": str(error)}
        except Exception as error:  # a fault of ours or of the checks
            reply = {"fault": repr(error)}
        frames.write(channel, reply)


def _marked(
    boxes: Boxes,
    parcel: Parcel,
    assignment: Any,
    release: Any,
    request: dict[str, Any],
    setup: dict[str, Any],
) -> Result:
    if isinstance(assignment, PlainAssignment):
        return mark_plain(boxes, parcel, assignment)
    how = {"all_cells": setup["all_cells"], "problems": request["problems"]}
    return mark_submission(boxes, parcel, assignment, release, request["seed"], **how)


def _boxes(channel: socket.socket, setup: dict[str, Any]) -> Boxes:
    if setup["cold"]:
        own = Parent(setup["backend"], setup["isolation"], cold=True)
        return own.boxes()
    _, descriptors, _, _ = socket.recv_fds(channel, 1, 1)
    control = socket.socket(fileno=descriptors[0])
    return Boxes(control, setup["settings"])


def _opened(setup: dict[str, Any]) -> tuple[Any, Any]:
    """The assignment and its released notebook."""
    if setup["course"]:
        course = Course(Path(setup["course"]))
        assignment = course.assignment(setup["name"])
        if isinstance(assignment, PlainAssignment):
            return assignment, None
        return assignment, course.release(setup["name"])
    assignment = Assignment(Path(setup["folder"]))
    return assignment, release_notebook(assignment)


if __name__ == "__main__":
    main(int(sys.argv[1]))
