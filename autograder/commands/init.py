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
from autograder.tables import console


@click.command()
@click.argument("root", metavar="DIR", type=click.Path(path_type=Path))
@solutions_option
@assignment_option
@plain_errors
def command(root: Path, solutions: Path, name: str | None) -> None:
    """Make an nbgrader course in DIR, with all assignments or one."""
    course = init(root, assignment_folders(solutions, (name,) if name else ()))
    console.print(f"{course.root}: {', '.join(course.assignments)}")
