"""Students get the same bytes every time, and nothing that gives an answer away."""

import subprocess
import sys
import zipfile

import nbformat
from nbgrader.preprocessors import CheckCellMetadata

from autograder.build import (
    filled_in,
    release_notebook,
    source_notebook,
    text_of,
    write_bundle,
    write_exercise,
)


def test_the_release_has_holes_and_no_answers(toy, release):
    text = text_of(release)
    assert "raise NotImplementedError()" in text and "YOUR ANSWER HERE" in text
    for hidden in (
        "return 2 * x",
        "ops.mean",
        "Because.",
        "check_here",
        "import autograder",
    ):
        assert hidden not in text


def test_every_build_gives_the_same_bytes(toy):
    program = (
        "import sys; from pathlib import Path; from autograder.build import *;"
        "from autograder.assignment import Assignment;"
        "sys.stdout.write(text_of(release_notebook(Assignment(Path(sys.argv[1])))))"
    )
    command = [sys.executable, "-c", program, str(toy.folder)]
    other = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert other == text_of(release_notebook(toy))


def test_notebooks_are_valid_and_nbgrader_takes_them(toy, release):
    for notebook in (release, source_notebook(toy)):
        nbformat.validate(notebook)
        CheckCellMetadata().preprocess(notebook, {})


def test_a_test_is_two_locked_cells_of_which_one_has_points(release):
    cells = {cell.id: cell.metadata.get("nbgrader", {}) for cell in release.cells}
    assert cells["check-mean"]["points"] == 3 and cells["check-mean"]["grade"]
    assert not cells["visible-mean"]["grade"]
    assert cells["visible-mean"]["locked"] and cells["check-mean"]["locked"]


def test_an_exercise_is_written_only_when_it_changes(toy, tmp_path):
    assert write_exercise(toy, tmp_path, write=False)[1]
    assert not list(tmp_path.iterdir())
    path, changed = write_exercise(toy, tmp_path)
    assert changed and not write_exercise(toy, tmp_path)[1]
    path.write_text(path.read_text() + " ")
    assert write_exercise(toy, tmp_path)[1]


def test_answers_fill_their_own_holes(toy):
    filled = {cell.id: cell for cell in filled_in(toy, {"mean": "mean = 1"}).cells}
    assert filled["solution-mean"].source == "mean = 1"
    assert "NotImplementedError" in filled["solution-double"].source


def test_the_bundle_holds_exercises_and_how_to_start(toy, release, tmp_path):
    for name in ("a.zip", "b.zip"):
        write_bundle({"toy": text_of(release)}, tmp_path / name)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert archive.namelist() == ["START.md", "exercises/toy.ipynb"]
        assert b"{version}" not in archive.read("START.md")
