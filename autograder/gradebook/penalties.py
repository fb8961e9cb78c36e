"""Brings lateness up to date: due dates, extensions, and nbgrader's own penalties.

Which penalty there is, is nbgrader's setting: `c.LateSubmissionPlugin.penalty_method`,
or a plugin of the course's own (`c.AssignLatePenalties.plugin_class`).
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from nbformat.v4 import new_notebook
from nbgrader.api import MissingEntry
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import AssignLatePenalties
from traitlets.config import Config

from autograder.course import Course, nbgrader_at_work
from autograder.gradebook.extensions import extensions


def settle(course: Course, assignment: str, students: Iterable[str]) -> None:
    """Gives hand-ins their extensions, and the penalties that follow from the due date.

    nbgrader does so when it marks; this is for what changes afterwards: an extension,
    the due date, marks given by hand.
    """
    granted, late = extensions(course, assignment), []
    with course.gradebook() as gradebook:
        for student in students:
            try:
                submission = gradebook.find_submission(assignment, student)
            except MissingEntry:
                continue
            submission.extension = _longer(submission, granted.get(student))
            if submission.total_seconds_late or submission.late_submission_penalty:
                late += [(student, notebook.name) for notebook in submission.notebooks]
        gradebook.db.commit()
    if late:
        _penalise(course.config(), assignment, late)


def _longer(submission: Any, until: datetime | None) -> timedelta | None:
    """The time that a student has after the due date; None where there is none."""
    due = submission.assignment.duedate
    if until is None or due is None:
        return None
    return max(until - due.replace(tzinfo=UTC), timedelta(0)) or None


def _penalise(config: Config, assignment: str, late: list[tuple[str, str]]) -> None:
    """nbgrader's own step, on notebooks without cells: it looks at none."""
    step = AssignLatePenalties(config=config)
    url = CourseDirectory(config=config).db_url
    with nbgrader_at_work():
        for student, notebook in late:
            facts = {
                "notebook": notebook,
                "assignment": assignment,
                "student": student,
                "db_url": url,
            }
            step.preprocess(new_notebook(), {"nbgrader": facts})
