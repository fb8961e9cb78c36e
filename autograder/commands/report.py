"""`autograder report`."""

from pathlib import Path

import click

from autograder.commands.options import (
    assignment_option,
    chosen_students,
    course_option,
    plain_errors,
    student_option,
)
from autograder.course import Course
from autograder.returning import report as reporting
from autograder.tables import console


@click.command()
@course_option
@assignment_option
@student_option
@plain_errors
def command(root: Path, name: str | None, students: tuple[str, ...]) -> None:
    """Write feedback pages, the class page and grades.csv."""
    course = Course.opened(root)
    handed_in = [one for one in course.assignments if course.students(one)]
    for one in [name] if name else handed_in or course.assignments:
        chosen_students(course, one, students)
        page = reporting.write(course, one, list(students) or None)
        console.print(f"{page}")
    console.print(f"{course.root / 'grades.csv'}")
