"""Courses as nbgrader's users have them: sources, a release, no checks of ours."""

import functools
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
import nbgrader
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from nbgrader.api import Gradebook
from nbgrader.apps.api import NbGraderAPI
from nbgrader.coursedir import CourseDirectory

from autograder.course import Course, nbgrader_at_work
from autograder.workers.parcel import Parcel
from tests.autograder.conftest import BACKEND

PACKAGE = Path(nbgrader.__file__).parent
GUIDE = PACKAGE / "docs/source/user_guide"
FILES = PACKAGE / "tests/apps/files"
UNMARKED = {"grade": False, "solution": False, "locked": False, "task": False}
# On a busy machine nbgrader gives up where it has to wait.
PATIENT = "c.Execute.timeout, c.Execute.iopub_timeout = 20, 60"
PYTHON = {"name": "python3", "language": "python", "display_name": "Python 3"}


def code(source: str, name: str = "", **marks) -> NotebookNode:
    return _marked(new_code_cell(source), name, marks)


def text(source: str, name: str = "", **marks) -> NotebookNode:
    return _marked(new_markdown_cell(source), name, marks)


def graded(source: str, name: str, points: float) -> NotebookNode:
    return code(source, name, grade=True, locked=True, points=points)


def _marked(cell: NotebookNode, name: str, marks: dict) -> NotebookNode:
    if name:
        nbgraders = {**UNMARKED, "schema_version": 3, "grade_id": name, **marks}
        cell.metadata["nbgrader"] = nbgraders
    return cell


def notebook(*cells: NotebookNode, kernel: dict | None = None) -> NotebookNode:
    return new_notebook(cells=list(cells), metadata={"kernelspec": kernel or PYTHON})


def make(root: Path, settings: str = "") -> Course:
    """A course without assignments."""
    root.mkdir(parents=True)
    lines = ["c = get_config()", "c.CourseDirectory.course_id = 'plain'", settings]
    (root / "nbgrader_config.py").write_text("\n".join(lines), encoding="utf-8")
    (root / "gradebook.db").write_bytes(_empty_gradebook())
    return Course(root)


@functools.cache
def _empty_gradebook() -> bytes:
    """nbgrader takes seconds to make one."""
    with tempfile.TemporaryDirectory() as folder:
        with nbgrader_at_work():
            Gradebook(f"sqlite:///{folder}/gradebook.db", "plain").close()
        return (Path(folder) / "gradebook.db").read_bytes()


def add(
    course: Course,
    assignment: str,
    notebooks: dict[str, NotebookNode | Path],
    files: dict[str, str] | None = None,
) -> None:
    """Writes an assignment's sources and has nbgrader release them."""
    folder = course.root / "source" / assignment
    lay(folder, notebooks, files or {})
    config = course.config()
    with nbgrader_at_work():
        api = NbGraderAPI(CourseDirectory(config=config), config=config)
        done = api.generate_assignment(assignment, force=True)
    assert done["success"], done["log"]


def lay(
    folder: Path, notebooks: dict[str, NotebookNode | Path], files: dict[str, str]
) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, one in notebooks.items():
        text = one.read_text("utf-8") if isinstance(one, Path) else nbformat.writes(one)
        (folder / f"{name}.ipynb").write_text(text, encoding="utf-8")
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, encoding="utf-8")


def released(course: Course, assignment: str, name: str) -> NotebookNode:
    path = course.root / "release" / assignment / f"{name}.ipynb"
    return nbformat.read(path, as_version=4)


def packed(notebooks: dict[str, NotebookNode], files: dict[str, bytes]) -> Parcel:
    """A hand-in as marking gets it."""
    written = {name: json.dumps(one).encode() for name, one in notebooks.items()}
    return Parcel(written, files)


def mark_both_ways(course: Course, assignments: Sequence[str]) -> Course:
    """Has us mark a course, and nbgrader a copy of it; returns the copy."""
    plain = Course(course.root.parent / "plain")
    shutil.copytree(course.root, plain.root)
    with ThreadPoolExecutor() as both:
        runs = [both.submit(_autograde, plain, assignments)]
        runs += [both.submit(_grade, course, assignments)]
    for run in runs:
        run.result()
    return plain


def _autograde(course: Course, assignments: Sequence[str]) -> None:
    for assignment in assignments:
        _run(course, "nbgrader", "autograde", assignment)


def _grade(course: Course, assignments: Sequence[str]) -> None:
    """What is printed is kept in the course, in a file by the assignment's name."""
    for assignment in assignments:
        options = ("--assignment", assignment, "--backend", BACKEND)
        said = _run(course, "autograder", "grade", *options)
        (course.root / f"{assignment}.txt").write_text(said)


def _run(course: Course, module: str, *arguments: str) -> str:
    paths = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=course.root,
        env={**os.environ, "PATH": paths},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def contents(course: Course, assignment: str) -> dict:
    """All that the gradebook holds of an assignment's hand-ins, by cell."""
    found = {}
    with course.gradebook() as gradebook:
        for submission in gradebook.assignment_submissions(assignment):
            student = submission.student.id
            found[student] = (submission.score, submission.total_seconds_late)
            for one in submission.notebooks:
                for grade in one.grades:
                    found[student, one.name, grade.name] = (
                        grade.auto_score,
                        grade.manual_score,
                        grade.needs_manual_grade,
                    )
                for comment in one.comments:
                    place = (student, one.name, comment.name, "comment")
                    found[place] = comment.auto_comment
    return found
