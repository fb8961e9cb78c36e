"""`autograder demo`."""

import functools
import sys
from pathlib import Path

import click

from autograder import demo as demonstrating
from autograder import tables
from autograder.assignment import Assignment
from autograder.collecting import collect as collecting
from autograder.commands.grade import run_batch
from autograder.commands.options import (
    assignment_folders,
    assignment_option,
    backend_option,
    chosen_backends,
    chosen_isolation,
    isolation_option,
    jobs_option,
    plain_errors,
    solutions_option,
)
from autograder.course import Course
from autograder.grade import Batch
from autograder.returning import report as reporting
from autograder.tables import console
from autograder.workers.pool import Pool


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@solutions_option
@assignment_option
@backend_option("all")
@jobs_option
@isolation_option
@plain_errors
def command(
    folder: Path,
    solutions: Path,
    name: str | None,
    backend: str | None,
    jobs: int,
    wanted: str,
) -> None:
    """Mark a demo class in DIR, from hand-in to report, on one backend or all."""
    folders = assignment_folders(solutions, (name,) if name else ())
    isolated, wrong = chosen_isolation(wanted), 0
    for one in chosen_backends(backend):
        assignments = [Assignment(source) for source in folders]
        course = demonstrating.set_up(folder / one, assignments)
        for assignment in assignments:
            wrong += _demo(course, assignment, one, jobs, isolated)
    sys.exit(1 if wrong else 0)


def _demo(
    course: Course, assignment: Assignment, backend: str, jobs: int, isolated: str
) -> int:
    """Marks an assignment; how many hand-ins did not end as they must."""
    hand_ins = demonstrating.hand_ins(course, assignment)
    collected = collecting.collect(course, assignment.name, hand_ins)
    console.print(
        f"{assignment.name}, {backend}: {len(collected.taken)} hand-ins in {hand_ins}"
    )
    batch = Batch(course, assignment.name, backend)
    workers = functools.partial(Pool, isolated=isolated, jobs=jobs)
    run_batch(batch, sorted(collected.taken), workers)
    page = reporting.write(course, assignment.name)
    rows = reporting.rows(course, assignment.name)
    tables.print_class(rows, assignment)
    expected = demonstrating.expectations(assignment)
    missed = {
        row.student: expected[row.student].missed(row, assignment) for row in rows
    }
    missed |= {name: "has no line" for name in set(expected) - set(missed)}
    wrong = {student: words for student, words in missed.items() if words}
    for student, words in wrong.items():
        console.print(f"[red]{student}: {words}[/red]")
    good = f"{len(expected) - len(wrong)} of {len(expected)}"
    console.print(
        f"{assignment.name}, {backend}: {good} hand-ins ended as they must.\n"
        f"  marks:    {course.root / 'grades.csv'}\n  class:    {page}\n"
        f"  students: {course.root / 'feedback'}"
    )
    return len(wrong)
