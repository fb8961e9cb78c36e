"""What people read: a page per student, a page per class, one table of marks."""

import base64
import binascii
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader
from markupsafe import Markup, escape
from nbgrader.api import MissingEntry

from autograder.assignment import Assignment
from autograder.course import Course
from autograder.gradebook.penalties import settle
from autograder.returning.results import last_run, load_results, stored_notebooks
from autograder.returning.sheets import write_sheet
from autograder.submission import Result

MOST_IMAGE = 2 << 20


@dataclass
class Row:
    """One student's line: what marking gave, and what stands in the gradebook.

    Attributes:
        automatic: points that the checks gave, None where it could not be marked.
        written: points given by hand; `pending` while some are still to be given.
        total: the gradebook's score, after manual changes and the late penalty.
        extended: until when (UTC) this student had time, where that was longer.
        review: cells with marks by hand for work that has changed since.
    """

    student: str
    result: Result
    automatic: float | None
    written: float | None
    pending: bool
    penalty: float
    total: float
    late_seconds: float
    extended: datetime | None = None
    review: tuple[str, ...] = ()

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
        if self.extended:
            parts.append(f"Had time until {self.extended:%Y-%m-%d %H:%M} UTC")
        if self.late:
            parts.append(f"Late by {self.late}")
        if self.review:
            cells = ", ".join(self.review)
            parts.append(f"Changed since it was marked by hand: {cells}")
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
    settle(course, assignment, course.students(assignment))
    read, lines = course.assignment(assignment), rows(course, assignment)
    for row in lines:
        if students is None or row.student in students:
            cells = _cells(stored_notebooks(course, assignment, row.student))
            page = render("student.html", row=row, assignment=read, cells=cells)
            write_page(course.feedback(row.student, assignment), page)
    page = course.root / "reports" / f"{assignment}.html"
    failures = misconceptions(read, lines)
    marked = [row for row in lines if row.automatic is not None]
    facts = {"rows": lines, "assignment": read, "failures": failures}
    facts["how"] = last_run(course, assignment)
    write_page(page, render("class.html", **facts, marked=len(marked)))
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
    written = [grade for grade in grades if _is_by_hand(grade)]
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
        submission.duedate if submission.extension else None,
        tuple(grade.cell.name for grade in grades if _is_to_review(grade)),
    )


def _is_to_review(grade: Any) -> bool:
    return grade.manual_score is not None and grade.needs_manual_grade


def _is_by_hand(grade: Any) -> bool:
    """Whether a person gives these points: for an answer, or for a task."""
    notebook, cell = grade.notebook.notebook, grade.cell
    answers = {solution.name for solution in notebook.solution_cells}
    return cell.type == "TaskCell" or cell.name in answers


def _cells(of_student: dict[str, Any]) -> list[dict[str, Any]]:
    """The student's own cells, with outputs that are safe to show."""
    cells = []
    notebooks = of_student.items()
    for notebook, cell in ((name, c) for name, one in notebooks for c in one["cells"]):
        grade_id = cell["metadata"].get("nbgrader", {}).get("grade_id", "")
        if cell["cell_type"] != "code" or _is_secret(cell):
            continue
        name = f"{notebook} {grade_id}".strip() if len(notebooks) > 1 else grade_id
        outputs = [_output(output) for output in cell.get("outputs", [])]
        cells.append({"name": name, "source": cell["source"], "outputs": outputs})
    return cells


def _is_secret(cell: dict[str, Any]) -> bool:
    """Whether a cell may hold hidden tests, which its outputs quote."""
    marks = cell["metadata"].get("nbgrader", {})
    tests = marks.get("grade") and not marks.get("solution")
    return bool(tests) or "HIDDEN TESTS" in cell["source"]


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
    head += ["written_max", "penalty", "total", "late_seconds", "extended_until"]
    lines = []
    for name in course.assignments:
        read = course.assignment(name)
        most = [read.points, sum(read.written.values())]
        lines += [_values(row, name, *most) for row in rows(course, name)]
    write_sheet(course.root / "grades.csv", [*head, "note"], lines)


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
        f"{row.extended:%Y-%m-%d %H:%M} UTC" if row.extended else "",
        row.note,
    ]


def render(template: str, **values: Any) -> str:
    """A page from a template; all values are escaped."""
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


def write_page(path: Path, text: str) -> None:
    """Writes a page whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    part.write_text(text, encoding="utf-8")
    part.replace(path)
