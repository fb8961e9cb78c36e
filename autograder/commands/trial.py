"""`autograder trial`."""

import functools
import secrets
import sys
from pathlib import Path

import click

from autograder import tables, trial
from autograder.assignment import Answer, Assignment
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
from autograder.fairness import Found, Table
from autograder.mutants import answer_of, explained, mutants
from autograder.tables import console


@click.command()
@click.argument("names", nargs=-1)
@solutions_option
@backend_option("all")
@jobs_option
@isolation_option
@click.option(
    "--seeds", type=click.IntRange(1), default=1, help="Mark each wheat with so many."
)
@click.option("--mutants", is_flag=True, help="Try machine-made wrong answers, too.")
@click.option(
    "--table",
    "path",
    type=click.Path(path_type=Path),
    help="Keep the counts in this Markdown file, beside those of earlier runs.",
)
@plain_errors
def command(
    names: tuple[str, ...],
    solutions: Path,
    backend: str | None,
    jobs: int,
    wanted: str,
    seeds: int,
    mutants: bool,
    path: Path | None,
) -> None:
    """Try the checks of NAMES (default: all) on their wheats and chaffs."""
    isolated = chosen_isolation(wanted)
    good = True
    for folder in assignment_folders(solutions, names):
        assignment = Assignment(folder)
        assignment.validate()
        for one in chosen_backends(backend):
            tried = Trial(assignment, one, isolated, jobs)
            tried.answers()
            if seeds > 1:
                tried.seeds(seeds)
            if mutants:
                tried.mutants()
            if path:
                Table(path).update(assignment.name, one, tried.found)
            good = good and tried.good
    sys.exit(0 if good else 1)


class Trial:
    """Tries one assignment on one backend, and prints what was found."""

    def __init__(
        self, assignment: Assignment, backend: str, isolated: str, jobs: int
    ) -> None:
        self.assignment, self.backend = assignment, backend
        self.isolated, self.jobs = isolated, jobs
        self.found = Found(assignment.version)
        self.good = True

    def answers(self) -> None:
        """Each wheat and each chaff once."""
        outcomes = self._mark("answers", trial.answers(self.assignment))
        console.print(tables.trial_table(outcomes))
        wheats = [outcome for outcome in outcomes if outcome.is_wheat]
        chaffs = [outcome for outcome in outcomes if not outcome.is_wheat]
        self.found.wheats = self._counted("wheats accepted", wheats)
        self.found.chaffs = self._counted("chaffs caught", chaffs)
        self.found.seconds = outcomes[0].result.seconds

    def seeds(self, number: int) -> None:
        """Every wheat with many seeds: nobody loses marks by chance."""
        wheats = [a for a in trial.answers(self.assignment) if not a.caught_by]
        outcomes = self._mark(f"{number} seeds", wheats, number)
        lost = [outcome for outcome in outcomes if not outcome.as_expected]
        for outcome in lost:
            self._print(f"{outcome.answer.name} lost marks: {outcome.surprise}")
        self.found.seeds = [number, len(lost)]
        self._print(f"{len(lost)} of {len(outcomes)} markings of wheats lost marks.")
        self.good = self.good and not lost

    def mutants(self) -> None:
        """The reference with one small change: caught, or explained."""
        made, reasons = mutants(self.assignment), explained(self.assignment)
        outcomes = self._mark("mutants", [answer_of(m, self.assignment) for m in made])
        pairs = list(zip(made, outcomes, strict=True))
        lived = [mutant for mutant, outcome in pairs if not outcome.caught]
        unexplained = [mutant for mutant in lived if mutant.key not in reasons]
        for mutant in unexplained:
            self._print(f"survived: {mutant.name}")
        caught = len(made) - len(lived)
        counts = [caught, len(lived) - len(unexplained), len(unexplained)]
        self.found.mutants = counts
        words = "{} mutants caught, {} equivalent, {} unexplained."
        self._print(words.format(*counts))
        self.good = self.good and not unexplained

    def _mark(
        self, what: str, answers: list[Answer], seeds: int = 1
    ) -> list[trial.Outcome]:
        title, number = f"{self.assignment.name}, {self.backend}, {what}", len(answers)
        chosen = [secrets.randbits(63) for _ in range(seeds)]
        how = self.backend, self.isolated, self.jobs, chosen
        with tables.progress_bar(title, number * seeds) as bar:
            step = functools.partial(bar.advance, bar.task_ids[0])
            return trial.trial(self.assignment, answers, *how, step)

    def _counted(self, what: str, outcomes: list[trial.Outcome]) -> list[int]:
        good = sum(outcome.as_expected for outcome in outcomes)
        self._print(f"{good} of {len(outcomes)} {what}.")
        self.good = self.good and good == len(outcomes)
        return [good, len(outcomes)]

    def _print(self, text: str) -> None:
        where = f"{self.assignment.name}, {self.backend}: "
        console.print(where + text, markup=False, soft_wrap=True)
