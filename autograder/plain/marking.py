"""Marks a hand-in by its assignment's own test cells, by nbgrader's own rule."""

import copy
import time
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbgrader.preprocessors import IgnorePattern, LimitOutput
from nbgrader.utils import determine_grade

from autograder.box.client import Boxes
from autograder.mark import Mark
from autograder.plain.assignment import PlainAssignment, is_test
from autograder.plain.furnished import Furnished
from autograder.restore import Unreadable, printable, read, restore
from autograder.run import Session
from autograder.submission import ProblemResult, Result, clean
from autograder.workers.parcel import Parcel

SKIP = "skip-execution"  # the tag of cells that nbgrader's own run leaves out
MOST_SENTENCE = 300


class Refused(Exception):
    """nbgrader's rule knows no mark for what a test cell gave."""


def mark_plain(boxes: Boxes, parcel: Parcel, assignment: PlainAssignment) -> Result:
    """Restores and runs every notebook of a packed hand-in, each in its own box.

    Raises:
        BoxError: this machine could not make a box; says nothing of the submission.
    """
    started = time.monotonic()
    result = Result("marked")
    try:
        result.notebooks = _restored(parcel, assignment, result)
        furnished = Furnished(boxes, {**parcel.files, **assignment.files})
        deadline = started + assignment.limits.submission_seconds
        for name, notebook in result.notebooks.items():
            left = max(1.0, deadline - time.monotonic())
            limits = replace(assignment.limits, submission_seconds=left)
            _run(notebook, Session(furnished, limits), result)
            _mark(name, notebook, assignment, result)
    except (Unreadable, Refused) as problem:
        return Result("failed", reason=str(problem))
    for name, problem in assignment.problems.items():
        lost = Mark(name, 1.0, 0.0, "This notebook was not handed in.")
        result.problems.setdefault(name, ProblemResult(problem.points, 0.0, [lost]))
    result.seconds = round(time.monotonic() - started, 2)
    return result


def _restored(
    parcel: Parcel, assignment: PlainAssignment, result: Result
) -> dict[str, NotebookNode]:
    """The notebooks that were handed in, in their release's shape."""
    found = {}
    for name, release in assignment.notebooks.items():
        if name not in parcel.notebooks:
            continue
        try:
            restored = restore(read(parcel.notebooks[name]), release)
        except Unreadable as problem:
            raise Unreadable(f"{name}.ipynb: {problem}") from None
        assignment.complete(name, restored.notebook)
        found[name] = restored.notebook
        result.repairs += [f"{name}.ipynb: {repair}" for repair in restored.repairs]
    if not found:
        wanted = _listed(assignment.notebooks)
        raise Unreadable(f"The hand-in has none of the files {wanted}.")
    if missing := set(assignment.notebooks) - set(found):
        result.events.append(f"Not handed in: {_listed(missing)}.")
    if others := set(parcel.notebooks) - set(found):
        result.events.append(f"Not of this assignment, left out: {_listed(others)}.")
    return found


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"{name}.ipynb" for name in sorted(names))


def _run(notebook: NotebookNode, session: Session, result: Result) -> None:
    """Runs a notebook's cells, as nbgrader would."""
    try:
        for cell in notebook.cells:
            if cell.cell_type != "code" or SKIP in cell.metadata.get("tags", []):
                continue
            outputs = [clean(output) for output in session.run(cell.source)]
            result.shown += sum(len(str(output)) for output in outputs)
            too_much = result.shown > 10 * session.limits.output_bytes
            cell.outputs = _brief(outputs) if too_much else outputs
    finally:
        session.close()
    result.events += session.events


def _mark(
    name: str, notebook: NotebookNode, assignment: PlainAssignment, result: Result
) -> None:
    for cell in filter(is_test, notebook.cells):
        called = assignment.cell_name(name, cell)
        result.problems[called] = _marked(called, cell, assignment)


def _marked(
    name: str, cell: NotebookNode, assignment: PlainAssignment
) -> ProblemResult:
    """What nbgrader gives for a cell that was run.

    Raises:
        Refused: the cell returned more points than it has, or what is no output.
    """
    judged = copy.deepcopy(cell)
    for step in (IgnorePattern, LimitOutput):  # what nbgrader does before it judges
        judged, _ = step(config=assignment.config).preprocess_cell(judged, {}, 0)
    try:
        points, most = determine_grade(judged)
    except (ValueError, KeyError) as error:
        reason = f"{name}: nbgrader refuses what its tests gave ({error})."
        raise Refused(reason) from None
    sentence = _sentence(judged, points < most)
    share = points / most if most else float(not sentence)
    mark = Mark(name, 1.0, share, sentence)
    return ProblemResult(most, points, [mark])


def _sentence(cell: NotebookNode, lost: bool) -> str:
    """What a student is told: the error that the tests raised, never their source."""
    for output in cell.outputs:
        if output.output_type == "error":
            said = f"{output.ename}: {output.evalue}" if output.evalue else output.ename
            return f"The tests raised `{' '.join(said.split())[:MOST_SENTENCE]}`"
        if output.output_type == "stream" and output.name == "stderr":
            return "The tests put out warnings or errors: no points then."
    return "The tests gave a part of the points." if lost else ""


def _brief(outputs: list[NotebookNode]) -> list[NotebookNode]:
    """Of each kind the first, without its bulk: a mark depends on no more."""
    kinds: dict[Any, NotebookNode] = {}
    for output in outputs:
        kinds.setdefault((output.output_type, output.get("name")), output)
    for output in kinds.values():
        if output.output_type == "stream":
            output.text = "[output left out: the notebook shows too much]"
        elif output.output_type == "error":
            output.traceback = []
        else:
            text = printable(output.data.get("text/plain", ""))[:MOST_SENTENCE]
            output.data = nbformat.from_dict({"text/plain": text})
    return list(kinds.values())
