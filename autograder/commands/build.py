"""`autograder build`."""

import sys
from pathlib import Path

import click

from autograder import build as building
from autograder.assignment import Assignment
from autograder.commands.options import (
    assignment_folders,
    plain_errors,
    solutions_option,
)
from autograder.tables import console


@click.command()
@click.argument("names", nargs=-1)
@solutions_option
@click.option("--exercises", type=click.Path(path_type=Path), default="exercises")
@click.option(
    "--bundle", type=click.Path(path_type=Path), help="Also write a zip for students."
)
@click.option("--check", is_flag=True, help="Write nothing; fail if that would change.")
@plain_errors
def command(
    names: tuple[str, ...],
    solutions: Path,
    exercises: Path,
    bundle: Path | None,
    check: bool,
) -> None:
    """Make the students' notebooks from solutions (all, or NAMES)."""
    changed = False
    texts = {}
    for folder in assignment_folders(solutions, names):
        assignment = Assignment(folder)
        assignment.validate()
        texts[assignment.name] = building.text_of(building.release_notebook(assignment))
        path, new = building.write_exercise(assignment, exercises, write=not check)
        changed |= new
        console.print(f"{path}{' (changed)' if new else ''}")
    if bundle and not check:
        building.write_bundle(texts, bundle)
        console.print(f"{bundle}")
    if check and changed:
        console.print("[red]The exercises are not what solutions give.[/red]")
        sys.exit(1)
