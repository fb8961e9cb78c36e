"""One submission, from a file's bytes to a result."""

import functools
import json
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import nbformat
from nbformat import NotebookNode

from autograder.assignment import Assignment
from autograder.box.client import Boxes
from autograder.limits import Limits
from autograder.mark import Mark, earned, judge
from autograder.needed import asked_names, grade_id, left_out
from autograder.probe import asked, draw, sent
from autograder.restore import Unreadable, printable, read, restore
from autograder.run import Session
from autograder.workers.parcel import Parcel

MOST_OUTPUTS = 1000  # of a cell; a box cuts earlier, unless it lies
NOT_RUN = "[not run when marking: no points depend on this cell]"


@dataclass
class ProblemResult:
    """What a problem earned, and why."""

    points: float
    earned: float
    marks: list[Mark]


@dataclass
class Result:
    """What marking a submission gave. Plain data: it is stored as JSON.

    Attributes:
        status: `"marked"`, or `"failed"` with a `reason`.
        repairs: what was put back into the release's shape.
        events: what happened while it ran.
        notebooks: the restored notebooks with their outputs, by name; none where it
            failed.
        seconds: that marking it took; `computing` is the part in the student's process.
        shown: bytes of output that the notebook's cells gave.
    """

    status: str
    reason: str = ""
    problems: dict[str, ProblemResult] = field(default_factory=dict)
    repairs: list[str] = field(default_factory=list)
    events: list[str] = field(default_factory=list)
    notebooks: dict[str, Any] = field(default_factory=dict)
    seconds: float = 0.0
    computing: float = 0.0
    shown: int = 0

    @property
    def earned(self) -> float:
        return round(sum(problem.earned for problem in self.problems.values()), 2)

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Result":
        problems = {
            name: ProblemResult(
                p["points"], p["earned"], [Mark(**mark) for mark in p["marks"]]
            )
            for name, p in data["problems"].items()
        }
        return cls(**{**data, "problems": problems})


def mark_submission(
    boxes: Boxes,
    parcel: Parcel,
    assignment: Assignment,
    release: NotebookNode,
    seed: int,
    all_cells: bool = False,
    problems: Sequence[str] = (),
) -> Result:
    """Restores, runs, probes and marks. A broken submission is a result, not an error.

    Args:
        all_cells: run also the visible tests and pictures that no mark depends on.
        problems: mark only these; all if none is named.

    Raises:
        BoxError: this machine could not make a box; says nothing of the submission.
    """
    started = time.monotonic()
    try:
        restored = restore(read(parcel.notebooks[assignment.name]), release)
    except Unreadable as problem:
        return Result("failed", reason=str(problem))
    cells = restored.notebook.cells
    others = set(assignment.problems) - set(problems) if problems else set()
    unasked = {f"check-{name}" for name in others}
    skipped = set() if all_cells else left_out(cells, probed(assignment, seed))
    session = Session(boxes, assignment.limits)
    result = Result("marked", repairs=restored.repairs, events=session.events)
    try:
        for position, cell in enumerate(cells):
            if position in skipped:
                cell.outputs = [nbformat.v4.new_output("stream", text=NOT_RUN)]
            elif cell.cell_type == "code" and grade_id(cell) not in unasked:
                _work_through(cell, assignment, session, seed, parcel.files, result)
    finally:
        session.close()
    result.notebooks = {assignment.name: restored.notebook}
    result.computing = round(session.computing, 2)
    result.seconds = round(time.monotonic() - started, 2)
    return result


@functools.lru_cache(maxsize=16)
def probed(assignment: Assignment, seed: int) -> set[str]:
    """The names that the assignment's checks may ask a student's notebook for."""
    checks = [c for problem in assignment.problems.values() for c in problem.checks]
    probes = (sent(c, draw(c, seed)) for c in checks if not c.file)
    return set().union(*(asked_names(*probe) for probe in probes))


def _work_through(
    cell: NotebookNode,
    assignment: Assignment,
    session: Session,
    seed: int,
    files: dict[str, bytes],
    result: Result,
) -> None:
    """Runs a cell, or marks the problem whose check cell it is, where it stands.

    A student may define a name again further down; each problem is marked with what
    stood above its own check cell, as a kernel would have it.
    """
    name = grade_id(cell)
    problem = assignment.problems.get(name.removeprefix("check-"))
    if problem is None or name != f"check-{problem.name}":
        cell.outputs = _kept(session.run(cell.source), assignment.limits, result)
        return
    seconds = assignment.limits.mark_seconds
    ask = functools.partial(session.ask, forbids=problem.forbids)
    marks = [
        judge(check, answer, inputs, seconds)
        for check, inputs, answer in asked(problem.checks, seed, ask, files)
    ]
    points = earned(problem.points, marks)
    result.problems[problem.name] = ProblemResult(problem.points, points, marks)
    cell.outputs = check_outputs(points, marks)


def check_outputs(points: float, marks: list[Mark]) -> list[NotebookNode]:
    """A check cell's outputs, the same as `check_here` leaves in a kernel."""
    sentences = [f"- {mark.sentence}\n" for mark in marks if mark.sentence]
    outputs = []
    if sentences:
        text = "".join(sentences)
        outputs.append(nbformat.v4.new_output("stream", name="stdout", text=text))
    data = {"text/plain": repr(points)}
    outputs.append(nbformat.v4.new_output("execute_result", data=data))
    return outputs


def _kept(outputs: list[Any], limits: Limits, result: Result) -> list[NotebookNode]:
    """A cell's outputs, cleaned; a note in their place once there are too many."""
    result.shown += len(json.dumps(outputs, default=repr))
    if result.shown <= 10 * limits.output_bytes and len(outputs) <= MOST_OUTPUTS:
        return [clean(output) for output in outputs]
    text = "[output left out: the notebook shows too much]"
    return [nbformat.v4.new_output("stream", name="stdout", text=text)]


def clean(output: Any) -> NotebookNode:
    """A valid notebook output, whatever a box sent in its place."""
    if not isinstance(output, dict):
        output = {}
    kind = output.get("output_type")
    if kind == "error":
        lines = output.get("traceback")
        lines = lines if isinstance(lines, list) else []
        return nbformat.v4.new_output(
            "error",
            ename=printable(output.get("ename")),
            evalue=printable(output.get("evalue")),
            traceback=[printable(line) for line in lines],
        )
    if kind in ("display_data", "execute_result"):
        data = output.get("data")
        data = data if isinstance(data, dict) else {}
        return nbformat.v4.new_output(
            kind, data={printable(k): printable(v) for k, v in data.items()}
        )
    name = "stderr" if output.get("name") == "stderr" else "stdout"
    text = printable(output.get("text", ""))
    return nbformat.v4.new_output("stream", name=name, text=text)
