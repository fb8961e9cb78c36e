"""More time for some students: a file in the course, by student and assignment.

nbgrader keeps an extension with a hand-in, and loses it with its gradebook. The file
`extensions.csv` outlives both, and knows those who have not handed in yet.
"""

from datetime import datetime
from pathlib import Path

from autograder.course import Course
from autograder.gradebook.dates import DateError, moment
from autograder.returning.sheets import Sheet, SheetError, read_sheet, write_sheet

HEAD = ("student", "assignment", "until")
FORM = "%Y-%m-%d %H:%M:%S UTC"


def extensions(course: Course, assignment: str) -> dict[str, datetime]:
    """Until when (UTC) each student of those who got more time may hand in.

    Raises:
        SheetError: the file is damaged; says in which line.
    """
    return {
        student: until
        for (student, name), until in _all(course).items()
        if name == assignment
    }


def extend(
    course: Course, assignment: str, student: str, until: datetime | None
) -> None:
    """Writes down until when a student may hand in; None takes an extension back."""
    known = _all(course)
    known.pop((student, assignment), None)
    if until is not None:
        known[student, assignment] = until
    lines = [(*key, when.strftime(FORM)) for key, when in sorted(known.items())]
    write_sheet(_path(course), HEAD, lines)


def _all(course: Course) -> dict[tuple[str, str], datetime]:
    path = _path(course)
    if not path.is_file() or len(path.read_bytes().splitlines()) < 2:
        return {}
    sheet = read_sheet(path)
    try:
        return dict(_line(sheet, line) for line in sheet.lines)
    except (SheetError, DateError) as error:
        raise SheetError(f"{path}: {error}") from error


def _line(sheet: Sheet, line: list[str]) -> tuple[tuple[str, str], datetime]:
    student, assignment, until = (line[sheet.column(name)].strip() for name in HEAD)
    return (student.removeprefix("'"), assignment), moment(until)


def _path(course: Course) -> Path:
    return course.root / "extensions.csv"
