"""What the commands print."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.table import Table

from autograder.assignment import Assignment
from autograder.returning.report import Row
from autograder.submission import Result
from autograder.trial import Outcome

console = Console(highlight=False)


@contextmanager
def progress_bar(what: str, total: int) -> Iterator[Progress]:
    """A bar with the time left; lines printed meanwhile stand above it."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("left:"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        bar.add_task(what, total=total)
        yield bar


def student_line(student: str, result: Result, points: float) -> str:
    """One finished student."""
    if result.status != "marked":
        return f"[red]{escape(student)}: not marked. {escape(result.reason)}[/red]"
    notes = len(result.repairs) + len(result.events)
    extra = f", {notes} to note" if notes else ""
    return (
        f"{escape(student)}: {result.earned:g} of {points:g} "
        f"({result.seconds:.1f} s{extra})"
    )


def print_class(rows: list[Row], assignment: Assignment) -> None:
    """Students by problems; below, what a grader should know."""
    title = f"{assignment.name}, {assignment.points:g} automatic points"
    table = Table(title=title, box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column("student", overflow="fold")
    for number, _ in enumerate(assignment.problems, start=1):
        table.add_column(str(number), justify="right", min_width=4, no_wrap=True)
    table.add_column("sum", justify="right", min_width=5, no_wrap=True)
    for row in rows:
        cells = [_points(row.result, name) for name in assignment.problems]
        whole = "–" if row.automatic is None else f"{row.automatic:g}"
        table.add_row(escape(row.student), *cells, whole)
    console.print(table)
    names = (f"{n} {name}" for n, name in enumerate(assignment.problems, start=1))
    console.print(", ".join(names))
    if assignment.caution:
        console.print(f"[yellow]{escape(assignment.caution)}[/yellow]")
    for row in rows:
        if row.note:
            console.print(f"[yellow]{escape(row.student)}[/yellow]: {escape(row.note)}")


def trial_table(outcomes: list[Outcome]) -> Table:
    """Answers by what they were told."""
    table = Table(title=f"{outcomes[0].backend}")
    table.add_column("")
    table.add_column("answer", overflow="fold", min_width=20)
    table.add_column("points", justify="right")
    table.add_column("s", justify="right")
    table.add_column("failed checks, and what the student is told", ratio=1)
    for outcome in outcomes:
        good = "[green]ok[/green]" if outcome.as_expected else "[red]NO[/red]"
        told = escape("; ".join([*sorted(outcome.failed), *outcome.told[:1]]))
        if not outcome.as_expected:
            told = f"[red]{escape(outcome.surprise)}[/red]. {told}"
        points, seconds = outcome.result.earned, outcome.result.seconds
        name = escape(outcome.answer.name)
        table.add_row(good, name, f"{points:g}", f"{seconds:.1f}", told)
    return table


def _points(result: Result, name: str) -> str:
    problem = result.problems.get(name)
    if problem is None:
        return "–"
    colour = "green" if problem.earned >= problem.points else "yellow"
    colour = colour if problem.earned else "red"
    return f"[{colour}]{problem.earned:g}[/{colour}]"
