"""The graders' page of answers that are alike, and the same as a table."""

from collections.abc import Mapping
from pathlib import Path

from autograder.course import Course
from autograder.returning.report import render, write_page
from autograder.returning.sheets import write_sheet
from autograder.similarity.alike import Pair, Similarity, many

HEAD = ("student_a", "student_b", "evidence", "problem", "tokens", "share_a", "share_b")
MOST_SHOWN = 200  # pairs whose answers stand side by side; the table has all


def write_similarity(
    course: Course,
    assignment: str,
    found: Similarity,
    answers: Mapping[str, Mapping[str, str]],
) -> Path:
    """Writes `reports/ASSIGNMENT-similarity.html` and `.csv`; no student gets them.

    Returns:
        The page's path.
    """
    page = course.root / "reports" / f"{assignment}-similarity.html"
    shown = [(pair, _side_by_side(pair, answers)) for pair in found.pairs[:MOST_SHOWN]]
    students = len(course.students(assignment))
    facts = {"assignment": assignment, "found": found, "shown": shown}
    text = render("similarity.html", **facts, students=students, many=many(students))
    write_page(page, text)
    lines = [
        (
            *pair.students,
            pair.evidence,
            one.problem,
            one.evidence,
            *one.percents,
        )
        for pair in found.pairs
        for one in pair.passages
    ]
    write_sheet(page.with_suffix(".csv"), HEAD, lines)
    return page


def _side_by_side(
    pair: Pair, answers: Mapping[str, Mapping[str, str]]
) -> list[tuple[str, list[list[tuple[str, bool]]]]]:
    """Per problem both texts, in pieces: what is shared, and what is not."""
    shown = []
    for one in sorted(pair.passages, key=lambda passages: -passages.evidence):
        texts = [answers[one.problem][student] for student in pair.students]
        sides = [pieces(t, spans) for t, spans in zip(texts, one.spans, strict=True)]
        shown.append((one.problem, sides))
    return shown


def pieces(text: str, spans: list[tuple[int, int]]) -> list[tuple[str, bool]]:
    """A text cut at spans, each piece with whether it lies in one."""
    made, place = [], 0
    for start, end in sorted(spans):
        start = max(start, place)
        if end > start:
            made += [(text[place:start], False), (text[start:end], True)]
            place = end
    return [*made, (text[place:], False)]
