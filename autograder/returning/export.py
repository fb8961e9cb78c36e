"""Marks for a learning platform: its own downloaded table, filled in.

Marks are in the platform's scale. Whom its table does not have, and whose mark is not
complete, is listed and left out; no line gets another's mark.
"""

import html
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from autograder.assignment import Assignment
from autograder.collecting.roster import Roster
from autograder.plain.assignment import PlainAssignment
from autograder.returning.report import Row
from autograder.returning.sheets import Sheet, SheetError

OURS = "Automatic marks: "  # begins a comment that a later export may replace
CANVAS_COLUMN = re.compile(r"(.+) \((\d+)\)")
CANVAS_PEOPLE = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")


@dataclass
class Export:
    """A table to hand back to the platform.

    Attributes:
        filled: student to the place of their line.
        left_out: student to the reason why they have no mark in it.
    """

    head: list[str]
    lines: list[list[str]]
    filled: dict[str, int] = field(default_factory=dict)
    left_out: dict[str, str] = field(default_factory=dict)


def for_moodle(
    sheet: Sheet,
    rows: Sequence[Row],
    assignment: Assignment | PlainAssignment,
    roster: Roster | None = None,
) -> Export:
    """Moodle's grading worksheet with grades and comments; other lines stay.

    Args:
        sheet: as Moodle gives it: View all submissions, Download grading worksheet.
        roster: what platforms call the students, where their ids do not say it.

    Raises:
        SheetError: it is no grading worksheet; says what is missing.
    """
    try:
        number, grade, most = (
            sheet.column(name) for name in ("Identifier", "Grade", "Maximum grade")
        )
    except SheetError as error:
        raise SheetError(
            f"This is not Moodle's grading worksheet in English: {error}"
        ) from error
    comment = [i for i, n in enumerate(sheet.head) if n == "Feedback comments"]
    export = Export(sheet.head, [list(line) for line in sheet.lines])
    people = [
        {**_words(sheet, line), "number": participant(line[number])}
        for line in sheet.lines
    ]
    for row, place in _matched(export, people, rows, roster):
        line = export.lines[place]
        line[grade] = _scaled(row.total, assignment, line[most])
        for column in comment:
            if not line[column] or line[column].startswith(OURS):
                line[column] = _comment(row, assignment)
    return export


def for_canvas(
    sheet: Sheet,
    rows: Sequence[Row],
    assignment: Assignment | PlainAssignment,
    roster: Roster | None = None,
    called: str = "",
) -> Export:
    """Canvas's gradebook with one column, and the lines of those who have a mark.

    Args:
        sheet: as Canvas gives it: Gradebook, Export.
        roster: what platforms call the students, where their ids do not say it.
        called: the assignment's column; empty where it is called like the assignment.

    Raises:
        SheetError: it is no gradebook, or has no such column; says what it has.
    """
    sheet.column("Student"), sheet.column("ID")  # or it is no gradebook
    column = _canvas_column(sheet, called or assignment.name)
    names = [name for name in CANVAS_PEOPLE if name in sheet.head]
    kept = [*(sheet.head.index(name) for name in names), column]
    lines = [[line[i] for i in kept] for line in sheet.lines]
    possible = [line for line in lines if line[0].strip() == "Points Possible"]
    if len(possible) != 1:
        raise SheetError("Canvas's line 'Points Possible' is missing.")
    students = [line for line in lines if line[1].strip()]
    export = Export([sheet.head[i] for i in kept], [possible[0], *students])
    people = [dict(zip(names, line, strict=False)) for line in export.lines[1:]]
    for row, place in _matched(export, [{}, *people], rows, roster):
        mark = _scaled(row.total, assignment, possible[0][-1])
        export.lines[place][-1] = mark
    filled = sorted(export.filled.values())
    export.lines = [possible[0], *(export.lines[place] for place in filled)]
    return export


def participant(identifier: str) -> str:
    """The number in Moodle's `Participant 123`, which is in its archives, too."""
    return "".join(re.findall(r"\d+", identifier)[-1:])


def _words(sheet: Sheet, line: Sequence[str]) -> dict[str, str]:
    known = ("Full name", "Email address", "Username", "ID number")
    return {name: v for name, v in zip(sheet.head, line, strict=True) if name in known}


def _canvas_column(sheet: Sheet, called: str) -> int:
    found = []
    for place, name in enumerate(sheet.head):
        match = CANVAS_COLUMN.fullmatch(name)
        names = {name, *(match.groups() if match else ())}
        if match and called.casefold() in {n.casefold() for n in names}:
            found.append(place)
    if len(found) == 1:
        return found[0]
    columns = [name for name in sheet.head if CANVAS_COLUMN.fullmatch(name)]
    raise SheetError(
        f"{'Several columns are' if found else 'No column is'} called {called!r}. Say "
        f"one with --column: {', '.join(columns) or 'the gradebook has no assignment'}."
    )


def _matched(
    export: Export,
    people: Sequence[dict[str, str]],
    rows: Sequence[Row],
    roster: Roster | None,
) -> list[tuple[Row, int]]:
    """Rows of marks with the places of their lines; notes who is left out."""
    listed = Roster([{**p, **_login(p), "id": str(i)} for i, p in enumerate(people)])
    places: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        try:
            if row.pending:
                raise LookupError("marks by hand are missing")
            places[_place(listed, row.student, roster)].append(row)
        except LookupError as error:
            export.left_out[row.student] = str(error)
    for place, some in places.items():
        for row in some:
            if len(some) > 1:
                export.left_out[row.student] = "another student fits the same line"
            else:
                export.filled[row.student] = place
    return [(some[0], place) for place, some in places.items() if len(some) == 1]


def _login(person: dict[str, str]) -> dict[str, str]:
    """The part before the @, which is what many courses call their students."""
    mails = [value for value in person.values() if "@" in value]
    return {f"login {i}": mail.partition("@")[0] for i, mail in enumerate(mails)}


def _place(listed: Roster, student: str, roster: Roster | None) -> int:
    """The line of a student. Raises LookupError where none or several could be it."""
    if roster is not None:
        line = roster.lines.get(student)
        if line is None:
            raise LookupError("not in the roster")
        return int(listed.find(*line.values()))
    own = re.fullmatch(r"(.+)_(\d+)", student)  # as `collect` makes it of platforms'
    if own and listed.called(own[1]) and listed.called(own[2]):
        return int(listed.find(*own.groups()))
    try:
        return int(listed.find(student))
    except LookupError as error:
        words = "the platform's table has nobody of that id; use a roster"
        raise LookupError(words) from error


def _scaled(points: float, assignment: Assignment | PlainAssignment, most: str) -> str:
    """Points in the platform's scale."""
    whole = assignment.points + sum(assignment.written.values())
    try:
        scale = float(most.replace(",", ".")) / whole
    except (ValueError, ZeroDivisionError) as error:
        raise SheetError(
            f"The platform's most points are {most!r}, of {whole:g} here; expected a "
            f"number. Is the assignment marked with points there?"
        ) from error
    return f"{points * scale:.2f}"


def _comment(row: Row, assignment: Assignment | PlainAssignment) -> str:
    """What Moodle shows as HTML: the marks, and each sentence once."""
    earned = "none" if row.automatic is None else f"{row.automatic:g}"
    words = [f"{OURS}{earned} of {assignment.points:g}."]
    if row.penalty:
        words.append(f"{row.penalty:g} off for a late hand-in.")
    if row.result.reason:
        words.append(f"Not marked: {row.result.reason}")
    for problem in row.result.problems.values():
        words += [f"{m.check}: {m.sentence}" for m in problem.marks if m.sentence]
    return "<br>".join(html.escape(word) for word in dict.fromkeys(words))
