"""`autograder trial`."""

import secrets
import sys
from pathlib import Path

import click

from autograder import tables
from autograder import trial as trying
from autograder.assignment import Assignment
from autograder.commands.options import (
    assignment_folders,
    backend_option,
    chosen_backends,
    chosen_isolation,
    isolation_option,
    jobs_option,
    plain_errors,
    solutions_option,
)
from autograder.tables import console


@click.command()
@click.argument("names", nargs=-1)
@solutions_option
@backend_option("all")
@jobs_option
@isolation_option
@plain_errors
def command(
    names: tuple[str, ...],
    solutions: Path,
    backend: str | None,
    jobs: int,
    wanted: str,
) -> None:
    """Try the checks of NAMES (default: all) on their wheats and chaffs."""
    seed, isolated = secrets.randbits(63), chosen_isolation(wanted)
    wrong = 0
    for folder in assignment_folders(solutions, names):
        assignment = Assignment(folder)
        assignment.validate()
        for one in chosen_backends(backend):
            outcomes = _try(assignment, one, isolated, jobs, seed)
            console.print(tables.trial_table(outcomes))
            wheats = [outcome for outcome in outcomes if outcome.is_wheat]
            chaffs = [outcome for outcome in outcomes if not outcome.is_wheat]
            for kind, some in (("wheats accepted", wheats), ("chaffs caught", chaffs)):
                good = sum(outcome.as_expected for outcome in some)
                console.print(
                    f"{assignment.name}, {one}: {good} of {len(some)} {kind}."
                )
                wrong += len(some) - good
    sys.exit(1 if wrong else 0)


def _try(
    assignment: Assignment, backend: str, isolated: str, jobs: int, seed: int
) -> list[trying.Outcome]:
    answers = trying.answers(assignment)
    with tables.progress_bar(f"{assignment.name}, {backend}", len(answers)) as bar:
        return trying.trial(
            assignment,
            answers,
            backend,
            isolated,
            jobs,
            seed,
            lambda outcome: bar.advance(bar.task_ids[0]),
        )
