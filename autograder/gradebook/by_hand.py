"""Marks that a person gave outlive marking anew.

nbgrader never writes over them, but asks for all of them to be looked at again. Here it
asks only where what they were given for has changed.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from nbgrader.api import Gradebook, MissingEntry

Cell = tuple[str, str]  # the notebook's name and the cell's


@dataclass(frozen=True)
class Seen:
    """What a person saw who gave a mark: the automatic one, and the work."""

    automatic: float | None
    work: str | None


def standing(
    gradebook: Gradebook, assignment: str, student: str, autograded: Path
) -> dict[Cell, Seen]:
    """The marks by hand that nobody is asked to look at, and what they are for.

    Args:
        autograded: the folder of the notebooks that a person looks at.
    """
    seen: dict[Cell, Seen] = {}
    try:
        notebooks = gradebook.find_submission(assignment, student).notebooks
    except MissingEntry:
        return seen
    for notebook in notebooks:
        grades = [grade for grade in notebook.grades if grade.manual_score is not None]
        work = _work(autograded / f"{notebook.name}.ipynb") if grades else {}
        for grade in grades:
            if not grade.needs_manual_grade:
                key = (notebook.name, grade.name)
                seen[key] = Seen(grade.auto_score, work.get(grade.name))
    return seen


def keep(
    gradebook: Gradebook,
    assignment: str,
    student: str,
    autograded: Path,
    before: dict[Cell, Seen],
) -> None:
    """After marking anew, lets the marks stand that were for what is still there."""
    if not before:
        return
    for notebook in gradebook.find_submission(assignment, student).notebooks:
        work = _work(autograded / f"{notebook.name}.ipynb")
        for grade in notebook.grades:
            now: Any = Seen(grade.auto_score, work.get(grade.name))
            if before.get((notebook.name, grade.name)) == now:
                grade.needs_manual_grade = False
    gradebook.db.commit()


def _work(path: Path) -> dict[str, str]:
    """What is marked, by cell: an answer itself, or for a test the whole notebook."""
    if not path.is_file():
        return {}
    cells = nbformat.read(path, as_version=4).cells
    whole = "\n\0".join(cell.source for cell in cells)
    known = [cell for cell in cells if "nbgrader" in cell.metadata]
    return {
        cell.metadata.nbgrader.grade_id: cell.source
        if cell.metadata.nbgrader.get("solution")
        else whole
        for cell in known
    }
