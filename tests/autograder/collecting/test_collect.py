"""Hand-ins are found in the layouts that people have; archives are not trusted."""

import os
from datetime import UTC, datetime

import pytest

from autograder.collecting.collect import collect
from autograder.collecting.members import ArchiveError
from autograder.course import Course
from autograder.gradebook.record import timestamp
from tests.autograder.handins import zipped


@pytest.fixture
def course(tmp_path):
    return Course(tmp_path / "course")


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


def test_times_are_utc(course, tmp_path):
    collect(course, "toy", zipped(tmp_path / "in.zip", {"ada.ipynb": b"{}"}))
    text = (course.submitted("ada", "toy") / "timestamp.txt").read_text()
    assert text.endswith("UTC")
    age = datetime.now(UTC).replace(tzinfo=None) - timestamp(
        course.submitted("ada", "toy")
    )
    assert abs(age.total_seconds()) < 600
