"""The command's exit codes, and errors that say what to do."""

import pytest
from click.testing import CliRunner

from autograder.cli import main
from tests.autograder.conftest import BACKEND, SOLUTIONS
from tests.autograder.notebooks import hand_in

TOY = ("--solutions", str(SOLUTIONS))


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")

    def invoke(*arguments):
        return CliRunner().invoke(main, [str(a) for a in arguments])

    return invoke


def test_from_init_to_report(run, tmp_path, toy):
    """The way of the README, and exit code 1 as soon as something is not marked."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "ada.ipynb").write_bytes(hand_in(toy))
    assert run("init", "course", *TOY).exit_code == 0
    course = ("--course", "course")
    assert run("collect", "in", *course).exit_code == 0
    done = run("grade", *course, "--backend", BACKEND, "--jobs", 1)
    assert done.exit_code == 0, done.output
    assert "ada: 5 of 5" in done.output and "1 marked, 0 not marked" in done.output
    (tmp_path / "in" / "bob.ipynb").write_text("{")
    (tmp_path / "in" / "notes.txt").write_text("x")
    left = run("collect", "in", *course)
    assert left.exit_code == 1 and "notes.txt" in left.output
    done = run("grade", *course, "--backend", BACKEND, "--student", "bob")
    assert done.exit_code == 1 and "bob: not marked" in done.output
    assert run("report", *course).exit_code == 0
    assert (tmp_path / "course" / "grades.csv").is_file()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("grade",), "is not a course"),
        (("grade", "--jobs", "0"), "x>=1"),
        (("grade", "--backend", "theano"), "theano"),
        (("grade", "--isolation", "prayer"), "prayer"),
        (("grde",), "No such command"),
        (("build", "--solutions", "nowhere"), "holds no assignment"),
        (("build", "dot", *TOY), "No assignment 'dot'; there are: toy"),
        (("collect", "in"), "is not a course"),
        (("trial", *TOY, "--backend", "numpy"), "numpy"),
    ],
)
def test_usage_errors(run, arguments, words):
    done = run(*arguments)
    assert done.exit_code == 2 and words in done.output


def test_a_course_says_what_it_lacks(run, tmp_path):
    run("init", "course", *TOY)
    course = ("--course", "course", "--backend", BACKEND)
    assert "Nobody handed in toy" in run("grade", *course).output
    assert "no assignment 'x'" in run("grade", *course, "--assignment", "x").output
    (tmp_path / "course" / "submitted" / "ada" / "toy").mkdir(parents=True)
    assert "bob handed in" in run("grade", *course, "--student", "bob").output


def test_isolation_is_never_lowered_silently(run, monkeypatch, tmp_path):
    run("init", "course", *TOY)
    (tmp_path / "course" / "submitted" / "ada" / "toy").mkdir(parents=True)
    monkeypatch.setattr("autograder.box.isolation.best", lambda: "none")
    refused = run("grade", "--course", "course", "--backend", BACKEND)
    assert refused.exit_code == 2 and "--isolation none" in refused.output


def test_a_course_where_boxes_could_read_it_is_refused(run, monkeypatch, tmp_path):
    run("init", "course", *TOY)
    (tmp_path / "course" / "submitted" / "ada" / "toy").mkdir(parents=True)
    seen = [str(tmp_path)]
    monkeypatch.setattr("autograder.box.isolation.visible_paths", lambda: seen)
    refused = run("grade", "--course", "course", "--backend", BACKEND)
    assert refused.exit_code == 2 and "students' code can read" in refused.output


def test_build_check_fails_when_exercises_are_stale(run, tmp_path):
    assert run("build", *TOY, "--check").exit_code == 1
    assert not (tmp_path / "exercises").exists()
    assert run("build", *TOY, "--bundle", "out/students.zip").exit_code == 0
    assert (tmp_path / "out" / "students.zip").is_file()
    assert run("build", *TOY, "--check").exit_code == 0


def test_trial_counts_and_fails_on_a_surprise(run, tmp_path):
    import shutil

    shutil.copytree(SOLUTIONS, tmp_path / "mine")
    done = run("trial", "toy", "--solutions", "mine", "--backend", BACKEND)
    assert done.exit_code == 0, done.output
    assert "2 of 2 wheats accepted" in done.output
    assert "1 of 1 chaffs caught" in done.output
    chaff = tmp_path / "mine" / "toy" / "chaffs" / "sum_for_mean.py"
    chaff.write_text(chaff.read_text().replace(", mean/equal-numbers", ""))
    done = run("trial", "toy", "--solutions", "mine", "--backend", BACKEND)
    assert done.exit_code == 1
    assert "0 of 1 chaffs" in done.output and "also failed mean/equal" in done.output


def test_the_demo_is_made_anew_but_no_other_folder_is_emptied(run, tmp_path):
    (tmp_path / "work" / BACKEND).mkdir(parents=True)
    (tmp_path / "work" / BACKEND / "thesis.txt").write_text("x")
    done = run("demo", "work", *TOY, "--backend", BACKEND)
    assert done.exit_code == 2 and "is not empty" in done.output
    assert (tmp_path / "work" / BACKEND / "thesis.txt").is_file()
