"""The `autograder` command. Exit codes: 0, 1 (something was not marked), 2 (usage)."""

import functools
import importlib.util
import os
import secrets
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from autograder import build as building
from autograder import collect as collecting
from autograder import demo as demonstrating
from autograder import report as reporting
from autograder import tables
from autograder import trial as trying
from autograder.assignment import Assignment
from autograder.box import isolation
from autograder.course import Course, CourseError, init
from autograder.grade import Batch
from autograder.source import SourceError
from autograder.submission import Result
from autograder.tables import console

BACKENDS = ("tensorflow", "jax", "torch")
EXPECTED = (SourceError, CourseError, collecting.CollectError, ValueError)

course_option = click.option(
    "--course",
    "root",
    type=click.Path(path_type=Path),
    default=".",
    help="The course folder (default: this one).",
)
assignment_option = click.option("--assignment", "name", help="Which assignment.")
student_option = click.option("--student", "students", multiple=True, help="Only them.")
jobs_option = click.option(
    "--jobs", type=click.IntRange(1), default=2, help="Submissions at a time."
)
solutions_option = click.option(
    "--solutions",
    type=click.Path(path_type=Path),
    default="solutions",
    help="Where the assignments' folders lie.",
)
isolation_option = click.option(
    "--isolation",
    "wanted",
    type=click.Choice(("auto", *isolation.KINDS)),
    default="auto",
    help="How a student's code is shut in; auto refuses what is not safe.",
)


def backend_option(*more: str) -> Callable:
    choices = click.Choice((*BACKENDS, *more))
    return click.option("--backend", type=choices, help="What Keras runs on.")


def plain_errors(command: Callable) -> Callable:
    """Errors that a person can mend are printed as a sentence; exit code 2."""

    @functools.wraps(command)
    def run(*arguments: Any, **options: Any) -> Any:
        try:
            return command(*arguments, **options)
        except EXPECTED as error:
            raise click.UsageError(str(error)) from error

    return run


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="kerasdl")
def main() -> None:
    """Marks students' deep learning notebooks."""


@main.command("build")
@click.argument("names", nargs=-1)
@solutions_option
@click.option("--exercises", type=click.Path(path_type=Path), default="exercises")
@click.option(
    "--bundle", type=click.Path(path_type=Path), help="Also write a zip for students."
)
@click.option("--check", is_flag=True, help="Write nothing; fail if that would change.")
@plain_errors
def build_command(
    names: tuple[str, ...],
    solutions: Path,
    exercises: Path,
    bundle: Path | None,
    check: bool,
) -> None:
    """Make the students' notebooks from solutions (all, or NAMES)."""
    changed = False
    texts = {}
    for folder in _folders(solutions, names):
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


@main.command("init")
@click.argument("root", metavar="DIR", type=click.Path(path_type=Path))
@solutions_option
@assignment_option
@plain_errors
def init_command(root: Path, solutions: Path, name: str | None) -> None:
    """Make an nbgrader course in DIR, with all assignments or one."""
    course = init(root, _folders(solutions, (name,) if name else ()))
    console.print(f"{course.root}: {', '.join(course.assignments)}")


@main.command("collect")
@click.argument("source", type=click.Path(path_type=Path))
@course_option
@assignment_option
@click.option("--student", help="Whose it is, if SOURCE is one notebook.")
@plain_errors
def collect_command(
    source: Path, root: Path, name: str | None, student: str | None
) -> None:
    """Take hand-ins from SOURCE: a folder, a zip or a notebook."""
    course = Course.opened(root)
    name = _one_assignment(course, name)
    collected = collecting.collect(course, name, source, student)
    console.print(f"{len(collected.taken)} hand-ins taken for {name}.")
    for path, reason in collected.unmatched.items():
        console.print(f"[yellow]left out: {path} ({reason})[/yellow]", markup=True)
    sys.exit(1 if collected.unmatched else 0)


@main.command("grade")
@course_option
@assignment_option
@backend_option()
@jobs_option
@student_option
@isolation_option
@click.option("--force", is_flag=True, help="Mark again what is marked already.")
@plain_errors
def grade_command(
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
    name = _one_assignment(course, name)
    chosen = _students(course, name, students)
    batch = Batch(course, name, _one_backend(backend), force)
    results = _run_batch(batch, chosen, jobs, _isolation(wanted))
    rows = [row for row in reporting.rows(course, name) if row.student in results]
    tables.print_class(rows, batch.assignment)
    failed = [row for row in rows if row.automatic is None]
    console.print(f"{len(rows) - len(failed)} marked, {len(failed)} not marked.")
    sys.exit(1 if failed else 0)


@main.command("report")
@course_option
@assignment_option
@student_option
@plain_errors
def report_command(root: Path, name: str | None, students: tuple[str, ...]) -> None:
    """Write feedback pages, the class page and grades.csv."""
    course = Course.opened(root)
    for one in [name] if name else course.assignments:
        page = reporting.write(course, one, list(students) or None)
        console.print(f"{page}")
    console.print(f"{course.root / 'grades.csv'}")


@main.command("trial")
@click.argument("names", nargs=-1)
@solutions_option
@backend_option("all")
@jobs_option
@isolation_option
@plain_errors
def trial_command(
    names: tuple[str, ...],
    solutions: Path,
    backend: str | None,
    jobs: int,
    wanted: str,
) -> None:
    """Try the checks of NAMES (default: all) on their wheats and chaffs."""
    seed, isolated = secrets.randbits(63), _isolation(wanted)
    wrong = 0
    for folder in _folders(solutions, names):
        assignment = Assignment(folder)
        assignment.validate()
        for one in _backends(backend):
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


@main.command("demo")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@solutions_option
@assignment_option
@backend_option("all")
@jobs_option
@isolation_option
@plain_errors
def demo_command(
    folder: Path,
    solutions: Path,
    name: str | None,
    backend: str | None,
    jobs: int,
    wanted: str,
) -> None:
    """Mark a demo class in DIR, from hand-in to report, on one backend or all."""
    folders = _folders(solutions, (name,) if name else ())
    isolated, wrong = _isolation(wanted), 0
    for one in _backends(backend):
        for source in folders:
            wrong += _demo(folder / one, Assignment(source), one, jobs, isolated)
    sys.exit(1 if wrong else 0)


def _demo(
    folder: Path, assignment: Assignment, backend: str, jobs: int, isolated: str
) -> int:
    """Marks the class on one backend; how many hand-ins did not end as they must."""
    course, hand_ins = demonstrating.set_up(folder, assignment)
    collected = collecting.collect(course, assignment.name, hand_ins)
    console.print(f"{backend}: {len(collected.taken)} hand-ins in {hand_ins}")
    batch = Batch(course, assignment.name, backend)
    _run_batch(batch, sorted(collected.taken), jobs, isolated)
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
    console.print(
        f"{backend}: {len(expected) - len(wrong)} of {len(expected)} hand-ins ended as "
        f"they must.\n  marks:    {course.root / 'grades.csv'}\n  class:    {page}\n"
        f"  students: {course.root / 'feedback'}"
    )
    return len(wrong)


def _run_batch(
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


def _try(
    assignment: Assignment, backend: str, isolated: str, jobs: int, seed: int
) -> list[trying.Outcome]:
    total = len(trying.answers(assignment))
    with tables.progress_bar(f"{assignment.name}, {backend}", total) as bar:
        return trying.trial(
            assignment,
            backend,
            isolated,
            jobs,
            seed,
            lambda outcome: bar.advance(bar.task_ids[0]),
        )


def _folders(solutions: Path, names: tuple[str, ...]) -> list[Path]:
    """The assignments' folders, all or those named."""
    found = sorted(path.parent for path in solutions.glob("*/notebook.py"))
    known = [path.name for path in found]
    if not found:
        raise CourseError(f"{solutions} holds no assignment. Use --solutions.")
    for name in names:
        if name not in known:
            raise CourseError(f"No assignment {name!r}; there are: {', '.join(known)}.")
    return [path for path in found if not names or path.name in names]


def _one_assignment(course: Course, name: str | None) -> str:
    if name:
        return course.assignment(name).name
    if len(course.assignments) == 1:
        return course.assignments[0]
    raise CourseError(f"Say which: --assignment {' | '.join(course.assignments)}")


def _students(course: Course, name: str, wanted: tuple[str, ...]) -> list[str]:
    handed_in = course.students(name)
    unknown = set(wanted) - set(handed_in)
    if unknown:
        raise CourseError(f"{', '.join(sorted(unknown))} handed in nothing for {name}.")
    if not handed_in:
        raise CourseError(f"Nobody handed in {name}. Use `autograder collect` first.")
    return [student for student in handed_in if not wanted or student in wanted]


def _installed() -> list[str]:
    return [name for name in BACKENDS if importlib.util.find_spec(name)]


def _backends(wanted: str | None) -> list[str]:
    return _installed() if wanted == "all" else [_one_backend(wanted)]


def _one_backend(wanted: str | None) -> str:
    installed = _installed()
    chosen = wanted or os.environ.get("KERAS_BACKEND")
    if chosen is None and len(installed) == 1:
        return installed[0]
    if chosen in installed:
        return chosen
    raise CourseError(
        f"Say what Keras runs on: --backend {' | '.join(installed) or 'NAME'}"
        + (f" ({chosen} is not installed)" if chosen else "")
    )


def _isolation(wanted: str) -> str:
    """The isolation to use; never a weaker one than was asked for."""
    best = isolation.best() if wanted != "none" else "none"
    if wanted == "auto" and best == "none" or wanted not in ("auto", best):
        raise CourseError(
            "This machine cannot shut a student's code in (Linux namespaces are not to "
            "be had). `--isolation none` marks all the same: then that code can read "
            "and change whatever you can."
        )
    if best == "none":
        console.print("[red]isolation: none. Students' code can read your files.[/red]")
    else:
        console.print(f"isolation: {best}")
    return best
