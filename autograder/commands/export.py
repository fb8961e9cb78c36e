"""`autograder export`."""

import os
import sys
import zipfile
from pathlib import Path

import click
from rich.markup import escape

from autograder.collecting.roster import read_roster
from autograder.commands.options import (
    assignment_option,
    course_option,
    one_assignment,
    plain_errors,
)
from autograder.course import Course
from autograder.returning import report as reporting
from autograder.returning.export import Export, for_canvas, for_moodle, participant
from autograder.returning.sheets import Sheet, read_sheet, write_sheet
from autograder.tables import console


@click.command()
@course_option
@assignment_option
@click.option(
    "--format", "platform", type=click.Choice(("moodle", "canvas")), required=True
)
@click.option(
    "--worksheet",
    type=click.Path(path_type=Path),
    required=True,
    help="Moodle's grading worksheet, or Canvas's exported gradebook.",
)
@click.option("--column", default="", help="The assignment's column in Canvas.")
@click.option(
    "--roster",
    "listed",
    type=click.Path(path_type=Path),
    help="A CSV with a column id and what platforms call the students.",
)
@plain_errors
def command(
    root: Path,
    name: str | None,
    platform: str,
    worksheet: Path,
    column: str,
    listed: Path | None,
) -> None:
    """Fill in Moodle's grading worksheet or Canvas's gradebook."""
    course = Course.opened(root)
    name = one_assignment(course, name)
    sheet = read_sheet(worksheet)
    roster = read_roster(listed) if listed else None
    reporting.write(course, name)
    read, rows = course.assignment(name), reporting.rows(course, name)
    if platform == "moodle":
        export = for_moodle(sheet, rows, read, roster)
        pages = course.root / "reports" / f"{name}-moodle-feedback.zip"
        _zip_pages(course, name, sheet, export, pages)
        console.print(f"{pages}")
    else:
        export = for_canvas(sheet, rows, read, roster, column)
    path = course.root / "reports" / f"{name}-{platform}.csv"
    write_sheet(path, export.head, export.lines)
    console.print(f"{path}: {len(export.filled)} of {len(rows)} marks.")
    for student, reason in export.left_out.items():
        console.print(f"[yellow]left out: {escape(f'{student} ({reason})')}[/yellow]")
    sys.exit(1 if export.left_out else 0)


def _zip_pages(
    course: Course, assignment: str, sheet: Sheet, export: Export, path: Path
) -> None:
    """Students' pages, laid out as Moodle takes feedback files for many at once."""
    number = sheet.column("Identifier")
    part = path.with_name(path.name + ".part")
    part.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
        for student, place in sorted(export.filled.items()):
            who = participant(sheet.lines[place][number])
            # Moodle reads the number alone, between the first two underscores.
            folder = f"{student.replace('_', ' ')}_{who}_assignsubmission_file_"
            page = course.feedback(student, assignment)
            archive.write(page, f"{folder}/{assignment}.html")
    os.replace(part, path)
