"""Marks of the toy assignment in a gradebook, without running anything."""

from typing import Any

import nbformat

from autograder.build import release_notebook, text_of
from autograder.course import Course, write_durably
from autograder.gradebook.record import Recorder, stamp
from autograder.mark import Mark
from autograder.restore import read, restore
from autograder.submission import ProblemResult, Result, check_outputs
from tests.autograder.notebooks import hand_in


def result(toy: Any, data: bytes, **shares: float) -> Result:
    """What marking gives where each problem's checks all give its share (1)."""
    restored = restore(read(data), release_notebook(toy))
    made = Result("marked", notebooks={"toy": restored.notebook})
    for problem in toy.problems.values():
        share = shares.get(problem.name, 1.0)
        said = "" if share == 1 else "look again."
        marks = [Mark(c.name, c.weight, share, said) for c in problem.checks]
        earned = problem.points * share
        made.problems[problem.name] = ProblemResult(problem.points, earned, marks)
        for cell in restored.notebook.cells:
            if cell.id == f"check-{problem.name}":
                cell.outputs = check_outputs(earned, marks)
    return made


def put(course: Course, student: str, data: bytes, when: Any = None) -> None:
    """A hand-in of the toy assignment, as `collect` leaves it."""
    folder = course.submitted(student, "toy")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "toy.ipynb").write_bytes(data)
    if when:
        (folder / "timestamp.txt").write_text(stamp(when))


def record(
    course: Course, toy: Any, student: str, when: Any = None, **shares: Any
) -> Result:
    """Records a student's marks.

    Args:
        shares: problem to the share that its checks give, and with an underscore after
            its name the text of a solution or a written answer.
    """
    texts = {name[:-1]: text for name, text in shares.items() if name.endswith("_")}
    numbers = {name: n for name, n in shares.items() if not name.endswith("_")}
    notebook = nbformat.reads(hand_in(toy, **texts).decode(), as_version=4)
    for cell in notebook.cells:
        if cell.id.startswith("written-"):
            cell.source = texts.get(cell.id.removeprefix("written-"), cell.source)
    data = text_of(notebook).encode()
    put(course, student, data, when)
    made = result(toy, data, **numbers)
    Recorder(course, "toy").record(student, made)
    store(course, student, made)
    return made


def store(course: Course, student: str, made: Result) -> None:
    """Keeps a result where reports look for it."""
    path = course.work_of("toy") / "results" / f"{student}.json"
    write_durably(path, {"key": "", "recorded": True, "result": made.to_json()})
