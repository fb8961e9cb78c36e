"""What people read: a page per student, a page per class, one table of marks."""

import base64
import binascii
import csv
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader
from markupsafe import Markup, escape
from nbgrader.api import MissingEntry

from autograder.assignment import Assignment
from autograder.course import Course
from autograder.grade import load_results
from autograder.submission import Result

MOST_IMAGE = 2 << 20


@dataclass
class Row:
    """One student's line: what marking gave, and what stands in the gradebook.

    Attributes:
        automatic: points that the checks gave, None where it could not be marked.
        written: points given by hand; `pending` while some are still to be given.
        total: the gradebook's score, after manual changes and the late penalty.
    """

    student: str
    result: Result
    automatic: float | None
    written: float | None
    pending: bool
    penalty: float
    total: float
    late_seconds: float

    @property
    def late(self) -> str:
        """How late, in the largest unit that fits; empty where in time."""
        for name, seconds in (("d", 86400), ("h", 3600), ("min", 60)):
            if self.late_seconds >= seconds:
                return f"{self.late_seconds / seconds:.0f} {name}"
        return ""

    @property
    def note(self) -> str:
        """One line on what was unusual."""
        parts = [self.result.reason, *self.result.events]
        parts += [f"Repaired: {repair}" for repair in self.result.repairs]
        if self.late:
            parts.append(f"Late by {self.late}")
        return ". ".join(part.rstrip(".") for part in parts if part)


def rows(course: Course, assignment: str) -> list[Row]:
    """The lines of an assignment's class table, by student."""
    results = load_results(course, assignment)
    with course.gradebook() as gradebook:
        return [
            _row(gradebook, assignment, student, result)
            for student, result in sorted(results.items())
        ]


def write(course: Course, assignment: str, students: list[str] | None = None) -> Path:
    """Writes student pages, the class page and the course's `grades.csv`.

    Returns:
        The class page's path.
    """
    read, lines = course.assignment(assignment), rows(course, assignment)
    for row in lines:
        if students is None or row.student in students:
            page = _render("student.html", row=row, assignment=read, cells=_cells(row))
            _write(course.feedback(row.student, assignment), page)
    page = course.root / "reports" / f"{assignment}.html"
    failures = misconceptions(read, lines)
    marked = [row for row in lines if row.automatic is not None]
    facts = {"rows": lines, "assignment": read, "failures": failures}
    _write(page, _render("class.html", **facts, marked=len(marked)))
    _write_csv(course)
    return page


def misconceptions(
    assignment: Assignment, lines: list[Row]
) -> list[tuple[str, int, str]]:
    """Checks that failed, most first: name, students, the commonest sentence."""
    failed: dict[str, Counter[str]] = {}
    for row in lines:
        for problem in row.result.problems.values():
            for mark in problem.marks:
                if mark.share < 1:
                    failed.setdefault(mark.check, Counter())[mark.sentence] += 1
    order = {c.name: c for p in assignment.problems.values() for c in p.checks}
    found = [
        (name, sum(counts.values()), counts.most_common(1)[0][0])
        for name, counts in failed.items()
        if name in order
    ]
    return sorted(found, key=lambda item: -item[1])


def _row(gradebook: Any, assignment: str, student: str, result: Result) -> Row:
    automatic = result.earned if result.status == "marked" else None
    try:
        submission = gradebook.find_submission(assignment, student)
    except MissingEntry:
        return Row(student, result, automatic, None, True, 0, automatic or 0, 0)
    grades = [grade for nb in submission.notebooks for grade in nb.grades]
    written = [g for g in grades if g.cell.name.startswith("written-")]
    known = [g.score for g in written if not g.needs_manual_grade]
    penalty = submission.late_submission_penalty or 0
    return Row(
        student,
        result,
        automatic,
        sum(known) if len(known) == len(written) else None,
        any(grade.needs_manual_grade for grade in grades),
        penalty,
        round(max(submission.score - penalty, 0), 2),
        submission.total_seconds_late,
    )


def _cells(row: Row) -> list[dict[str, Any]]:
    """The student's own cells, with outputs that are safe to show."""
    cells = []
    for cell in (row.result.notebook or {}).get("cells", []):
        grade_id = cell["metadata"].get("nbgrader", {}).get("grade_id", "")
        if cell["cell_type"] != "code" or grade_id.startswith("check-"):
            continue
        outputs = [_output(output) for output in cell.get("outputs", [])]
        cells.append({"name": grade_id, "source": cell["source"], "outputs": outputs})
    return cells


def _output(output: dict[str, Any]) -> dict[str, str]:
    """Text, or a picture as a data address; nothing that a browser would run."""
    if output["output_type"] == "stream":
        return {"text": output["text"][:20_000]}
    if output["output_type"] == "error":
        return {"text": "\n".join(output["traceback"])[:20_000]}
    picture = output["data"].get("image/png", "")
    try:
        image = base64.b64decode(picture, validate=False)
    except (binascii.Error, ValueError):
        image = b""
    if image.startswith(b"\x89PNG") and len(image) < MOST_IMAGE:
        return {"image": base64.b64encode(image).decode()}
    return {"text": output["data"].get("text/plain", "")[:20_000]}


def _write_csv(course: Course) -> None:
    head = ["student", "assignment", "status", "automatic", "automatic_max", "written"]
    head += ["written_max", "penalty", "total", "late_seconds", "note"]
    with open(course.root / "grades.csv", "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(head)
        for name in course.assignments:
            read = course.assignment(name)
            most = [read.points, sum(read.written.values())]
            for row in rows(course, name):
                writer.writerow([_safe(v) for v in _values(row, name, *most)])


def _values(row: Row, assignment: str, points: float, written: float) -> list[Any]:
    return [
        row.student,
        assignment,
        row.result.status,
        row.automatic,
        points,
        row.written,
        written,
        row.penalty,
        row.total,
        int(row.late_seconds),
        row.note,
    ]


def _safe(value: Any) -> Any:
    """Text that a spreadsheet takes for a formula gets a quote before it."""
    if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")):
        return f"'{value}"
    return value


def _render(template: str, **values: Any) -> str:
    environment = Environment(
        loader=PackageLoader("autograder"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["code"] = _code
    return environment.get_template(template).render(**values)


def _code(sentence: str) -> Markup:
    """Text between backticks as code, everything escaped."""
    parts = [escape(part) for part in sentence.split("`")]
    marked = [
        Markup("<code>") + part + Markup("</code>") if index % 2 else part
        for index, part in enumerate(parts)
    ]
    return Markup("").join(marked)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    part.write_text(text, encoding="utf-8")
    part.replace(path)
