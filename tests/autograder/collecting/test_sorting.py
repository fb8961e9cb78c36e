"""Whose files are whose: nobody hands in for another, and no two are made one."""

import pytest

from autograder.collecting.collect import collect
from autograder.collecting.roster import Roster
from autograder.course import Course
from tests.autograder.handins import stored, zip_bytes, zipped


@pytest.fixture
def course(tmp_path):
    return Course(tmp_path / "course")


def test_one_student_alone_cannot_hand_in_for_others(course, tmp_path):
    """A folder of a platform's is a student's, also where it is the only one."""
    top = "Mal_1_assignsubmission_file_"
    forged = {f"{top}/Ann_2_assignsubmission_file_/toy.ipynb": b"x"}
    forged[f"{top}/Bob_3_assignsubmission_file_/toy.ipynb"] = b"x"
    for files in (forged, {f"{top}/work.zip": zip_bytes({"ann/a.ipynb": b"x"})}):
        collect(course, "toy", zipped(tmp_path / "in.zip", files))
        assert set(course.students("toy")) <= {"Mal_1"}
    packed = {"mal.zip": zip_bytes({"ann/toy.ipynb": b"x", "bob/toy.ipynb": b"x"})}
    collect(course, "toy", zipped(tmp_path / "in.zip", packed))
    assert set(course.students("toy")) <= {"Mal_1", "mal"}


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
