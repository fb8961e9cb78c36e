"""Whose a file is, in the layouts of platforms and people."""

from datetime import UTC, datetime
from pathlib import PurePosixPath
from zoneinfo import ZoneInfo

import pytest

from autograder.collecting.names import owner, safe, same

MOODLE = "Ada Lovelace_12345_assignsubmission_file_"
EXTRA = ("predictions.csv",)


def found(path):
    return owner(PurePosixPath(path), "toy", EXTRA, ZoneInfo("Europe/Berlin"))


@pytest.mark.parametrize(
    ("path", "student", "file"),
    [
        (f"{MOODLE}/toy.ipynb", "Ada_Lovelace_12345", "toy.ipynb"),
        (f"{MOODLE}toy.ipynb", "Ada_Lovelace_12345", "toy.ipynb"),
        ("A_B C_7_assignsubmission_file/toy.ipynb", "A_B_C_7", "toy.ipynb"),
        (f"{MOODLE}/work.zip/deep/toy.ipynb", "Ada_Lovelace_12345", None),
        ("lovelaceada_12_345_toy.ipynb", "lovelaceada_12", "toy.ipynb"),
        ("lovelaceada_LATE_12_345_toy-3.ipynb", "lovelaceada_12", "toy.ipynb"),
        ("lovelaceada_12_345_work.zip/toy-3.ipynb", "lovelaceada_12", None),
        ("x_ada_attempt_2026-01-31-10-00-00_toy.ipynb", "ada", "toy.ipynb"),
        ("ada+toy+2026-01-31 10:00:00 UTC+aB-_/toy.ipynb", "ada", "toy.ipynb"),
        ("inbound/a+b+toy+2026-01-31 10:00:00 UTC/toy.ipynb", "a_b", "toy.ipynb"),
        ("downloaded/toy/extracted/ada/toy.ipynb", "ada", "toy.ipynb"),
        ("submitted/ada/toy/toy.ipynb", "ada", "toy/toy.ipynb"),
        ("ada.zip/toy.ipynb", "ada", "toy.ipynb"),
        ("ada_toy.tar.gz/toy.ipynb", "ada", "toy.ipynb"),
        ("ada_predictions.csv", "ada", "predictions.csv"),
        ("predictions.csv/x.ipynb", "predictions.csv", "x.ipynb"),
    ],
)
def test_students_and_their_files(path, student, file):
    whose = found(path)
    assert whose.id == student
    if file:
        assert str(whose.file) == file


def test_nobodys(tmp_path):
    assert found("...ipynb") is None
    assert found("toy.ipynb") is None


@pytest.mark.parametrize(
    "path",
    [
        "Mal_1_assignsubmission_file_X_2_assignsubmission_file_toy.ipynb",
        "Bob_2_assignsubmission_file_ Mal_1_assignsubmission_file_/toy.ipynb",
        "mal_1_2_x_bob_attempt_2026-01-01-00-00-00_toy.ipynb",
        "mal_1_2_Bob_9_assignsubmission_file_toy.ipynb",
        "bob_1_2_x_567_assignsubmission_file_/toy.ipynb",
        "g_mal_attempt_2026-01-01-00-00-00_x_bob_attempt_2026-01-01-00-00-00_y.ipynb",
    ],
)
def test_two_students_in_one_name_are_nobody(path):
    """One of them is a name that somebody chose: an own name, or a file's."""
    assert found(path) is None


def test_times_have_zones():
    attempt = found("g_ada_attempt_2026-07-01-10-00-00_toy.ipynb")
    assert attempt.when == datetime(2026, 7, 1, 8, tzinfo=UTC)
    exchange = found("ada+toy+2026-07-01 10:00:00.5 UTC/toy.ipynb")
    assert exchange.when == datetime(2026, 7, 1, 10, 0, 0, 500_000, UTC)
    named = found("ada+toy+2026-07-01 10:00:00 America/New_York/toy.ipynb")
    assert named is not None and found("ada/toy.ipynb").when is None


def test_canvas_marks_what_is_late_or_once_more():
    whose = found("lovelaceada_LATE_12_345_toy-3.ipynb")
    assert whose.late and whose.attempt == 3 and whose.number == "12"
    assert not found("lovelaceada_12_345_toy.ipynb").late


@pytest.mark.parametrize(
    "name", ["../..", "a/b", "a\0b", "a\nb", "é" * 300, ".git", "x" * 300, "a*?[b]"]
)
def test_an_id_is_a_plain_folder_name(name):
    made = safe(name)
    assert "/" not in made and made == made.strip("._") and made.isprintable()
    assert len(made.encode()) <= 200


def test_ids_that_a_disk_may_take_for_one():
    assert same("Zoë") == same("zoe\u0308") == same("ZOË")
    assert same("straße") == same("STRASSE") and same("ada") != same("bob")
