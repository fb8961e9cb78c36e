"""Hand-ins are found in the layouts that people have; archives are not trusted."""

import io
import os
import shutil
import zipfile
from datetime import UTC, datetime

import pytest

from autograder.collect import collect
from autograder.course import Course
from autograder.members import ArchiveError
from autograder.record import timestamp
from autograder.roster import Roster
from tests.autograder.conftest import SOLUTIONS


@pytest.fixture
def course(tmp_path):
    return Course(tmp_path / "course")


def zipped(path, files):
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


@pytest.mark.parametrize(
    ("name", "student"),
    [
        ("ada/toy/toy.ipynb", "ada"),
        ("submitted/ada/toy/toy.ipynb", "ada"),
        ("ada/anything.ipynb", "ada"),
        ("ada.ipynb", "ada"),
        ("ada_toy.ipynb", "ada"),
        ("ada-toy.ipynb", "ada"),
        ("A B_123_assignsubmission_file_/toy.ipynb", "A_B_123"),
        ("lovelaceada_1234_98765_toy.ipynb", "lovelaceada_1234"),
        ("lovelaceada_LATE_1234_98765_toy-1.ipynb", "lovelaceada_1234"),
        ("zoë müller/Übung 1 – (final).ipynb", "zoë_müller"),
        ("../../../evil/toy.ipynb", "evil"),
        ("/etc/x/toy.ipynb", "etc"),
        ("a[b]*?/toy.ipynb", "a_b"),
        ("ada/drafts/final/toy.ipynb", "ada"),
        ("M_1_assignsubmission_file_/B_2_assignsubmission_file_/toy.ipynb", "M_1"),
    ],
)
def test_whose_a_file_is(course, tmp_path, name, student):
    source = zipped(tmp_path / "in.zip", {name: b"{}"})
    assert list(collect(course, "toy", source).taken) == [student]
    written = [p for p in course.root.rglob("*") if p.is_file()]
    assert {p.parent for p in written} == {course.submitted(student, "toy")}


def test_a_folder_works_as_a_zip_does(course, tmp_path):
    hand_in = tmp_path / "in" / "ada" / "toy.ipynb"
    hand_in.parent.mkdir(parents=True)
    hand_in.write_bytes(b"{}")
    os.utime(hand_in, (0, 86400))
    collect(course, "toy", tmp_path / "in")
    when = timestamp(course.submitted("ada", "toy"))
    assert when == datetime(1970, 1, 2)


def test_one_notebook_and_whose(course, tmp_path):
    source = tmp_path / "toy.ipynb"
    source.write_bytes(b"{}")
    assert list(collect(course, "toy", source, student="ada").taken) == ["ada"]


def test_nbgraders_timestamp_counts(course, tmp_path):
    files = {
        "ada/toy/toy.ipynb": "{}",
        "ada/toy/timestamp.txt": "2026-01-02 03:04:05 UTC",
    }
    collect(course, "toy", zipped(tmp_path / "in.zip", files))
    assert timestamp(course.submitted("ada", "toy")) == datetime(2026, 1, 2, 3, 4, 5)


def test_what_is_left_out_is_listed(course, tmp_path):
    files = {
        "ada/report.pdf": b"x",
        "bob/one.ipynb": b"{}",
        "bob/two.ipynb": b"{}",
        "eve/toy.ipynb": b"{}",
        "eve/old/toy.ipynb": b"{}",
    }
    collected = collect(course, "toy", zipped(tmp_path / "in.zip", files))
    assert collected.taken == {"eve": "eve/toy.ipynb"}
    assert set(collected.unmatched) == set(files) - {"eve/toy.ipynb"}
    assert "which one counts" in collected.unmatched["bob/one.ipynb"]


def test_a_student_cannot_hand_in_for_another_nor_set_the_time(course, tmp_path):
    """What lies inside a student's own folder is theirs, whatever it is called."""
    mine, theirs = "Mal_1_assignsubmission_file_", "Bob_2_assignsubmission_file_"
    files = {
        f"{mine}/{theirs}/toy.ipynb": b"forged",
        f"{mine}/toy/timestamp.txt": b"2020-01-01 00:00:00 UTC",
        f"{mine}/timestamp.txt": b"2020-01-01 00:00:00 UTC",
        f"{mine}/mine.ipynb": b"mine",
        f"{theirs}/work.ipynb": b"theirs",
    }
    collected = collect(course, "toy", zipped(tmp_path / "in.zip", files))
    assert set(collected.taken) == {"Mal_1", "Bob_2"}
    for student, data in (("Mal_1", b"mine"), ("Bob_2", b"theirs")):
        folder = course.submitted(student, "toy")
        assert (folder / "toy.ipynb").read_bytes() == data
        assert timestamp(folder).year > 2020
    assert len(collected.unmatched) == 3


def test_a_folder_around_all_students_is_nobodys(course, tmp_path):
    files = {"hand-ins/ada.ipynb": b"{}", "hand-ins/bob/toy.ipynb": b"{}"}
    collected = collect(course, "toy", zipped(tmp_path / "in.zip", files))
    assert set(collected.taken) == {"ada", "bob"}


def test_damaged_members_are_left_out_and_the_rest_is_taken(course, tmp_path):
    source = zipped(
        tmp_path / "in.zip",
        {
            "ada.ipynb": b"{}",
            "bob/toy/toy.ipynb": b"{}",
            "bob/toy/timestamp.txt": b"1" * 30,
            "[/yellow]x.txt": b"x",
            "dan.ipynb": b"0123456789" * 9,
        },
    )
    data = bytearray(source.read_bytes())
    place = data.find(b"0123456789")
    data[place] ^= 1  # the sum over dan's file no longer fits
    source.write_bytes(bytes(data))
    collected = collect(course, "toy", source)
    assert set(collected.taken) == {"ada", "bob"}
    assert "cannot be read" in collected.unmatched["dan.ipynb"]
    assert not course.submitted("dan", "toy").exists()


@pytest.mark.parametrize("student", ["../../out", "a/b"])
def test_a_named_student_stays_in_the_course(course, tmp_path, student):
    source = tmp_path / "toy.ipynb"
    source.write_bytes(b"{}")
    (name,) = collect(course, "toy", source, student=student).taken
    assert course.students("toy") == [name]


def test_a_source_that_is_not_there(course, tmp_path):
    with pytest.raises(ArchiveError, match="does not exist"):
        collect(course, "toy", tmp_path / "nothing")


def at(name, day):
    return zipfile.ZipInfo(name, (2026, 1, day, 12, 0, 0))


def stored(course, student, name="toy.ipynb"):
    return (course.submitted(student, "toy") / name).read_bytes()


def test_a_newer_hand_in_replaces_an_older_one_and_never_the_other_way(
    course, tmp_path
):
    first, second = {at("ada.ipynb", 10): b"1"}, {at("ada.ipynb", 11): b"2"}
    for files in (first, second):
        taken = collect(course, "toy", zipped(tmp_path / "in.zip", files))
        assert list(taken.taken) == ["ada"]
    again = collect(course, "toy", zipped(tmp_path / "in.zip", first))
    assert not again.taken and "older" in again.unmatched["ada.ipynb"]
    assert stored(course, "ada") == b"2" and course.students("toy") == ["ada"]
    source = zipped(tmp_path / "in.zip", first)
    assert collect(course, "toy", source, older=True).taken
    assert stored(course, "ada") == b"1"


def test_the_same_hand_in_changes_nothing(course, tmp_path):
    collect(course, "toy", zipped(tmp_path / "in.zip", {at("ada.ipynb", 10): b"1"}))
    before = {p: p.stat().st_mtime_ns for p in course.root.rglob("*")}
    source = zipped(tmp_path / "in.zip", {at("ada.ipynb", 20): b"1"})
    again = collect(course, "toy", source)
    assert again.unchanged == ["ada"] and not again.taken and not again.unmatched
    assert {p: p.stat().st_mtime_ns for p in course.root.rglob("*")} == before


def test_of_several_attempts_the_last_one_counts(course, tmp_path):
    files = {
        "inbound/ada+toy+2026-01-02 10:00:00 UTC+x/toy.ipynb": b"first",
        "inbound/ada+toy+2026-01-02 10:00:00 UTC+x/timestamp.txt": b"2026-01-02 UTC",
        "inbound/ada+toy+2026-01-03 10:00:00 UTC+y/toy.ipynb": b"last",
        "inbound/ada+toy+2026-01-03 10:00:00 UTC+y/timestamp.txt": b"damaged",
        "inbound/bob+other+2026-01-03 10:00:00 UTC+y/other.ipynb": b"else",
    }
    collected = collect(course, "toy", zipped(tmp_path / "in.zip", files))
    assert stored(course, "ada") == b"last"
    assert "last of 2" in collected.notes["ada"]
    (left,) = collected.unmatched.values()
    assert left == "handed in for other"
    canvas = {
        "hopgrace_LATE_7_100_toy-1.ipynb": b"last",
        "hopgrace_7_90_toy.ipynb": b"first",
    }
    collected = collect(course, "toy", zipped(tmp_path / "in.zip", canvas))
    assert stored(course, "hopgrace_7") == b"last"
    assert "late, as Canvas says" in collected.notes["hopgrace_7"]


def test_one_student_alone_cannot_hand_in_for_others(course, tmp_path):
    """A folder of a platform's is a student's, also where it is the only one."""
    top = "Mal_1_assignsubmission_file_"
    forged = {f"{top}/Ann_2_assignsubmission_file_/toy.ipynb": b"x"}
    forged[f"{top}/Bob_3_assignsubmission_file_/toy.ipynb"] = b"x"
    for files in (forged, {f"{top}/work.zip": inner_zip({"ann/a.ipynb": b"x"})}):
        collect(course, "toy", zipped(tmp_path / "in.zip", files))
        assert set(course.students("toy")) <= {"Mal_1"}
    packed = {"mal.zip": inner_zip({"ann/toy.ipynb": b"x", "bob/toy.ipynb": b"x"})}
    collect(course, "toy", zipped(tmp_path / "in.zip", packed))
    assert set(course.students("toy")) <= {"Mal_1", "mal"}


def inner_zip(files):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def test_a_time_that_a_student_packed_does_not_count(course, tmp_path):
    early = inner_zip({"toy/timestamp.txt": b"2020-01-01 UTC", "toy.ipynb": b"1"})
    collect(course, "toy", zipped(tmp_path / "in.zip", {at("ada.zip", 10): early}))
    assert timestamp(course.submitted("ada", "toy")).year == 2026


@pytest.mark.parametrize(
    "names",
    [
        ("ann lee/toy.ipynb", "ann_lee/toy.ipynb"),
        ("Ada/toy.ipynb", "ada/toy.ipynb"),
        ("zo\u00eb/toy.ipynb", "zoe\u0308/toy.ipynb"),
        (f"{'x' * 250}1/toy.ipynb", f"{'x' * 250}2/toy.ipynb"),
    ],
)
def test_two_students_are_never_made_one(course, tmp_path, names):
    files = {name: name.encode() for name in names} | {"bob/toy.ipynb": b"2"}
    collected = collect(course, "toy", zipped(tmp_path / "in.zip", files))
    assert list(collected.taken) == ["bob"]
    assert set(collected.unmatched) == set(names)


def test_an_id_that_differs_by_case_from_one_that_is_there(course, tmp_path):
    collect(course, "toy", zipped(tmp_path / "in.zip", {"ada.ipynb": b"1"}))
    again = collect(course, "toy", zipped(tmp_path / "in.zip", {"Ada.ipynb": b"2"}))
    assert "ADA" not in again.taken and "one to some disks" in str(again.unmatched)
    assert stored(course, "ada") == b"1"


def test_a_roster_says_who_is_who(course, tmp_path):
    roster = Roster(
        [
            {"id": "s1", "name": "Ada Lovelace", "email": "al@example.org"},
            {"id": "s2", "name": "Bob Ross", "email": "br@example.org"},
            {"id": "s3", "name": "Bob Ross", "email": "br2@example.org"},
        ]
    )
    files = {
        "Ada Lovelace_101_assignsubmission_file_/toy.ipynb": b"1",
        "Bob Ross_102_assignsubmission_file_/toy.ipynb": b"2",
        "Eve_103_assignsubmission_file_/toy.ipynb": b"3",
    }
    source = zipped(tmp_path / "in.zip", files)
    collected = collect(course, "toy", source, roster=roster)
    assert list(collected.taken) == ["s1"]
    reasons = list(collected.unmatched.values())
    assert reasons == [
        "the roster has several whom it could be: s2, s3",
        "not in the roster",
    ]
    source = zipped(tmp_path / "in.zip", {"rossbob_5_6_toy.ipynb": b"4"})
    mail = collect(course, "toy", source, "br2@example.org", roster)
    assert list(mail.taken) == ["s3"]


def test_the_one_hand_in_below_a_folder_that_is_no_student(course, tmp_path):
    roster = Roster([{"id": "ada"}, {"id": "bob"}])
    source = zipped(tmp_path / "in.zip", {"download/ada/toy.ipynb": b"1"})
    assert list(collect(course, "toy", source, roster=roster).taken) == ["ada"]
    source = zipped(tmp_path / "in.zip", {"bob/ada/b.ipynb": b"", "bob/c/d.ipynb": b""})
    assert not collect(course, "toy", source, roster=roster).taken


@pytest.fixture
def asking(tmp_path):
    """A course whose assignment asks for predictions beside the notebook."""
    folder = tmp_path / "course" / "solutions" / "toy"
    shutil.copytree(SOLUTIONS / "toy", folder)
    with open(folder / "checks.py", "a") as file:
        file.write(ASKS)
    return Course(tmp_path / "course")


ASKS = """
from autograder.checks import Predictions
asked = ("mean/unseen", "predictions.csv", lambda: [1], lambda a, b: 1.0, 0.5, "x")
checks.append(Predictions(*asked))
"""


def test_files_that_the_assignment_asks_for_come_along(asking, tmp_path):
    canvas = {
        at("lovelaceada_1_10_toy-1.ipynb", 3): b"nb",
        at("lovelaceada_1_11_predictions-1.csv", 5): b"1",
        at("lovelaceada_1_12_notes.csv", 3): b"?",
        at("bobby_2_13_toy.ipynb", 3): b"nb",
        at("dan_3_14_predictions.csv", 3): b"2",
    }
    collected = collect(asking, "toy", zipped(tmp_path / "in.zip", canvas))
    assert set(collected.taken) == {"lovelaceada_1", "bobby_2"}
    assert stored(asking, "lovelaceada_1", "predictions.csv") == b"1"
    assert timestamp(asking.submitted("lovelaceada_1", "toy")).day == 5
    left = collected.unmatched
    assert "not a notebook" in left["lovelaceada_1_12_notes.csv"]
    assert "no notebook" in left["dan_3_14_predictions.csv"]


def test_a_newer_hand_in_takes_its_files_along(asking, tmp_path):
    for day, files in enumerate(
        (
            {"ada/toy.ipynb": b"1", "ada/predictions.csv": b"1"},
            {"ada/toy.ipynb": b"1", "ada/predictions.csv": b"2"},
            {"ada/toy.ipynb": b"1"},
        ),
        start=1,
    ):
        files = {at(name, day): data for name, data in files.items()}
        source = zipped(tmp_path / "in.zip", files)
        assert list(collect(asking, "toy", source).taken) == ["ada"]
        there = asking.submitted("ada", "toy")
        wanted = {info.filename.removeprefix("ada/"): d for info, d in files.items()}
        kept = {p.name: p.read_bytes() for p in there.iterdir()}
        assert kept.pop("timestamp.txt") and kept == wanted


def test_nothing_is_written_through_a_link(course, tmp_path):
    folder = course.submitted("ada", "toy")
    folder.mkdir(parents=True)
    (tmp_path / "mine.txt").write_text("mine")
    (folder / "toy.ipynb").symlink_to(tmp_path / "mine.txt")
    collect(course, "toy", zipped(tmp_path / "in.zip", {"ada.ipynb": b"1"}))
    assert (tmp_path / "mine.txt").read_text() == "mine"
    assert stored(course, "ada") == b"1"


def test_times_are_utc(course, tmp_path):
    collect(course, "toy", zipped(tmp_path / "in.zip", {"ada.ipynb": b"{}"}))
    text = (course.submitted("ada", "toy") / "timestamp.txt").read_text()
    assert text.endswith("UTC")
    age = datetime.now(UTC).replace(tzinfo=None) - timestamp(
        course.submitted("ada", "toy")
    )
    assert abs(age.total_seconds()) < 600
