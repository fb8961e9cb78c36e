"""What counts of a student's files, and what becomes of an earlier hand-in."""

import shutil

import pytest

from autograder.collecting.collect import collect
from autograder.course import Course
from autograder.gradebook.record import timestamp
from tests.autograder import plain_courses
from tests.autograder.conftest import SOLUTIONS
from tests.autograder.handins import at, stored, zip_bytes, zipped


@pytest.fixture
def course(tmp_path):
    return Course(tmp_path / "course")


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


def test_a_time_that_a_student_packed_does_not_count(course, tmp_path):
    early = zip_bytes({"toy/timestamp.txt": b"2020-01-01 UTC", "toy.ipynb": b"1"})
    collect(course, "toy", zipped(tmp_path / "in.zip", {at("ada.zip", 10): early}))
    assert timestamp(course.submitted("ada", "toy")).year == 2026


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


def test_all_that_lies_beside_nbgraders_own_notebooks_comes_along(tmp_path):
    """An assignment without checks of ours may need any file, as in nbgrader."""
    course = plain_courses.make(tmp_path / "course")
    cells = plain_courses.graded("assert True", "test", 1)
    parts = {name: plain_courses.notebook(cells) for name in ("one", "two")}
    plain_courses.add(course, "toy", parts)
    files = {
        "ada/toy/one.ipynb": b"1",
        "ada/toy/two.ipynb": b"2",
        "ada/toy/scratch.ipynb": b"3",
        "ada/toy/data/own.csv": b"4",
        "ada/toy/helper.py": b"5",
        "ada/toy/timestamp.txt": b"2026-01-05 12:00:00 UTC",
        "ada/elsewhere.txt": b"6",
        "bob/toy/two.ipynb": b"7",
    }
    collected = collect(course, "toy", zipped(tmp_path / "in.zip", files))
    assert set(collected.taken) == {"ada", "bob"}
    left = {"ada/toy/scratch.ipynb", "ada/elsewhere.txt"}
    assert set(collected.unmatched) == left
    for name, data in files.items():
        if name.startswith("ada/toy/") and name not in left | {"ada/toy/timestamp.txt"}:
            assert stored(course, "ada", name.removeprefix("ada/toy/")) == data
    assert timestamp(course.submitted("ada", "toy")).day == 5
    later = {at("ada/toy/one.ipynb", 9): b"1", at("ada/toy/new.py", 9): b"8"}
    assert collect(course, "toy", zipped(tmp_path / "in.zip", later)).taken
    there = course.submitted("ada", "toy")
    kept = {p.name for p in there.rglob("*") if p.is_file()}
    assert kept == {"one.ipynb", "new.py", "timestamp.txt"}
