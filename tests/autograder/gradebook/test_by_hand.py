"""What a person writes in the formgrader outlives marking anew, and is asked about
only where the work has changed."""

import pytest

from autograder.gradebook.record import Recorder
from autograder.returning import report
from autograder.submission import Result
from tests.autograder.recorded import put, record

OTHER = "def mean(x):\n    return sum(x) / len(x)"


def person(course, student="ada", **marks):
    """What the formgrader writes when a person gives marks and comments."""
    with course.gradebook() as gradebook:
        where = ("toy", "toy", student)
        for cell in ("check-mean", "written-why"):
            grade = gradebook.find_grade(cell, *where)
            grade.manual_score, grade.needs_manual_grade = 1.5, False
            grade.extra_credit = 0.25
        for cell in ("solution-mean", "written-why"):
            gradebook.find_comment(cell, *where).manual_comment = "Well said."
        gradebook.db.commit()


def found(course, student="ada"):
    """Cell to (automatic, manual, extra, to look at), and all comments."""
    with course.gradebook() as gradebook:
        notebook = gradebook.find_submission_notebook("toy", "toy", student)
        grades = {
            grade.cell.name: (
                grade.auto_score,
                grade.manual_score,
                grade.extra_credit,
                grade.needs_manual_grade,
            )
            for grade in notebook.grades
        }
        comments = {c.name: (c.comment, c.manual_comment) for c in notebook.comments}
    return grades, comments


@pytest.fixture
def marked(course, toy):
    record(course, toy, "ada", why_="Since.")
    person(course)
    return course


KEPT = ("Well said.", "Well said.")


def test_marking_again_changes_and_asks_nothing(marked, toy):
    before = found(marked)
    record(marked, toy, "ada", why_="Since.")
    assert found(marked) == before
    grades, comments = before
    assert grades["check-mean"] == (3, 1.5, 0.25, False)
    assert grades["written-why"] == (None, 1.5, 0.25, False)
    assert comments["solution-mean"] == comments["written-why"] == KEPT
    assert report.rows(marked, "toy")[0].review == ()


def test_another_automatic_mark_is_shown_to_a_person(marked, toy):
    record(marked, toy, "ada", why_="Since.", mean=1 / 3)
    grades, comments = found(marked)
    assert grades["check-mean"] == (1, 1.5, 0.25, True)
    assert grades["written-why"] == (None, 1.5, 0.25, False)
    assert comments["solution-mean"] == KEPT
    (row,) = report.rows(marked, "toy")
    assert row.review == ("check-mean",) and row.pending
    assert "Changed since it was marked by hand: check-mean" in row.note
    assert row.total == 2 + 1.75 + 1.75


def test_other_work_with_the_same_mark_is_shown_too(marked, toy):
    record(marked, toy, "ada", why_="Since.", mean_=OTHER)
    grades, _ = found(marked)
    assert grades["check-mean"] == (3, 1.5, 0.25, True)
    assert grades["written-why"] == (None, 1.5, 0.25, False)


def test_another_answer_is_read_again(marked, toy):
    record(marked, toy, "ada", why_="Because!")
    grades, _ = found(marked)
    assert grades["written-why"] == (None, 1.5, 0.25, True)


def test_what_was_to_be_looked_at_stays_so(marked, toy):
    record(marked, toy, "ada", why_="Since.", mean=1 / 3)
    record(marked, toy, "ada", why_="Since.", mean=1 / 3)
    assert found(marked)[0]["check-mean"] == (1, 1.5, 0.25, True)


def test_a_hand_in_that_cannot_be_marked_keeps_them_and_asks(marked, toy):
    put(marked, "ada", b"{")
    Recorder(marked, "toy").record("ada", Result("failed", reason="not JSON"))
    grades, comments = found(marked)
    assert grades["check-mean"] == (None, 1.5, 0.25, True)
    assert comments["solution-mean"] == KEPT
    record(marked, toy, "ada", why_="Since.")
    grades, comments = found(marked)
    assert grades["check-mean"] == (3, 1.5, 0.25, True)
    assert comments["written-why"] == KEPT


def test_nobody_elses_marks_are_touched(marked, toy):
    record(marked, toy, "bob", why_="Since.")
    grades, _ = found(marked, "bob")
    assert grades["check-mean"] == (3, None, None, False)
    assert grades["written-why"][3] is True
