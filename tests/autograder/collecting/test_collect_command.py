"""`autograder collect` says what it took, what it did not, and what cannot be meant."""

from datetime import datetime

import pytest
from click.testing import CliRunner

from autograder.cli import main
from autograder.gradebook.record import timestamp
from tests.autograder.handins import at, zipped

ROSTER = "id,name\ns1,Ada Lovelace\n"


@pytest.fixture
def run(course, tmp_path):
    def invoke(*options):
        arguments = ["collect", str(tmp_path / "in.zip"), "--course", str(course.root)]
        done = CliRunner().invoke(main, [*arguments, *map(str, options)])
        return done.exit_code, done.output

    return invoke


def test_who_is_who_and_when(course, run, tmp_path):
    (tmp_path / "roster.csv").write_text(ROSTER)
    name = "Ada Lovelace_7_assignsubmission_file_/toy.ipynb"
    zipped(tmp_path / "in.zip", {at(name, 5): b"{}", at("Eve_8_x.ipynb", 5): b"{}"})
    options = ("--roster", tmp_path / "roster.csv", "--time-zone", "America/New_York")
    code, output = run(*options)
    assert code == 1 and "1 hand-ins taken for toy." in output
    assert "left out: Eve_8_x.ipynb (not in the roster)" in output
    when = timestamp(course.submitted("s1", "toy"))
    assert when == datetime(2026, 1, 5, 17)
    code, output = run(*options)
    assert "0 hand-ins taken" in output and "1 were there already" in output


def test_an_older_one_is_taken_when_it_is_said(run, tmp_path):
    for day, options, words in (
        (5, (), "1 hand-ins taken"),
        (4, (), "older than what is there"),
        (4, ("--older",), "1 hand-ins taken"),
    ):
        zipped(tmp_path / "in.zip", {at("ada.ipynb", day): str(day)})
        assert words in run(*options)[1]


@pytest.mark.parametrize(
    ("roster", "zone", "words"),
    [
        (None, "Berlin", "no time zone 'Berlin'"),
        ("name\nAda\n", None, "no column id"),
        ("", None, "no lines below"),
    ],
)
def test_what_cannot_be_meant(run, tmp_path, roster, zone, words):
    zipped(tmp_path / "in.zip", {"ada.ipynb": b"{}"})
    (tmp_path / "roster.csv").write_text(ROSTER if roster is None else roster)
    options = ["--roster", tmp_path / "roster.csv"]
    code, output = run(*options, *(["--time-zone", zone] if zone else []))
    assert code == 2 and words in output
    assert run("--roster", tmp_path / "nowhere.csv")[0] == 2


def test_a_damaged_archive(run, tmp_path):
    (tmp_path / "in.zip").write_bytes(b"PK\x03\x04 cut off")
    code, output = run()
    assert code == 2 and "no whole archive" in output
