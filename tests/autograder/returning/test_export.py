"""Platforms' own tables are filled in, in their scale; nobody gets another's mark."""

import csv
import zipfile

import pytest
from click.testing import CliRunner

from autograder.cli import main
from autograder.collecting.roster import Roster
from autograder.mark import Mark
from autograder.returning.export import for_canvas, for_moodle
from autograder.returning.report import Row
from autograder.returning.sheets import Sheet, SheetError
from autograder.submission import ProblemResult, Result
from tests.autograder.recorded import record

MOODLE = [
    "Identifier",
    "Full name",
    "Email address",
    "Status",
    "Grade",
    "Maximum Grade",
    "Grade can be changed",
    "Last modified (grade)",
    "Feedback comments",
]
CANVAS = [
    "Student",
    "ID",
    "SIS User ID",
    "SIS Login ID",
    "Section",
    "Other (7)",
    "Toy (55)",
    "Final Score",
]


def row(student, total=6.0, pending=False, said="", reason=""):
    mark = Mark("mean/values", 1.0, 0.0 if said else 1.0, said)
    problems = {"mean": ProblemResult(3, 3, [mark])}
    result = Result("failed" if reason else "marked", reason, problems)
    return Row(student, result, total - 1, 1.0, pending, 0, total, 0)


def moodle(*people, most="100.00", comment=""):
    return Sheet(
        MOODLE,
        [
            [f"Participant {n}", name, mail, "", "", most, "Yes", "-", comment]
            for n, name, mail in people
        ],
    )


def canvas(*people, most="12"):
    lines = [["    Points Possible", "", "", "", "", "9", most, "(read only)"]]
    lines += [[name, n, "", login, "S1", "8", "", "50"] for name, n, login in people]
    return Sheet(CANVAS, lines)


ADA = ("101", "Ada Lovelace", "al@example.org")
BOB = ("102", "Bob Ross", "bob@example.org")


@pytest.mark.parametrize(
    "student", ["Ada_Lovelace_101", "al@example.org", "al", "AL", "Ada_Lovelace"]
)
def test_moodle_lines_are_found_and_others_stay(toy, student):
    export = for_moodle(moodle(ADA, BOB), [row(student, 3.0)], toy)
    assert export.filled == {student: 0} and not export.left_out
    first, second = export.lines
    assert first[4] == "50.00" and first[8].startswith("Automatic marks: 2 of 5.")
    assert second == moodle(BOB).lines[0]


@pytest.mark.parametrize(
    "student",
    ["nobody", "Ada_Lovelace_102", "Eve_101", "s_101", "101x", "example", "org"],
)
def test_nobody_gets_anothers_mark(toy, student):
    export = for_moodle(moodle(ADA, BOB), [row(student)], toy)
    assert not export.filled and list(export.left_out) == [student]
    assert export.lines == moodle(ADA, BOB).lines


def test_two_for_one_line_are_both_left_out(toy):
    export = for_moodle(moodle(ADA, BOB), [row("al"), row("Ada_Lovelace_101")], toy)
    assert set(export.left_out) == {"al", "Ada_Lovelace_101"} and not export.filled
    twins = moodle(ADA, ("103", "Ada Lovelace", "al2@example.org"))
    export = for_moodle(twins, [row("Ada_Lovelace"), row("al2")], toy)
    assert list(export.left_out) == ["Ada_Lovelace"] and export.filled == {"al2": 1}


def test_a_roster_says_who_is_who(toy):
    roster = Roster([{"id": "s1", "email": "bob@example.org", "group": "101"}])
    export = for_moodle(moodle(ADA, BOB), [row("s1"), row("al")], toy, roster)
    assert "several" in export.left_out["s1"]  # the group is Ada's number
    assert export.left_out["al"] == "not in the roster"
    roster = Roster([{"id": "s1", "email": "bob@example.org", "group": "9"}])
    assert for_moodle(moodle(ADA, BOB), [row("s1")], toy, roster).filled == {"s1": 1}


def test_what_waits_for_a_person_is_left_out(toy):
    export = for_moodle(moodle(ADA), [row("al", pending=True)], toy)
    assert export.left_out == {"al": "marks by hand are missing"}
    assert export.lines[0][4] == ""


def test_comments_are_text_and_a_persons_own_stay(toy):
    said = "<img src=x onerror=alert(1)> & more"
    (line,) = for_moodle(moodle(ADA), [row("al", said=said)], toy).lines
    assert "&lt;img src=x onerror=alert(1)&gt; &amp; more" in line[8]
    own = moodle(ADA, comment="Come and see me.")
    (line,) = for_moodle(own, [row("al", said=said)], toy).lines
    assert line[8] == "Come and see me."
    old = moodle(ADA, comment="Automatic marks: 1 of 5.")
    (line,) = for_moodle(old, [row("al")], toy).lines
    assert line[8] == "Automatic marks: 5 of 5."


def test_canvas_gets_one_column_and_who_has_a_mark(toy):
    sheet = canvas(
        ("Lovelace, Ada", "1234", "al1"),
        ("Ross, Bob", "77", "br2"),
        ("Hopper, Grace", "78", "gh3"),
    )
    rows = [row("lovelaceada_1234", 3.0), row("br2", 6.0), row("gh3_78")]
    export = for_canvas(sheet, rows, toy)
    assert export.head == [*CANVAS[:5], "Toy (55)"]
    assert export.lines == [
        ["    Points Possible", "", "", "", "", "12"],
        ["Lovelace, Ada", "1234", "", "al1", "S1", "6.00"],
        ["Ross, Bob", "77", "", "br2", "S1", "12.00"],
        ["Hopper, Grace", "78", "", "gh3", "S1", "12.00"],
    ]


def test_canvas_students_of_one_name(toy):
    sheet = canvas(("Lovelace, Ada", "1", "a1"), ("Lovelace, Ada", "2", "a2"))
    rows = [row("lovelaceada_2", 6.0), row("lovelaceada_3"), row("lovelaceada")]
    export = for_canvas(sheet, rows, toy)
    assert export.filled == {"lovelaceada_2": 2}
    assert set(export.left_out) == {"lovelaceada_3", "lovelaceada"}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda s: Sheet(["a"], [["b"]]), "no column 'Student'"),
        (lambda s: Sheet([*CANVAS[:6], "Nope (1)", "x"], s.lines), "--column: Other"),
        (lambda s: Sheet([*CANVAS[:5], "toy (7)", *CANVAS[6:]], s.lines), "Several"),
        (lambda s: Sheet(s.head, s.lines[1:]), "'Points Possible' is missing"),
        (lambda s: canvas(("Lovelace, Ada", "1", "al"), most=""), "expected a number"),
    ],
)
def test_what_is_no_gradebook_of_canvas(toy, change, words):
    sheet = change(canvas(("Lovelace, Ada", "1", "al")))
    with pytest.raises(SheetError, match=words):
        for_canvas(sheet, [row("al")], toy)


@pytest.mark.parametrize("called", ["55", "Toy (55)", "TOY"])
def test_the_column_by_name_or_number(toy, called):
    sheet = canvas(("Lovelace, Ada", "1", "al"))
    assert for_canvas(sheet, [row("al")], toy, called=called).head[-1] == "Toy (55)"


def test_what_is_no_worksheet_of_moodle(toy):
    with pytest.raises(SheetError, match="worksheet in English: no column 'Grade'"):
        for_moodle(Sheet(["Identifier", "Bewertung"], [["", ""]]), [], toy)


def test_the_command_writes_a_table_and_pages(course, toy, tmp_path):
    record(course, toy, "Ada_Lovelace_101", why_="=1+1", mean=0.0)
    record(course, toy, "Eve_9", why_="x")
    with course.gradebook() as gradebook:
        for student in ("Ada_Lovelace_101", "Eve_9"):
            grade = gradebook.find_grade("written-why", "toy", "toy", student)
            grade.manual_score, grade.needs_manual_grade = 1.0, False
        gradebook.db.commit()
    sheet = tmp_path / "worksheet.csv"
    with open(sheet, "w", newline="", encoding="utf-8-sig") as file:
        writer = csv.writer(file)
        table = moodle(("101", "=Ada Lovelace", "+al@example.org"), BOB)
        writer.writerows([table.head, *table.lines])
    where = ["--course", str(course.root), "--worksheet", str(sheet)]
    done = CliRunner().invoke(main, ["export", *where, "--format", "moodle"])
    assert done.exit_code == 1 and "left out: Eve_9" in done.output, done.output
    with open(course.root / "reports" / "toy-moodle.csv", newline="") as file:
        ada, bob = csv.DictReader(file)
    assert ada["Identifier"] == "Participant 101" and ada["Grade"] == "50.00"
    assert ada["Full name"] == "'=Ada Lovelace" and ada["Email address"][0] == "'"
    assert "look again." in ada["Feedback comments"] and bob["Grade"] == ""
    with zipfile.ZipFile(course.root / "reports/toy-moodle-feedback.zip") as archive:
        (name,) = archive.namelist()
        assert "look again." in archive.read(name).decode()
    # What Moodle takes from a name: five parts, the second one the participant.
    parts = name.split("_", 4)
    assert parts[1:4] == ["101", "assignsubmission", "file"] and len(parts) == 5
    wrong = CliRunner().invoke(main, ["export", *where, "--format", "canvas"])
    assert wrong.exit_code == 2 and "no column 'Student'" in wrong.output
