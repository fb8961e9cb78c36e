"""`autograder grade`."""

import sys
from pathlib import Path

import click
from rich.markup import escape

from autograder import report as reporting
from autograder import tables
from autograder.commands.options import (
    assignment_option,
    backend_option,
    chosen_backend,
    chosen_isolation,
    chosen_students,
    course_option,
    isolation_option,
    jobs_option,
    one_assignment,
    plain_errors,
    student_option,
)
from autograder.course import Course
from autograder.grade import Batch
from autograder.submission import Result
from autograder.tables import console


@click.command()
@course_option
@assignment_option
@backend_option()
@jobs_option
@student_option
@isolation_option
@click.option("--force", is_flag=True, help="Mark again what is marked already.")
@plain_errors
def command(
    root: Path,
    name: str | None,
    backend: str | None,
    jobs: int,
    students: tuple[str, ...],
    wanted: str,
    force: bool,
) -> None:
    """Mark the hand-ins; goes on where a stopped run ended."""
    course = Course.opened(root)
    name = one_assignment(course, name)
    chosen = chosen_students(course, name, students)
    batch = Batch(course, name, chosen_backend(backend), force)
    results = run_batch(batch, chosen, jobs, chosen_isolation(wanted))
    rows = [row for row in reporting.rows(course, name) if row.student in results]
    tables.print_class(rows, batch.assignment)
    failed = {who: one.reason for who, one in results.items() if one.reason}
    for student, reason in failed.items():
        console.print(f"[red]{escape(student)}: not marked. {escape(reason)}[/red]")
    console.print(f"{len(results) - len(failed)} marked, {len(failed)} not marked.")
    sys.exit(1 if failed else 0)


def run_batch(
    batch: Batch, students: list[str], jobs: int, isolated: str
) -> dict[str, Result]:
    points, done = batch.assignment.points, 0
    with tables.progress_bar(batch.assignment.name, len(students)) as bar:

        def progress(student: str, result: Result) -> None:
            nonlocal done
            done += 1
            bar.console.print(tables.student_line(student, result, points))
            bar.advance(bar.task_ids[0])

        try:
            return batch.run(students, jobs, isolated, progress)
        except KeyboardInterrupt:
            console.print(
                f"Stopped: {done} of {len(students)} done. The same command goes on "
                f"from here."
            )
            sys.exit(1)
