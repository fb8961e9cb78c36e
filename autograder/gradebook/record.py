"""Puts results into nbgrader's gradebook, through nbgrader's own converter.

nbgrader sanitises the restored notebook, saves the marks and the late penalty, and
writes the autograded notebook. Its execute step alone is replaced: by one that fills
in the outputs which the box gave. One writer; doing it twice changes nothing.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbgrader.converters import Autograde
from nbgrader.converters.base import NbGraderException
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import CheckCellMetadata, Execute
from nbgrader.utils import parse_utc

from autograder.assignment import Assignment
from autograder.build import text_of
from autograder.course import Course, nbgrader_at_work
from autograder.gradebook.by_hand import keep, standing
from autograder.gradebook.penalties import settle
from autograder.plain.assignment import NOTEBOOKS, PlainAssignment
from autograder.submission import Result
from autograder.workers.parcel import regular_files

RESTORED = ".autograder/restored"  # takes the place of nbgrader's `submitted`


class RecordError(Exception):
    """nbgrader refused a result; says which and why."""


class Recorder:
    """The gradebook's one writer, for one assignment."""

    def __init__(self, course: Course, assignment: str) -> None:
        self.course, self.assignment = course, assignment
        self.opened = course.assignment(assignment)
        self.last_solution = _last_solution_cells(self.opened)

    def record(self, student: str, result: Result) -> None:
        """Writes marks, comments and outputs of one submission.

        Raises:
            RecordError: nbgrader could not convert or save it.
        """
        if result.status == "marked":
            with self._marks_by_hand_kept(student):
                self._convert(student, result)
            self._comment(student, result)
        else:
            self._record_failure(student)
        settle(self.course, self.assignment, [student])

    @contextmanager
    def _marks_by_hand_kept(self, student: str) -> Iterator[None]:
        autograded = self.course.root / "autograded" / student / self.assignment
        whose = (self.assignment, student, autograded)
        with self.course.gradebook() as gradebook:
            before = standing(gradebook, *whose)
        yield
        if before:
            with self.course.gradebook() as gradebook:
                keep(gradebook, *whose, before)

    def _convert(self, student: str, result: Result) -> None:
        notebooks = {n: nbformat.from_dict(one) for n, one in result.notebooks.items()}
        folder = self._hand_over(student, notebooks)
        config = self.course.config(
            submitted_directory=RESTORED,
            student_id=student,
            assignment_id=self.assignment,
        )
        converter = Autograde(coursedir=CourseDirectory(config=config), config=config)
        converter.force = True
        converter.autograde_preprocessors = [
            _filler(notebooks) if step is Execute else step
            for step in converter.autograde_preprocessors
            if step is not CheckCellMetadata  # slow, and sanitising has just done it
        ]
        try:
            with nbgrader_at_work():
                converter.start()
        except (NbGraderException, SystemExit) as error:
            raise RecordError(f"nbgrader did not take {student}: {error}") from error
        shutil.rmtree(folder.parent)

    def _hand_over(self, student: str, notebooks: dict[str, NotebookNode]) -> Path:
        """Lays the restored notebooks where the converter looks for hand-ins."""
        folder = self.course.root / RESTORED / student / self.assignment
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for name, notebook in notebooks.items():
            path = folder / f"{name}.ipynb"
            path.write_text(text_of(notebook), encoding="utf-8")
        for name, source in self._others(student).items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, folder / name)
        return folder

    def _others(self, student: str) -> dict[str, Path]:
        """What goes with the notebooks: a plain assignment's other files, too."""
        submitted = self.course.submitted(student, self.assignment)
        if isinstance(self.opened, PlainAssignment):
            return regular_files(submitted, [*self.opened.ignore, NOTEBOOKS])
        names = ("timestamp.txt", *self.opened.asked_files)
        return {n: submitted / n for n in names if (submitted / n).is_file()}

    def _comment(self, student: str, result: Result) -> None:
        """Leaves a problem's sentences as the comment on its last hole."""
        with self.course.gradebook() as gradebook:
            for name, problem in result.problems.items():
                cell = self.last_solution.get(name)
                sentences = [mark.sentence for mark in problem.marks if mark.sentence]
                if cell is None:
                    continue
                comment = gradebook.find_comment(
                    cell, self.assignment, self.assignment, student
                )
                comment.auto_comment = "\n".join(dict.fromkeys(sentences)) or None
            gradebook.db.commit()

    def _record_failure(self, student: str) -> None:
        """A hand-in that cannot be marked: no automatic marks, waits for a person."""
        folder = self.course.submitted(student, self.assignment)
        with self.course.gradebook() as gradebook:
            gradebook.update_or_create_student(student)
            submission = gradebook.update_or_create_submission(
                self.assignment, student, timestamp=timestamp(folder)
            )
            for notebook in submission.notebooks:
                for grade in notebook.grades:
                    grade.auto_score = None
                    grade.needs_manual_grade = True
            gradebook.db.commit()


def timestamp(folder: Path) -> datetime | None:
    """When a hand-in came (UTC), from its `timestamp.txt`; None where there is none."""
    path = folder / "timestamp.txt"
    if not path.is_file():
        return None
    try:
        return parse_utc(path.read_text(encoding="utf-8").strip())
    except ValueError:
        return None


def stamp(when: datetime) -> str:
    """A time as nbgrader writes it into `timestamp.txt`."""
    return when.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f %Z")


def _filler(executed: dict[str, NotebookNode]) -> Any:
    """A preprocessor that takes each cell's outputs from the executed notebook."""

    def fill(notebook: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        cells = executed[resources["nbgrader"]["notebook"]].cells
        if len(notebook.cells) != len(cells):
            raise RecordError("nbgrader changed the number of cells")
        for cell, own in zip(notebook.cells, cells, strict=True):
            if cell.cell_type == "code":
                cell.outputs = own.get("outputs") or []
        return notebook, resources

    return fill


def _last_solution_cells(assignment: Assignment | PlainAssignment) -> dict[str, str]:
    problems = assignment.problems.values()
    return {p.name: f"solution-{p.solutions[-1]}" for p in problems if p.solutions}
