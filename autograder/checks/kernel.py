"""Runs the same checks in an ordinary kernel, for plain `nbgrader autograde`.

Honest submissions get the marks that `autograder grade` gives. This way is not safe
against a student who means harm: the expected values are in the student's process.
"""

import contextlib
import os
import secrets
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from autograder.assignment import NOTEBOOK, Assignment
from autograder.box import probing, wire
from autograder.mark import earned, judge
from autograder.probe import asked


def check_here(assignment: str, problem: str, names: Mapping[str, Any]) -> float:
    """The points that a problem earns; prints a sentence per failed check.

    nbgrader takes the number that a test cell returns as partial credit, and gives 0
    to a cell that writes to standard error, so that is closed meanwhile.
    """
    read = Assignment(_find(assignment))
    seed = int(os.environ.get("AUTOGRADER_SEED") or secrets.randbits(64))
    task = read.problems[problem]
    beside = (Path(name) for name in read.asked_files)
    files = {path.name: path.read_bytes() for path in beside if path.is_file()}

    def ask(
        source: str, given: dict[str, Any], seconds: float | None
    ) -> dict[str, Any]:
        limit = seconds or read.limits.check_seconds
        sent = _through_wire(given)
        reply = probing.answer(source, names, sent, limit, task.forbids)
        return _through_wire(reply)

    with _quiet():
        marks = [
            judge(check, answer, inputs)
            for check, inputs, answer in asked(task.checks, seed, ask, files)
        ]
    for mark in marks:
        if mark.sentence:
            print(f"- {mark.sentence}")
    return earned(task.points, marks)


def _find(assignment: str) -> Path:
    """`solutions/ASSIGNMENT` of the course that the kernel runs in."""
    for folder in (Path.cwd(), *Path.cwd().parents):
        found = folder / "solutions" / assignment
        if (found / NOTEBOOK).is_file():
            return found
    raise FileNotFoundError(
        f"No folder above {Path.cwd()} has solutions/{assignment}. Run "
        f"nbgrader inside a course that `autograder init` made."
    )


def _through_wire(value: Any) -> Any:
    """What the value would be on the other side of a box."""
    packed = wire.pack(value)
    header, body = wire.HEADER.unpack(packed[: wire.HEADER.size])
    rest = packed[wire.HEADER.size :]
    return wire.unpack(rest[:header], rest[header : header + body])


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Sends both outputs nowhere, also what compiled code writes to them."""
    kept = [os.dup(1), os.dup(2)]
    with open(os.devnull, "w") as null:
        os.dup2(null.fileno(), 1)
        os.dup2(null.fileno(), 2)
        try:
            with contextlib.redirect_stdout(null), contextlib.redirect_stderr(null):
                yield
        finally:
            for target, copy in zip((1, 2), kept, strict=True):
                os.dup2(copy, target)
                os.close(copy)
