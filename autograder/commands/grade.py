"""`autograder grade`."""

import functools
import sys
from collections.abc import Callable
from pathlib import Path

import click
from rich.markup import escape

from autograder import tables
from autograder.commands.options import (
    assignment_option,
    backend_option,
    chosen_backends,
    chosen_isolation,
    chosen_students,
    course_option,
    isolation_option,
    jobs_option,
    one_assignment,
    plain_errors,
    student_option,
)
from autograder.course import Course, CourseError
from autograder.grade import Batch, Workers
from autograder.returning import report as reporting
from autograder.submission import Result
from autograder.tables import console
from autograder.workers.everywhere import Everywhere
from autograder.workers.pool import Pool, Task


@click.command()
@course_option
@assignment_option
@backend_option("all")
@jobs_option
@student_option
@isolation_option
@click.option("--scheduler", help="Mark on this Dask cluster: tcp://HOST:PORT.")
@click.option(
    "--all-cells",
    is_flag=True,
    help="Run visible tests and pictures, too: for the eye.",
)
@click.option("--force", is_flag=True, help="Mark again what is marked already.")
@plain_errors
def command(
    root: Path,
    name: str | None,
    backend: str | None,
    jobs: int,
    students: tuple[str, ...],
    wanted: str,
    scheduler: str | None,
    all_cells: bool,
    force: bool,
) -> None:
    """Mark the hand-ins; goes on where a stopped run ended."""
    course = Course.opened(root)
    name = one_assignment(course, name)
    chosen = chosen_students(course, name, students)
    backends = chosen_backends(backend)
    which = backends[0] if len(backends) == 1 else "all"
    batch = Batch(course, name, which, force, all_cells)
    workers = _workers(scheduler, wanted, jobs, backends)
    results = run_batch(batch, chosen, workers)
    rows = [row for row in reporting.rows(course, name) if row.student in results]
    tables.print_class(rows, batch.assignment)
    failed = {who: one.reason for who, one in results.items() if one.reason}
    for student, reason in failed.items():
        console.print(f"[red]{escape(student)}: not marked. {escape(reason)}[/red]")
    console.print(f"{len(results) - len(failed)} marked, {len(failed)} not marked.")
    sys.exit(1 if failed else 0)


def _workers(
    scheduler: str | None, wanted: str, jobs: int, backends: list[str]
) -> Callable[[Task], Workers]:
    """What marks: processes here, or the workers of a cluster."""
    if scheduler is None:
        here = {"isolated": chosen_isolation(wanted), "jobs": jobs}
        if len(backends) > 1:
            return functools.partial(Everywhere, backends=backends, **here)
        return functools.partial(Pool, **here)
    if len(backends) > 1:
        raise CourseError("--backend all marks on this machine: leave out --scheduler.")
    try:
        from autograder.workers.cluster import Cluster
    except ImportError:
        raise CourseError(
            "--scheduler needs Dask: install kerasdl[cluster] here and on the workers."
        ) from None
    return functools.partial(Cluster, wanted=wanted, address=scheduler)


def run_batch(
    batch: Batch, students: list[str], workers: Callable[[Task], Workers]
) -> dict[str, Result]:
    points, done = batch.assignment.points, 0
    with tables.progress_bar(batch.assignment.name, len(students)) as bar:

        def progress(student: str, result: Result) -> None:
            nonlocal done
            done += 1
            bar.console.print(tables.student_line(student, result, points))
            bar.advance(bar.task_ids[0])

        try:
            return batch.run(students, workers, progress)
        except KeyboardInterrupt:
            console.print(
                f"Stopped: {done} of {len(students)} done. The same command goes on "
                f"from here."
            )
            sys.exit(1)
