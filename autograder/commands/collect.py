"""`autograder collect`."""

import sys
from pathlib import Path

import click
from rich.markup import escape

from autograder import collect as collecting
from autograder.commands.options import (
    assignment_option,
    course_option,
    one_assignment,
    plain_errors,
)
from autograder.course import Course
from autograder.tables import console


@click.command()
@click.argument("source", type=click.Path(path_type=Path))
@course_option
@assignment_option
@click.option("--student", help="Whose it is, if SOURCE is one notebook.")
@plain_errors
def command(source: Path, root: Path, name: str | None, student: str | None) -> None:
    """Take hand-ins from SOURCE: a folder, a zip or a notebook."""
    course = Course.opened(root)
    name = one_assignment(course, name)
    collected = collecting.collect(course, name, source, student)
    console.print(f"{len(collected.taken)} hand-ins taken for {name}.")
    for path, reason in collected.unmatched.items():
        console.print(f"[yellow]left out: {escape(f'{path} ({reason})')}[/yellow]")
    sys.exit(1 if collected.unmatched else 0)
