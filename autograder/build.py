"""Solutions to exercises: percent script to nbgrader notebooks and student bundle."""

import copy
import io
import zipfile
from importlib.metadata import version
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from nbgrader.preprocessors import (
    ClearHiddenTests,
    ClearSolutions,
    ComputeChecksums,
    LockCells,
)

from autograder.assignment import Assignment
from autograder.source import Cell

CHECK_CELL = """\
# The hidden checks of "{problem}" ({points:g} points) run here when you are marked.
### BEGIN HIDDEN TESTS
from autograder.checks.kernel import check_here

check_here("{assignment}", "{problem}", globals())
### END HIDDEN TESTS"""
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time that a zip knows


def source_notebook(assignment: Assignment) -> nbformat.NotebookNode:
    """The instructor's notebook, with solutions and hidden checks."""
    cells = []
    for cell in assignment.cells:
        cells.extend(_notebook_cells(assignment.name, cell))
    notebook = new_notebook(cells=cells, metadata={"kernelspec": KERNEL})
    notebook.nbformat_minor = 5
    return notebook


def release_notebook(assignment: Assignment) -> nbformat.NotebookNode:
    """The students' notebook, made by nbgrader's own preprocessors."""
    notebook, resources = copy.deepcopy(source_notebook(assignment)), {}
    for step in (LockCells, ClearSolutions, ClearHiddenTests, ComputeChecksums):
        notebook, resources = step().preprocess(notebook, resources)
    return notebook


def text_of(notebook: nbformat.NotebookNode) -> str:
    """A notebook's file, the same bytes for the same notebook."""
    return nbformat.writes(notebook).rstrip("\n") + "\n"


def filled_in(assignment: Assignment, answers: dict[str, str]) -> nbformat.NotebookNode:
    """The release with solution cells replaced by `answers`, by cell name."""
    notebook = release_notebook(assignment)
    for cell in notebook.cells:
        grade_id = cell.metadata.get("nbgrader", {}).get("grade_id", "")
        name = grade_id.removeprefix("solution-")
        if name != grade_id and name in answers:
            cell.source = answers[name]
    return notebook


def write_exercise(
    assignment: Assignment, exercises: Path, write: bool = True
) -> tuple[Path, bool]:
    """Writes `exercises/NAME/NAME.ipynb`; says whether that changes anything."""
    path = exercises / assignment.name / f"{assignment.name}.ipynb"
    text = text_of(release_notebook(assignment))
    changed = not path.exists() or path.read_text(encoding="utf-8") != text
    if changed and write:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return path, changed


def write_bundle(notebooks: dict[str, str], path: Path) -> None:
    """The zip that students get: exercises by name, and how to start."""
    start = (Path(__file__).parent / "templates" / "START.md").read_text("utf-8")
    files = {"START.md": start.replace("{version}", version("kerasdl"))}
    files |= {f"exercises/{name}.ipynb": text for name, text in notebooks.items()}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            archive.writestr(zipfile.ZipInfo(name, EPOCH), files[name])
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(buffer.getvalue())


def _notebook_cells(assignment: str, cell: Cell) -> list[nbformat.NotebookNode]:
    if cell.role == "text":
        return [new_markdown_cell(cell.source, id=cell.name)]
    if cell.role in ("given", "picture"):
        return [_cell(cell, f"{cell.role}-{cell.name}", locked=True)]
    if cell.role == "solution":
        return [_cell(cell, f"solution-{cell.name}", solution=True)]
    if cell.role == "written":
        marks = {"solution": True, "grade": True, "points": cell.points}
        return [_cell(cell, f"written-{cell.name}", **marks)]
    check = CHECK_CELL.format(
        problem=cell.name, points=cell.points, assignment=assignment
    )
    hidden = Cell("code", "test", cell.name, check, cell.points)
    return [
        _cell(cell, f"visible-{cell.name}", locked=True),
        _cell(
            hidden, f"check-{cell.name}", grade=True, locked=True, points=cell.points
        ),
    ]


def _cell(cell: Cell, grade_id: str, **marks) -> nbformat.NotebookNode:
    new = new_code_cell if cell.kind == "code" else new_markdown_cell
    nbgrader = {
        "grade": False,
        "grade_id": grade_id,
        "locked": False,
        "schema_version": 3,
        "solution": False,
        "task": False,
        **marks,
    }
    return new(cell.source, id=grade_id, metadata={"nbgrader": nbgrader})
