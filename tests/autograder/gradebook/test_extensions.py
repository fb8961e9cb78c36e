"""More time for some: durable, in the penalty, on the page; nbgrader's own penalty."""

import csv
import shutil
from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner

from autograder.cli import main
from autograder.gradebook.extensions import extend, extensions
from autograder.gradebook.penalties import settle
from autograder.returning import report
from autograder.returning.sheets import SheetError
from tests.autograder.conftest import SOLUTIONS
from tests.autograder.notebooks import hand_in
from tests.autograder.recorded import put, record

DUE = datetime(2026, 1, 31, 22, 59, tzinfo=UTC)
LATE = DUE + timedelta(hours=30)
ZERO = 'c.LateSubmissionPlugin.penalty_method = "zero"\n'
PER_DAY = """
from nbgrader.plugins import BasePlugin

class PerDay(BasePlugin):
    def late_submission_penalty(self, student_id, score, total_seconds_late):
        return 0.5 * (total_seconds_late // 86400 + 1)

c.AssignLatePenalties.plugin_class = PerDay
"""


@pytest.fixture
def penal(course):
    """The toy course with a due date, where a late hand-in counts nothing."""
    settings = course.root / "nbgrader_config.py"
    settings.write_text(settings.read_text() + ZERO)
    due(course, DUE)
    return course


def due(course, when):
    with course.gradebook() as gradebook:
        gradebook.update_or_create_assignment("toy", duedate=when)


def standing(course, student):
    """Total, penalty and lateness in a student's line."""
    (row,) = [row for row in report.rows(course, "toy") if row.student == student]
    return row.total, row.penalty, row.late_seconds


def run(course, *arguments):
    done = CliRunner().invoke(main, [*arguments, "--course", str(course.root)])
    return done.exit_code, done.output


def test_a_late_hand_in_counts_nothing_until_there_is_more_time(penal, toy):
    record(penal, toy, "ada", LATE)
    record(penal, toy, "bob", DUE)
    assert standing(penal, "ada") == (0, 5, 30 * 3600)
    assert standing(penal, "bob") == (5, 0, 0)
    code, output = run(penal, "extend", "ada", "--by", "2d")
    assert code == 0 and "ada, toy: until 2026-02-02 22:59 UTC" in output
    assert standing(penal, "ada") == (5, 0, 0)


def test_marking_again_applies_it_and_others_are_not_touched(penal, toy):
    extend(penal, "toy", "ada", DUE + timedelta(days=1))
    for student in ("ada", "bob"):
        record(penal, toy, student, LATE)
    assert standing(penal, "ada")[2] == 6 * 3600
    assert standing(penal, "bob")[2] == 30 * 3600
    extend(penal, "toy", "ada", DUE + timedelta(days=2))
    record(penal, toy, "ada", LATE)
    assert standing(penal, "ada") == (5, 0, 0)


def test_an_extension_taken_back(penal, toy):
    record(penal, toy, "ada", LATE)
    run(penal, "extend", "ada", "--until", "2026-02-03 12:00 Europe/Berlin")
    assert extensions(penal, "toy")["ada"] == datetime(2026, 2, 3, 11, tzinfo=UTC)
    assert standing(penal, "ada")[0] == 5
    code, output = run(penal, "extend", "ada", "--withdraw")
    assert code == 0 and "no extension" in output and extensions(penal, "toy") == {}
    assert standing(penal, "ada") == (0, 5, 30 * 3600)


def test_it_is_kept_for_who_has_not_handed_in_and_by_a_new_gradebook(
    penal, toy, empty_course
):
    code, output = run(penal, "extend", "ada", "bob", "--by", "36h")
    assert code == 0 and "ada, toy: until" in output
    assert output.count("has handed in nothing so far") == 2
    record(penal, toy, "ada", LATE)
    assert standing(penal, "ada")[0] == 5
    shutil.copyfile(empty_course.root / "gradebook.db", penal.root / "gradebook.db")
    due(penal, DUE)
    record(penal, toy, "ada", LATE)
    assert standing(penal, "ada")[0] == 5


def test_the_report_brings_penalties_up_to_date(penal, toy):
    """After another due date, and after marks by hand that came later."""
    record(penal, toy, "ada", LATE)
    with penal.gradebook() as gradebook:
        grade = gradebook.find_grade("written-why", "toy", "toy", "ada")
        grade.manual_score, grade.needs_manual_grade = 1.0, False
        gradebook.db.commit()
    report.write(penal, "toy")
    assert standing(penal, "ada")[:2] == (0, 6)
    due(penal, LATE)
    report.write(penal, "toy")
    assert standing(penal, "ada") == (6, 0, 0)


def test_the_pages_and_the_table_say_it(penal, toy):
    extend(penal, "toy", "ada", DUE + timedelta(days=1))
    record(penal, toy, "ada", LATE)
    report.write(penal, "toy")
    page = penal.feedback("ada", "toy").read_text()
    assert "You had time until\n2026-02-01 22:59 UTC" in page and "6 h late" in page
    assert "Had time until 2026-02-01" in (penal.root / "reports/toy.html").read_text()
    with open(penal.root / "grades.csv", newline="") as file:
        (line,) = csv.DictReader(file)
    assert line["extended_until"] == "2026-02-01 22:59 UTC"
    assert (line["late_seconds"], line["total"]) == ("21600", "0.0")


def test_a_courses_own_penalty_gets_the_shorter_lateness(course, toy):
    settings = course.root / "nbgrader_config.py"
    settings.write_text(settings.read_text() + PER_DAY)
    due(course, DUE)
    record(course, toy, "ada", LATE)
    assert standing(course, "ada")[:2] == (4, 1)
    extend(course, "toy", "ada", DUE + timedelta(hours=10))
    settle(course, "toy", ["ada"])
    assert standing(course, "ada")[:2] == (4.5, 0.5)


def test_without_a_due_date_nobody_is_late(course, toy):
    record(course, toy, "ada", LATE)
    assert standing(course, "ada") == (5, 0, 0)
    code, output = run(course, "extend", "ada", "--by", "2d")
    assert code == 2 and "has no due date" in output and "--due" in output
    extend(course, "toy", "ada", DUE)
    settle(course, "toy", ["ada"])
    assert standing(course, "ada") == (5, 0, 0)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ((), "Say one of"),
        (("--by", "1d", "--withdraw"), "Say one of"),
        (("--until", "2026-02-03 12:00"), "with its zone"),
        (("--until", "2026-01-03 12:00 UTC"), "which is later"),
        (("--by", "soon"), "length of time"),
    ],
)
def test_what_cannot_be_meant(penal, options, words):
    code, output = run(penal, "extend", "ada", *options)
    assert code == 2 and words in output
    assert extensions(penal, "toy") == {}


def test_a_damaged_file_stops_nothing_silently(penal, toy):
    put(penal, "ada", hand_in(toy))
    path = penal.root / "extensions.csv"
    path.write_text("student,assignment,until\nada,toy,soon\n")
    with pytest.raises(SheetError, match="extensions.csv.*with its zone"):
        settle(penal, "toy", ["ada"])
    code, output = run(penal, "extend", "bob", "--by", "1d")
    assert code == 2 and "soon" in output and path.read_text().endswith("soon\n")


def test_a_due_date_from_the_start_and_kept(course, tmp_path):
    where = ["--solutions", str(SOLUTIONS)]
    words = ["--due", "2026-01-31 23:59 Europe/Berlin"]
    new = ["init", str(tmp_path / "new"), *where, "--due", "2026-01-31 23:59"]
    refused = CliRunner().invoke(main, new)
    assert refused.exit_code == 2 and not (tmp_path / "new").exists()
    for more in (words, []):
        done = CliRunner().invoke(main, ["init", str(course.root), *where, *more])
        assert done.exit_code == 0, done.output
        with course.gradebook() as gradebook:
            found = gradebook.find_assignment("toy").duedate
        assert found.replace(tzinfo=UTC) == DUE
