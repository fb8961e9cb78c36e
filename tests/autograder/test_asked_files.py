"""A handed-in file is marked without a box, and again when it changes."""

import shutil

import pytest

from autograder.course import init
from autograder.grade import Batch
from autograder.returning.results import load_results
from tests.autograder.conftest import BACKEND, SOLUTIONS, workers
from tests.autograder.notebooks import hand_in

CHECK = """
import numpy as np

from autograder.checks.predictions import Predictions

checks.append(
    Predictions(
        "mean/predictions",
        "guess.csv",
        labels=lambda: np.array([0.0, 1.0, 1.0]),
        score=lambda labels, guesses: float(np.mean(labels == guesses)),
        at_least=0.9,
        look_at="the test set.",
    )
)
"""


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    folder = tmp_path_factory.mktemp("asked")
    shutil.copytree(SOLUTIONS / "toy", folder / "toy")
    with open(folder / "toy" / "checks.py", "a") as file:
        file.write(CHECK)
    return init(folder / "course", [folder / "toy"])


def lost(course, toy, guesses):
    """The sentences of the check of the file, and who was marked for it."""
    folder = course.submitted("ada", "toy")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "toy.ipynb").write_bytes(hand_in(toy))
    if guesses is not None:
        (folder / "guess.csv").write_text(guesses)
    batch = Batch(course, "toy", BACKEND)
    assert batch._stored("ada") is None  # it is marked anew
    batch.run(["ada"], workers(1), lambda *_: None)
    marks = load_results(course, "toy")["ada"].problems["mean"].marks
    return [mark.sentence for mark in marks if mark.share < 1]


def test_a_file_is_scored_on_hidden_labels(course, toy):
    (missing,) = lost(course, toy, None)
    assert "guess.csv" in missing
    (wrong,) = lost(course, toy, "0\n0\n0\n")
    assert "the test set" in wrong
    assert lost(course, toy, "0\n1\n1\n") == []
