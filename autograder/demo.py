"""A demo class: wheats, chaffs and odd hand-ins, marked as a real class would be."""

import shutil
import zipfile
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from autograder.assignment import Answer, Assignment
from autograder.course import Course, CourseError, init
from autograder.gradebook.record import stamp
from autograder.oddities import Oddity, oddities
from autograder.returning.report import Row
from autograder.trial import answers, notebook_of

DUE = datetime(2026, 1, 31, 23, 59, tzinfo=UTC)


@dataclass(frozen=True)
class Expectation:
    """What must come of a hand-in: see `Oddity`."""

    loses: frozenset[str] | None
    note: str = ""

    def missed(self, row: Row, assignment: Assignment) -> str:
        """How a line of the class table differs from this; empty where it does not."""
        if self.note not in row.note:
            return f"nobody was told {self.note!r}"
        if (self.loses is None) != (row.automatic is None):
            return "was marked" if self.loses is None else "was not marked"
        if self.loses is None:
            return ""
        problems = row.result.problems
        lost = {n for n, p in problems.items() if p.earned < p.points}
        if lost == self.loses and set(problems) == set(assignment.problems):
            return ""
        return f"lost marks at {sorted(lost)}, expected {sorted(self.loses)}"


def set_up(folder: Path, assignment: Assignment) -> tuple[Course, Path]:
    """A new course in `folder` and a zip of the class's hand-ins.

    Raises:
        CourseError: `folder` holds something that no demo made.
    """
    marker = folder / "demo.txt"
    if folder.exists() and any(folder.iterdir()) and not marker.exists():
        raise CourseError(f"{folder} is not empty. Name a new folder for the demo.")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    marker.write_text("Made by `autograder demo`; it is made anew each time.\n")
    course = init(folder / "course", [assignment.folder])
    with course.gradebook() as gradebook:
        due = DUE.replace(tzinfo=None)
        gradebook.update_or_create_assignment(assignment.name, duedate=due)
    return course, _write_hand_ins(folder / "handins.zip", assignment)


def class_answers(assignment: Assignment) -> list[Answer]:
    """The reference, every wheat, and for each problem the first of its chaffs."""
    chosen = {}
    for chaff in assignment.chaffs:
        problem = min(chaff.caught_by).partition("/")[0]
        chosen.setdefault(problem, chaff)
    right = [answer for answer in answers(assignment) if not answer.caught_by]
    return [*right, *chosen.values()]


def expectations(assignment: Assignment) -> dict[str, Expectation]:
    """What must come of each student's hand-in."""
    expected = {}
    for answer in class_answers(assignment):
        problems = frozenset(name.partition("/")[0] for name in answer.caught_by)
        expected[_student(answer.name, bool(problems))] = Expectation(problems)
    for odd in oddities(assignment):
        expected[f"odd-{odd.name}"] = Expectation(odd.loses, odd.note)
    return expected


def _student(name: str, wrong: bool) -> str:
    return f"chaff-{name}" if wrong else f"wheat-{name}"


def _write_hand_ins(path: Path, assignment: Assignment) -> Path:
    """A zip as nbgrader lays one out: STUDENT/ASSIGNMENT/NOTEBOOK."""
    hand_ins = [
        Oddity(_student(a.name, bool(a.caught_by)), notebook_of(assignment, a))
        for a in class_answers(assignment)
    ]
    hand_ins += [
        Oddity(f"odd-{odd.name}", odd.data, file=odd.file, late=odd.late)
        for odd in oddities(assignment)
    ]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for one in hand_ins:
            folder = f"{one.name}/{assignment.name}"
            file = one.file or f"{assignment.name}.ipynb"
            when = DUE + (timedelta(days=2) if one.late else timedelta(hours=-3))
            archive.writestr(f"{folder}/{file}", one.data)
            archive.writestr(f"{folder}/timestamp.txt", stamp(when))
    return path
