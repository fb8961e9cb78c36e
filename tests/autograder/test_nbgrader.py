"""A course is nbgrader's: its own commands work on it, and give the same marks."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from autograder.course import Course
from autograder.grade import Batch
from tests.autograder.conftest import BACKEND, workers
from tests.autograder.gradebooks import automatic
from tests.autograder.notebooks import WRONG, hand_in

PARTLY = "def mean(x):\n    return ops.concatenate([ops.mean(x[:2], -1), 0 * x[2:, 0]])"


@pytest.fixture(scope="module")
def marked(tmp_path_factory, toy):
    """A small honest class, marked by us, and a copy of it as it was before."""
    from autograder.course import init

    course = init(tmp_path_factory.mktemp("ours") / "course", [toy.folder])
    for student, data in {
        "right": hand_in(toy),
        "wrong": hand_in(toy, double=WRONG),
        "partly": hand_in(toy, mean=PARTLY),
        "open": hand_in(toy, mean="raise NotImplementedError()"),
        "warns": hand_in(
            toy,
            double="import sys\ndef double(x):\n    print('note', file=sys.stderr)\n"
            "    return x + x",
        ),
        "renamed-later": hand_in(toy, mean=toy.reference["mean"] + "\ndouble = None"),
    }.items():
        folder = course.submitted(student, "toy")
        folder.mkdir(parents=True)
        (folder / "toy.ipynb").write_bytes(data)
    plain = tmp_path_factory.mktemp("plain") / "course"
    shutil.copytree(course.root, plain)
    batch = Batch(course, "toy", BACKEND)
    batch.run(course.students("toy"), workers(), lambda *_: None)
    return course, Course(plain)


def nbgrader(course, *arguments, backend=BACKEND):
    environment = {
        **os.environ,
        "KERAS_BACKEND": backend,
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
    }
    command = [sys.executable, "-m", "nbgrader", *arguments]
    return subprocess.run(
        command, cwd=course.root, env=environment, capture_output=True, text=True
    )


def test_plain_autograde_gives_the_same_marks(marked):
    ours, plain = marked
    ran = nbgrader(plain, "autograde", "toy")
    assert ran.returncode == 0, ran.stderr
    assert automatic(plain, "toy") == automatic(ours, "toy")
    assert automatic(ours, "toy")["partly"] == {"check-double": 2, "check-mean": 0.5}
    assert automatic(ours, "toy")["renamed-later"]["check-double"] == 2
    assert automatic(ours, "toy")["warns"]["check-double"] == 2


def test_nbgraders_own_feedback_works_and_shows_no_hidden_check(marked):
    ours, _ = marked
    ran = nbgrader(ours, "generate_feedback", "toy", "--student", "wrong", "--force")
    assert ran.returncode == 0, ran.stderr
    page = ours.feedback("wrong", "toy").read_text()
    assert "mind the multiplier" in page and "SameValues" not in page


def test_autograded_notebooks_are_valid(marked):
    ours, _ = marked
    for student in ours.students("toy"):
        path = ours.root / "autograded" / student / "toy" / "toy.ipynb"
        nbformat.validate(nbformat.read(path, as_version=4))


def test_the_release_is_the_exercise(marked, release):
    ours, _ = marked
    assert ours.release("toy") == release


def test_init_again_keeps_hand_ins_and_marks(marked, toy):
    from autograder.course import init

    ours, _ = marked
    before = automatic(ours, "toy")
    init(ours.root, [toy.folder])
    assert automatic(ours, "toy") == before and len(ours.students("toy")) == 6
