"""A demo class: wheats, chaffs and odd hand-ins, marked as a real class would be.

Each of its students hands in every assignment, and always the same kind of answer.
"""

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

RIGHT, WRONG = 10, 11  # at most; with the odd ones a class of forty
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


def set_up(folder: Path, assignments: list[Assignment]) -> Course:
    """A new course in `folder`, and beside it a zip of hand-ins per assignment.

    Raises:
        CourseError: `folder` holds something that no demo made.
    """
    marker = folder / "demo.txt"
    if folder.exists() and any(folder.iterdir()) and not marker.exists():
        raise CourseError(f"{folder} is not empty. Name a new folder for the demo.")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    marker.write_text("Made by `autograder demo`; it is made anew each time.\n")
    course = init(folder / "course", [one.folder for one in assignments])
    with course.gradebook() as gradebook:
        for assignment in assignments:
            due = DUE.replace(tzinfo=None)
            gradebook.update_or_create_assignment(assignment.name, duedate=due)
            _write_hand_ins(hand_ins(course, assignment), assignment)
    return course


def hand_ins(course: Course, assignment: Assignment) -> Path:
    """Where `set_up` puts what the class hands in."""
    return course.root.parent / f"{assignment.name}.zip"


def class_answers(assignment: Assignment) -> dict[str, Answer]:
    """Some right answers and some wrong ones, by student."""
    right = [answer for answer in answers(assignment) if not answer.caught_by]
    wrong = _one_per_problem_first(assignment.chaffs)
    named = {f"wheat-{n:02}": one for n, one in enumerate(right[:RIGHT], start=1)}
    return named | {f"chaff-{n:02}": a for n, a in enumerate(wrong[:WRONG], start=1)}


def _one_per_problem_first(chaffs: list[Answer]) -> list[Answer]:
    chosen = {}
    for chaff in chaffs:
        chosen.setdefault(min(chaff.caught_by).partition("/")[0], chaff)
    first = list(chosen.values())
    others = [chaff for chaff in chaffs if chaff not in first]
    return [*first, *others[:: max(1, len(others) // WRONG)]]


def expectations(assignment: Assignment) -> dict[str, Expectation]:
    """What must come of each student's hand-in."""
    expected = {}
    for student, answer in class_answers(assignment).items():
        problems = frozenset(name.partition("/")[0] for name in answer.caught_by)
        expected[student] = Expectation(problems)
    for odd in oddities(assignment):
        expected[f"odd-{odd.name}"] = Expectation(odd.loses, odd.note)
    return expected


def _write_hand_ins(path: Path, assignment: Assignment) -> None:
    """A zip as nbgrader lays one out: STUDENT/ASSIGNMENT/NOTEBOOK."""
    all_of_them = [
        Oddity(student, notebook_of(assignment, answer))
        for student, answer in class_answers(assignment).items()
    ]
    all_of_them += [
        Oddity(f"odd-{odd.name}", odd.data, file=odd.file, late=odd.late)
        for odd in oddities(assignment)
    ]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for one in all_of_them:
            folder = f"{one.name}/{assignment.name}"
            file = one.file or f"{assignment.name}.ipynb"
            when = DUE + (timedelta(days=2) if one.late else timedelta(hours=-3))
            archive.writestr(f"{folder}/{file}", one.data)
            archive.writestr(f"{folder}/timestamp.txt", stamp(when))
