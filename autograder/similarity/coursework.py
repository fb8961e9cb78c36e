"""What students wrote, by problem, as text; nothing of it is run."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from autograder.assignment import Assignment
from autograder.course import Course
from autograder.restore import Unreadable, check_size, read

OWN = "own cells"  # what students added to the notebook


def students_answers(
    course: Course, assignment: str
) -> tuple[dict[str, dict[str, str]], list[tuple[str, str, str]]]:
    """Problem to student to source, and (student, file, reason) of what is unreadable.

    Args:
        assignment: one with checks of ours, or one of nbgrader's own.
    """
    problems, locked = _problems(course, assignment)
    found: dict[str, dict[str, str]] = {name: {} for name in (*problems.values(), OWN)}
    unread = []
    for student in course.students(assignment):
        sources: dict[str, list[str]] = defaultdict(list)
        for path in sorted(course.submitted(student, assignment).glob("*.ipynb")):
            try:
                check_size(path.stat().st_size)
                notebook = read(path.read_bytes())
            except Unreadable as error:
                unread.append((student, path.name, str(error)))
                continue
            for name, source in _code(notebook):
                if name not in locked:
                    sources[problems.get(name, OWN)].append(source)
        for problem, some in sources.items():
            found[problem][student] = "\n".join(some)
    return found, unread


def known_answers(
    course: Course, assignment: str, solutions: Path
) -> dict[str, list[str]]:
    """Problem to what students may have in common: all that the course gave or knows.

    Args:
        solutions: where the assignments' folders lie, with the wheats that the course
            has no copy of.
    """
    problems, _ = _problems(course, assignment)
    given = [
        source
        for folder in ("release", "source")
        for path in sorted((course.root / folder / assignment).glob("*.ipynb"))
        for _, source in _code(nbformat.read(path, as_version=4))
    ]
    wheats = wheats_of(solutions / assignment)
    return {name: [*given, *wheats.get(name, [])] for name in (*problems.values(), OWN)}


def wheats_of(folder: Path) -> Mapping[str, list[str]]:
    """Problem to the sources of its wheats; empty where there are none."""
    found: dict[str, list[str]] = defaultdict(list)
    if (folder / "wheats").is_dir():
        assignment = Assignment(folder)
        for problem in assignment.problems.values():
            for wheat in assignment.wheats:
                cells = [
                    c for name, c in wheat.cells.items() if name in problem.solutions
                ]
                found[problem.name] += cells
    return found


def _problems(course: Course, assignment: str) -> tuple[dict[str, str], set[str]]:
    """The problem of each cell that students fill in, and the other cells' names."""
    read, holes, locked = course.assignment(assignment), [], set()
    for path in sorted((course.root / "release" / assignment).glob("*.ipynb")):
        for cell in nbformat.read(path, as_version=4).cells:
            marks = cell.metadata.get("nbgrader", {})
            if marks.get("solution") and cell.cell_type == "code":
                holes.append(marks.grade_id)
            elif marks:
                locked.add(marks.grade_id)
    if not isinstance(read, Assignment):
        return {name: name for name in holes}, locked
    of = {f"solution-{s}": p.name for p in read.problems.values() for s in p.solutions}
    return {name: of.get(name, name) for name in holes}, locked


def _code(notebook: NotebookNode) -> Iterator[tuple[str, str]]:
    """The name (or nothing) and the source of each code cell."""
    for cell in notebook.cells:
        if cell.cell_type == "code":
            yield cell.metadata.get("nbgrader", {}).get("grade_id", ""), cell.source
