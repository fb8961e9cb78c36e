"""Options that several commands share, and what their values mean."""

import functools
import importlib.util
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from autograder.assignment import NOTEBOOK
from autograder.box import isolation
from autograder.collecting.members import ArchiveError
from autograder.course import Course, CourseError
from autograder.gradebook.dates import DateError
from autograder.returning.sheets import SheetError
from autograder.source import SourceError
from autograder.tables import console

BACKENDS = ("tensorflow", "jax", "torch")
EXPECTED = (
    SourceError,
    CourseError,
    ArchiveError,
    DateError,
    SheetError,
    isolation.Exposed,
    OSError,
)

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
        except EXPECTED as error:  # OSError: a folder that cannot be read or written
            raise click.UsageError(str(error)) from error

    return run


def assignment_folders(solutions: Path, names: tuple[str, ...]) -> list[Path]:
    """The assignments' folders, all or those named."""
    found = sorted(path.parent for path in solutions.glob(f"*/{NOTEBOOK}"))
    known = [path.name for path in found]
    if not found:
        raise CourseError(f"{solutions} holds no assignment. Use --solutions.")
    for name in names:
        if name not in known:
            raise CourseError(f"No assignment {name!r}; there are: {', '.join(known)}.")
    return [path for path in found if not names or path.name in names]


def one_assignment(course: Course, name: str | None) -> str:
    if name:
        return course.assignment(name).name
    if len(course.assignments) == 1:
        return course.assignments[0]
    raise CourseError(f"Say which: --assignment {' | '.join(course.assignments)}")


def chosen_students(course: Course, name: str, wanted: tuple[str, ...]) -> list[str]:
    handed_in = course.students(name)
    unknown = set(wanted) - set(handed_in)
    if unknown:
        raise CourseError(f"{', '.join(sorted(unknown))} handed in nothing for {name}.")
    if not handed_in:
        raise CourseError(f"Nobody handed in {name}. Use `autograder collect` first.")
    return [student for student in handed_in if not wanted or student in wanted]


def installed_backends() -> list[str]:
    return [name for name in BACKENDS if importlib.util.find_spec(name)]


def chosen_backends(wanted: str | None) -> list[str]:
    return installed_backends() if wanted == "all" else [chosen_backend(wanted)]


def chosen_backend(wanted: str | None) -> str:
    installed = installed_backends()
    chosen = wanted or os.environ.get("KERAS_BACKEND")
    if chosen is None and len(installed) == 1:
        return installed[0]
    if chosen in installed:
        return chosen
    raise CourseError(
        f"Say what Keras runs on: --backend {' | '.join(installed) or 'NAME'}"
        + (f" ({chosen} is not installed)" if chosen else "")
    )


def chosen_isolation(wanted: str) -> str:
    """The isolation to use, said; never a weaker one than was asked for."""
    chosen = isolation.chosen(wanted)
    colour = "red" if chosen == "none" else "default"
    console.print(f"[{colour}]isolation: {chosen} ({isolation.TELLS[chosen]})")
    return chosen
