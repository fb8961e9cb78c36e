"""`autograder collect`."""

import sys
from pathlib import Path

import click
from rich.markup import escape

from autograder.collecting import collect as collecting
from autograder.collecting.roster import read_roster
from autograder.commands.options import (
    assignment_option,
    course_option,
    one_assignment,
    plain_errors,
)
from autograder.course import Course
from autograder.gradebook.dates import zone
from autograder.tables import console


@click.command()
@click.argument("source", type=click.Path(path_type=Path))
@course_option
@assignment_option
@click.option("--student", help="Whose it is, if SOURCE is one student's.")
@click.option(
    "--roster",
    "listed",
    type=click.Path(path_type=Path),
    help="A CSV with a column id and what platforms call the students.",
)
@click.option(
    "--time-zone",
    "zone_name",
    help="Of times in zips, which say none: Europe/Berlin (default: this machine's).",
)
@click.option("--older", is_flag=True, help="Let older hand-ins replace newer ones.")
@plain_errors
def command(
    source: Path,
    root: Path,
    name: str | None,
    student: str | None,
    listed: Path | None,
    zone_name: str | None,
    older: bool,
) -> None:
    """Take hand-ins from SOURCE: a folder, a zip, a tar or a notebook."""
    course = Course.opened(root)
    name = one_assignment(course, name)
    collected = collecting.collect(
        course,
        name,
        source,
        student,
        read_roster(listed) if listed else None,
        zone(zone_name) if zone_name else None,
        older,
    )
    console.print(f"{len(collected.taken)} hand-ins taken for {name}.")
    if collected.unchanged:
        console.print(f"{len(collected.unchanged)} were there already.")
    for who, note in collected.notes.items():
        console.print(escape(f"{who}: {note}"))
    for path, reason in collected.unmatched.items():
        console.print(f"[yellow]left out: {escape(f'{path} ({reason})')}[/yellow]")
    sys.exit(1 if collected.unmatched else 0)
