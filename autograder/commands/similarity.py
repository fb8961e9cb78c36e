"""`autograder similarity`."""

from pathlib import Path

import click
from rich.markup import escape

from autograder.commands.options import (
    assignment_option,
    course_option,
    one_assignment,
    plain_errors,
    solutions_option,
)
from autograder.course import Course
from autograder.similarity.alike import similarity
from autograder.similarity.coursework import known_answers, students_answers
from autograder.similarity.report import write_similarity
from autograder.tables import console


@click.command()
@course_option
@assignment_option
@solutions_option
@plain_errors
def command(root: Path, name: str | None, solutions: Path) -> None:
    """Report answers that are suspiciously alike."""
    course = Course.opened(root)
    name = one_assignment(course, name)
    answers, unread = students_answers(course, name)
    known = known_answers(course, name, solutions)
    if not (solutions / name / "wheats").is_dir():
        console.print(
            f"{solutions / name} has no wheats: of right answers, the reference alone "
            f"is left aside. See --solutions."
        )
    found = similarity(answers, known)
    found.unread = [*unread, *found.unread]
    page = write_similarity(course, name, found, answers)
    for pair in found.pairs[:20]:
        who = " and ".join(pair.students)
        console.print(escape(f"{who}: {pair.evidence} tokens in common"))
    console.print(f"{len(found.pairs)} pairs, {len(found.unread)} not compared: {page}")
