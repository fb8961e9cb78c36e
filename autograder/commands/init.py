"""`autograder init`."""

from pathlib import Path

import click

from autograder.commands.options import (
    assignment_folders,
    assignment_option,
    plain_errors,
    solutions_option,
)
from autograder.course import init
from autograder.gradebook.dates import moment
from autograder.tables import console


@click.command()
@click.argument("root", metavar="DIR", type=click.Path(path_type=Path))
@solutions_option
@assignment_option
@click.option("--due", help="As '2026-01-31 23:59 Europe/Berlin', or +01:00.")
@plain_errors
def command(root: Path, solutions: Path, name: str | None, due: str | None) -> None:
    """Make an nbgrader course in DIR, with all assignments or one."""
    when = moment(due) if due else None
    folders = assignment_folders(solutions, (name,) if name else ())
    course = init(root, folders)
    if when:
        with course.gradebook() as gradebook:
            for folder in folders:
                gradebook.update_or_create_assignment(folder.name, duedate=when)
    console.print(f"{course.root}: {', '.join(course.assignments)}")
