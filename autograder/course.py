"""A course: an ordinary nbgrader folder, and where our own files lie in it."""

import json
import logging
import os
import re
import shutil
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.apps.api import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from sqlalchemy.exc import SQLAlchemyError
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

from autograder.assignment import NOTEBOOK, Assignment
from autograder.build import source_notebook, text_of
from autograder.plain.assignment import PlainAssignment

# nbgrader's own database code makes SQLAlchemy warn; nobody here can mend that.
warnings.filterwarnings("ignore", module="nbgrader")

CONFIG = """\
c = get_config()  # noqa

c.CourseDirectory.course_id = "{course}"
# A hidden check may train a small model.
c.ExecutePreprocessor.timeout = 300
# What a late hand-in costs: "none", or "zero" for no marks (see nbgrader's manual).
c.LateSubmissionPlugin.penalty_method = "none"
# Students' texts and outputs run nothing in the browser of whoever grades them.
c.HTMLExporter.sanitize_html = True
c.HTMLExporter.filters = {{
    "strip_files_prefix": "autograder.returning.harmless_html.harmless_html"
}}
"""


class CourseError(Exception):
    """The folder is not a course, or lacks something; says what to do."""


class Course:
    """The course at `root`.

    Attributes:
        work: our own folder: hand-ins in the release's shape, results, seeds.
    """

    def __init__(self, root: Path) -> None:
        self.root = Path(root).resolve()
        self.work = self.root / ".autograder"

    @classmethod
    def opened(cls, root: Path) -> "Course":
        course = cls(root)
        if not (course.root / "nbgrader_config.py").is_file():
            raise CourseError(
                f"{course.root} is not a course: it has no nbgrader_config.py. Make "
                f"one with `autograder init {root}`."
            )
        return course

    @property
    def assignments(self) -> list[str]:
        """Those with checks of ours, and what nbgrader alone has released."""
        return sorted(self._checked() | self._released())

    def assignment(self, name: str) -> Assignment | PlainAssignment:
        if name in self._checked():
            return Assignment(self.root / "solutions" / name)
        if name in self._released():
            return PlainAssignment(self, name)
        raise CourseError(
            f"The course has no assignment {name!r}; it has: "
            f"{', '.join(self.assignments) or 'none'}. An assignment of nbgrader's "
            f"counts once `nbgrader generate_assignment` has released it."
        )

    def _checked(self) -> set[str]:
        notebooks = (self.root / "solutions").glob(f"*/{NOTEBOOK}")
        return {path.parent.name for path in notebooks}

    def _released(self) -> set[str]:
        return {path.parent.name for path in (self.root / "release").glob("*/*.ipynb")}

    def release(self, name: str) -> NotebookNode:
        path = self.root / "release" / name / f"{name}.ipynb"
        if not path.is_file():
            raise CourseError(
                f"{path} is missing. Run `nbgrader generate_assignment {name}` in the "
                f"course, or `autograder init` again."
            )
        return nbformat.read(path, as_version=4)

    def submitted(self, student: str, assignment: str) -> Path:
        return self.root / "submitted" / student / assignment

    def students(self, assignment: str) -> list[str]:
        """Those who handed something in."""
        folders = (self.root / "submitted").glob(f"*/{assignment}")
        return sorted(path.parent.name for path in folders if path.is_dir())

    def feedback(self, student: str, assignment: str) -> Path:
        """Where nbgrader, too, looks for a student's page."""
        folder = self.root / "feedback" / student / assignment
        return folder / f"{assignment}.html"

    def work_of(self, assignment: str) -> Path:
        return self.work / assignment

    def gradebook(self) -> Gradebook:
        """nbgrader's database, wherever the course's settings say that it is.

        Raises:
            CourseError: it cannot be opened.
        """
        directory = CourseDirectory(config=self.config())
        try:
            with nbgrader_at_work():
                return Gradebook(directory.db_url, directory.course_id)
        except (SQLAlchemyError, ImportError) as error:
            where = re.sub(r":[^:@/]*@", ":***@", directory.db_url)
            raise CourseError(
                f"The gradebook {where} cannot be opened: {str(error).splitlines()[0]} "
                f"(see c.CourseDirectory.db_url in {self.root}/nbgrader_config.py)"
            ) from error

    def config(self, **own: Any) -> Config:
        """The course's nbgrader settings, with `own` for the course folder."""
        loader = PyFileConfigLoader("nbgrader_config.py", path=str(self.root))
        config = Config(loader.load_config())
        config.CourseDirectory.root = str(self.root)
        for name, value in own.items():
            setattr(config.CourseDirectory, name, value)
        return config


def init(root: Path, folders: list[Path]) -> Course:
    """Makes a course with the assignments in `folders`; adds to one that exists.

    An assignment that the course has already is brought up to date; hand-ins, marks
    and settings stay.
    """
    course = Course(root)
    strange = sorted(set("?#%[]*") & set(str(course.root)))
    if strange:
        raise CourseError(
            f"nbgrader cannot work in {course.root}: its path has {' '.join(strange)}. "
            f"Choose another name."
        )
    assignments = [Assignment(folder) for folder in folders]
    for assignment in assignments:
        assignment.validate()
        _check_unchanged(course, assignment)
    course.root.mkdir(parents=True, exist_ok=True)
    settings = course.root / "nbgrader_config.py"
    if not settings.exists():
        name = "".join(c if c.isalnum() else "_" for c in course.root.name)
        settings.write_text(CONFIG.format(course=name), encoding="utf-8")
    for assignment in assignments:
        _add(course, assignment)
    return course


def _check_unchanged(course: Course, assignment: Assignment) -> None:
    """Refuses new or lost cells where marks are recorded: nbgrader cannot do that."""
    if not (course.root / "nbgrader_config.py").is_file():
        return
    cells = source_notebook(assignment).cells
    new = {cell.id for cell in cells if "nbgrader" in cell.metadata}
    with course.gradebook() as gradebook:
        try:
            notebook = gradebook.find_notebook(assignment.name, assignment.name)
        except MissingEntry:
            return
        if not gradebook.assignment_submissions(assignment.name):
            return
        changed = new ^ {cell.name for cell in notebook.source_cells}
    if changed:
        raise CourseError(
            f"{assignment.name} has other cells than when its hand-ins were recorded "
            f"({', '.join(sorted(changed))}). Nothing was changed. Make a new course "
            f"for the new version with `autograder init`."
        )


def _add(course: Course, assignment: Assignment) -> None:
    """Copies what marking needs, and has nbgrader make the release and its records."""
    kept = course.root / "solutions" / assignment.name
    shutil.rmtree(kept, ignore_errors=True)
    for path in assignment.files:
        copied = kept / path.relative_to(assignment.folder)
        copied.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copied)
    source = course.root / "source" / assignment.name / f"{assignment.name}.ipynb"
    source.parent.mkdir(parents=True, exist_ok=True)
    source.write_text(text_of(source_notebook(assignment)), encoding="utf-8")
    config = course.config()
    api = NbGraderAPI(CourseDirectory(config=config), config=config)
    with nbgrader_at_work():
        done = api.generate_assignment(assignment.name, force=True)
    if not done["success"]:
        raise CourseError(
            f"nbgrader made no release of {assignment.name}: {done['log'][-1000:]}"
        )


@contextmanager
def nbgrader_at_work() -> Iterator[None]:
    """Silences nbgrader, which logs each step of each file, and lets it find its tools.

    It calls `alembic` by name for a new gradebook, which is on no PATH where this
    environment was not activated.
    """
    path = os.environ.get("PATH", "")
    os.environ["PATH"] = os.pathsep.join((str(Path(sys.executable).parent), path))
    logging.disable(logging.WARNING)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)
        os.environ["PATH"] = path


def write_durably(path: Path, data: Any) -> None:
    """Writes JSON so that a crash leaves the old file or the new one, whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    with open(part, "w", encoding="utf-8") as file:
        json.dump(data, file)
        file.flush()
        os.fsync(file.fileno())
    os.replace(part, path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
