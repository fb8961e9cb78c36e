"""A class full of attackers, marked by the real command in one run.

No mark is gained, nothing is read, nothing is left running or written outside, the
honest get their marks, and the grader is told.
"""

import hashlib
import os
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from autograder.box import isolation
from autograder.course import init
from autograder.returning.results import load_results
from tests.autograder.attack import stricter
from tests.autograder.attacks import ATTACKS
from tests.autograder.conftest import BACKEND, SOLUTIONS
from tests.autograder.gradebooks import automatic
from tests.autograder.notebooks import hand_in

pytestmark = pytest.mark.skipif(isolation.best() == "none", reason="nothing shuts in")
SECRETS = ("mind the multiplier", "divide the sum", "MeanOfEqualNumbers", "expected")
HONEST = ("aaa-honest", "mmm-honest", "zzz-honest")


def student(name):
    return name.replace(" ", "-").replace("'", "")


def notebook(toy, attack):
    made = nbformat.reads(hand_in(toy, double=attack.double), as_version=4)
    made.cells[:0] = [nbformat.v4.new_code_cell(source) for source in attack.cells]
    if "heard" in attack.double:  # once all has been asked
        made.cells.append(nbformat.v4.new_code_cell("print('HEARD', heard, In)"))
    return nbformat.writes(made).encode()


@pytest.fixture(scope="module")
def marked(toy, tmp_path_factory):
    """The course after the command ran; what it said; files around before and after."""
    folder = tmp_path_factory.mktemp("attacked")
    course = init(folder / "course", [stricter(SOLUTIONS / "toy", folder / "toy")])
    hand_ins = {student(name): notebook(toy, one) for name, one in ATTACKS.items()}
    hand_ins |= {name: hand_in(toy) for name in HONEST}
    for name, data in hand_ins.items():
        place = course.submitted(name, "toy")
        place.mkdir(parents=True)
        (place / "toy.ipynb").write_bytes(data)
    home = folder / "home"
    temporary = folder / "tmp"
    for made in (home, temporary):
        made.mkdir()
    kept = [course.root / name for name in ("solutions", "source", "submitted")]
    before = {path: digest(path) for path in kept}
    command = [sys.executable, "-m", "autograder", "grade", "--course", course.root]
    ran = subprocess.run(
        [*command, "--backend", BACKEND, "--jobs", "2"],
        capture_output=True,
        text=True,
        env={**os.environ, "HOME": str(home), "TMPDIR": str(temporary), "SECRET": "s"},
        timeout=600,
    )
    after = {path: digest(path) for path in kept}
    return course, ran, before == after, temporary


def digest(folder):
    """A folder's files, contents and modes."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if "__pycache__" not in path.parts:
            digest.update(f"{path} {path.lstat().st_mode}".encode())
            digest.update(path.read_bytes() if path.is_file() else b"")
    return digest.hexdigest()


@pytest.fixture(scope="module")
def results(marked):
    return load_results(marked[0], "toy")


def test_the_batch_goes_on_to_its_end(marked, results):
    _, ran, _, _ = marked
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert f"{len(ATTACKS) + len(HONEST)} marked, 0 not marked" in ran.stdout
    assert {result.status for result in results.values()} == {"marked"}


@pytest.mark.parametrize("name", ATTACKS)
def test_nothing_is_gained(results, name):
    problems = results[student(name)].problems
    assert problems["double"].earned == 0
    assert all(mark.sentence for mark in problems["double"].marks)
    assert problems["mean"].earned == 3 or not ATTACKS[name].keeps


def test_the_gradebook_says_the_same(marked, results):
    marks = automatic(marked[0], "toy")
    for name in ATTACKS:
        assert marks[student(name)]["check-double"] == 0


@pytest.mark.parametrize("name", HONEST)
def test_the_honest_get_their_marks(results, name):
    assert results[name].earned == 5 and results[name].events == []


@pytest.mark.parametrize("name", [name for name in ATTACKS if ATTACKS[name].told])
def test_the_grader_is_told(results, name):
    assert ATTACKS[name].told in " ".join(results[student(name)].events)


def test_nothing_is_left_running(marked):
    ran = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True)
    assert not [line for line in ran.stdout.splitlines() if "sleep 987" in line]


def test_nothing_is_written_outside(marked):
    """Neither into the course's sources nor into the folders for temporary files."""
    _, _, unchanged, temporary = marked
    assert unchanged
    assert list(temporary.iterdir()) == []
    assert not list(Path("/tmp").glob("autograder-x"))
    assert not os.path.exists("/dev/shm/x")


def shown_by(marked, name):
    """All that the notebook of a student showed, as the grader gets it."""
    folder = marked[0].root / "autograded" / student(name) / "toy"
    return (folder / "toy.ipynb").read_text()


def test_nothing_is_read(marked):
    shown = shown_by(marked, "looks for the solutions")
    assert "HIDDEN []" in shown and not re.search("IMPORTED [a-z]", shown)
    assert "PLACES 0" not in shown and "'SECRET'" not in shown
    watched = shown_by(marked, "watches every call")
    assert "'SEEN'" in watched and "SEEN {" not in watched


def test_what_is_asked_holds_no_secret(marked):
    """The questions themselves can be read; what decides is not in them."""
    shown = shown_by(marked, "listens to every cell")
    heard = shown[shown.index('"HEARD') :]
    assert "def run(student, function, arguments)" in heard
    for word in SECRETS:
        assert word not in heard


def test_what_is_shown_is_bounded(marked):
    for name in ATTACKS:
        assert len(shown_by(marked, name)) < 12_000_000
