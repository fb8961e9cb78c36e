"""`autograder extend`."""

from datetime import UTC, datetime
from pathlib import Path

import click
from nbgrader.api import MissingEntry
from rich.markup import escape

from autograder.commands.options import (
    assignment_option,
    course_option,
    one_assignment,
    plain_errors,
)
from autograder.course import Course, CourseError
from autograder.gradebook.dates import moment, span
from autograder.gradebook.extensions import extend
from autograder.gradebook.penalties import settle
from autograder.tables import console


@click.command()
@click.argument("students", nargs=-1, required=True)
@course_option
@assignment_option
@click.option("--until", help="As '2026-02-03 18:00 Europe/Berlin', or +01:00.")
@click.option("--by", "longer", help="After the due date: 90m, 12h, 2d, 1w.")
@click.option("--withdraw", is_flag=True, help="Take the extension back.")
@plain_errors
def command(
    students: tuple[str, ...],
    root: Path,
    name: str | None,
    until: str | None,
    longer: str | None,
    withdraw: bool,
) -> None:
    """Give STUDENTS more time; penalties follow at once."""
    if (until is not None) + (longer is not None) + withdraw != 1:
        raise click.UsageError("Say one of --until, --by and --withdraw.")
    course = Course.opened(root)
    name = one_assignment(course, name)
    due = _due(course, name)
    when = None if withdraw else moment(until) if until else due + span(str(longer))
    if when is not None and when <= due:
        raise CourseError(f"{name} is due {due:%Y-%m-%d %H:%M %Z}, which is later.")
    for student in students:
        extend(course, name, student, when)
    settle(course, name, students)
    words = "no extension" if when is None else f"until {when:%Y-%m-%d %H:%M %Z}"
    for student in students:
        known = course.submitted(student, name).is_dir()
        unknown = "" if known else " (has handed in nothing so far)"
        console.print(escape(f"{student}, {name}: {words}{unknown}"))


def _due(course: Course, assignment: str) -> datetime:
    with course.gradebook() as gradebook:
        try:
            due = gradebook.find_assignment(assignment).duedate
        except MissingEntry:
            due = None
    if due is None:
        raise CourseError(
            f"{assignment} has no due date, so nobody is late. Set one: `autograder "
            f"init COURSE --assignment {assignment} --due '2026-01-31 23:59+01:00'`."
        )
    return due.replace(tzinfo=UTC)
