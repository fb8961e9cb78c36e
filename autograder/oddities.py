"""Hand-ins that are odd in ways that graders meet, made from any assignment.

Each is the reference's notebook with one thing done to it, and what must come of it.
"""

import copy
import json
from collections.abc import Callable
from dataclasses import dataclass

import nbformat
from nbformat.v4 import new_code_cell, new_output

from autograder.assignment import Assignment
from autograder.build import filled_in, text_of

Change = Callable[[nbformat.NotebookNode, Assignment], None]


@dataclass(frozen=True)
class Oddity:
    """One odd hand-in.

    Attributes:
        loses: the problems that must lose marks, all others keeping theirs; None
            where it cannot be marked and a reason must be given.
        note: words that the grader must be told; empty where nothing was unusual.
    """

    name: str
    data: bytes
    loses: frozenset[str] | None = frozenset()
    note: str = ""
    file: str = ""
    late: bool = False


def oddities(assignment: Assignment) -> list[Oddity]:
    """One of each kind."""
    names = list(assignment.problems)
    later = frozenset(names[len(names) // 2 :])

    def odd(name: str, change: Change | None = None, **facts) -> Oddity:
        notebook = filled_in(assignment, assignment.reference)
        if change:
            change(notebook, assignment)
        return Oddity(name, text_of(notebook).encode(), **facts)

    blank = text_of(filled_in(assignment, {})).encode()
    whole = filled_in(assignment, assignment.reference)
    return [
        Oddity("blank", blank, loses=frozenset(names)),
        odd("half-finished", _empty_second_half, loses=later),
        odd("syntax-error", _break_syntax, loses=frozenset(names[:1])),
        odd("exception-in-a-cell", _own_cell("raise ValueError('stuck here')")),
        odd("endless-loop", _own_cell("while True:\n    pass"), note="too long"),
        odd(
            "endless-printing",
            _own_cell("while True:\n    print('still here ' * 50)"),
            note="too long",
        ),
        odd("ten-gigabytes", _own_cell("import numpy\nnumpy.ones(10 * 2**27)")),
        odd("own-exit", _own_cell("import os\nos._exit(0)"), note="ended its own"),
        odd("deleted-test-cell", _delete_check, note="was missing"),
        odd("duplicated-cell", _duplicate, note="stood twice"),
        odd("edited-points", _edit_points, note="other points"),
        odd("edited-test", _edit_test, note="differed from"),
        odd("extra-cells", _add_cells),
        odd("saved-traceback", _save_traceback),
        Oddity("nbformat-3", _version_3(whole)),
        Oddity("not-json", b"PK\x03\x04 this was a zip", loses=None, note="not JSON"),
        Oddity("json-but-no-notebook", b'{"marks": 100}', loses=None, note="no cells"),
        odd("accents-in-the-name", file="Übung 1 – gelöst (final).ipynb"),
        odd("late", late=True, note="Late by"),
    ]


def _empty_second_half(notebook: nbformat.NotebookNode, assignment: Assignment) -> None:
    problems = list(assignment.problems.values())
    open_ = {
        f"solution-{s}" for p in problems[len(problems) // 2 :] for s in p.solutions
    }
    blank = {cell.id: cell.source for cell in filled_in(assignment, {}).cells}
    for cell in notebook.cells:
        if cell.id in open_:
            cell.source = blank[cell.id]


def _break_syntax(notebook: nbformat.NotebookNode, assignment: Assignment) -> None:
    first = next(iter(assignment.problems.values())).solutions[0]
    _find(notebook, f"solution-{first}").source += "\nreturn ) 1"


def _own_cell(source: str) -> Change:
    """A cell of the student's own, before the first hole."""

    def change(notebook: nbformat.NotebookNode, assignment: Assignment) -> None:
        first = next(iter(assignment.problems.values())).solutions[0]
        place = notebook.cells.index(_find(notebook, f"solution-{first}"))
        notebook.cells.insert(place, new_code_cell(source))

    return change


def _add_cells(notebook: nbformat.NotebookNode, assignment: Assignment) -> None:
    for place in range(len(notebook.cells), 0, -5):
        notebook.cells.insert(place, new_code_cell("tried = 1 + 1\ntried"))


def _delete_check(notebook: nbformat.NotebookNode, assignment: Assignment) -> None:
    first = next(iter(assignment.problems))
    for name in (f"visible-{first}", f"check-{first}"):
        notebook.cells.remove(_find(notebook, name))


def _duplicate(notebook: nbformat.NotebookNode, assignment: Assignment) -> None:
    """Copies of an answer's hole, untouched, and of a check cell, further down."""
    problem = next(iter(assignment.problems.values()))
    blank = filled_in(assignment, {})
    for copied in (
        _find(blank, f"solution-{problem.solutions[0]}"),
        _find(notebook, f"check-{problem.name}"),
    ):
        place = notebook.cells.index(_find(notebook, f"check-{problem.name}"))
        copied = copy.deepcopy(copied)
        copied.id = f"copy-{place}"
        notebook.cells.insert(place, copied)


def _edit_points(notebook: nbformat.NotebookNode, assignment: Assignment) -> None:
    for name in assignment.problems:
        _find(notebook, f"check-{name}").metadata.nbgrader.points = 1000


def _edit_test(notebook: nbformat.NotebookNode, assignment: Assignment) -> None:
    for name in assignment.problems:
        _find(notebook, f"check-{name}").source = "10.0"


def _save_traceback(notebook: nbformat.NotebookNode, assignment: Assignment) -> None:
    failed = new_output("error", ename="E", evalue="old", traceback=["E: old"])
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = [failed]


def _version_3(notebook: nbformat.NotebookNode) -> bytes:
    old = nbformat.convert(copy.deepcopy(notebook), 3)
    return json.dumps(old).encode()


def _find(notebook: nbformat.NotebookNode, name: str) -> nbformat.NotebookNode:
    return next(cell for cell in notebook.cells if cell.id == name)
