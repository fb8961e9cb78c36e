"""What a student's function may give in place of an answer earns and harms nothing."""

import json
import time

import pytest

from autograder.box.client import BoxDied
from autograder.checks import Learns
from autograder.limits import Limits
from autograder.mark import judge
from autograder.probe import draw, sent
from tests.autograder.forged_answers import SOURCES

LIMITS = Limits(grace_seconds=2, memory_mb=1500)
SECONDS = 3
RIGHT = "def double(x): return 2 * x"


@pytest.fixture(scope="module")
def asked(toy, parent):
    """Runs a cell and asks for the answer of `double`; its mark, and the answer.

    The box goes on from forgery to forgery, and is made anew where one ends it.
    """
    check = next(c for c in toy.problems["double"].checks)
    inputs = draw(check, 7)
    source, given = sent(check, inputs)
    boxes = []

    def ask(code):
        if not boxes:
            boxes.append(parent.box(LIMITS))
        try:
            boxes[0].run_cell(code, SECONDS)
            answer = boxes[0].probe(source, given, SECONDS)
        except BoxDied as death:
            boxes.pop()
            answer = {"error": {"type": "Died", "message": str(death)}}
        return judge(check, answer, inputs, SECONDS), answer

    yield ask
    for box in boxes:
        box.close()


@pytest.mark.parametrize("name", SOURCES)
def test_a_forged_answer_earns_nothing(asked, name):
    started = time.monotonic()
    mark, answer = asked(SOURCES[name])
    assert mark.share == 0 and mark.sentence
    assert time.monotonic() - started < 3 * SECONDS + 5
    assert "value" in answer or len(json.dumps(answer["error"])) < 10_000
    if not name.startswith("plain: many"):  # these may outlast the patience with them
        assert answer.get("error", {}).get("type") != "Died"


def test_the_right_answer_is_right_after_all_of_them(asked):
    assert asked(RIGHT)[0].share == 1


PATCHED = """
import keras, numpy as np
for owner in (keras.Model, keras.Sequential, keras.metrics.Metric):
    owner.evaluate = owner.result = lambda self, *a, **k: {"accuracy": 1.0}
for name in dir(keras.metrics):
    if isinstance(getattr(keras.metrics, name), type):
        setattr(keras.metrics, name, lambda *a, **k: lambda *a, **k: 1.0)
keras.ops.argmax = np.argmax = lambda *a, **k: 0
class Best:
    history = {"accuracy": [1.0], "val_accuracy": [1.0]}
    def fit(self, *a, **k): return self
    def evaluate(self, *a, **k): return 0.0, 1.0
    def predict(self, x, verbose=0): return np.ones((len(x), 3), dtype="float32")
def train(*data):
    return Best()
"""


PARTS = {"train": slice(30), "validation": slice(30, 60), "test": slice(60, 90)}


def blobs(rng):
    labels = rng.integers(0, 3, size=90)
    x = rng.normal(size=(90, 2)) + 9 * labels[:, None]
    found = {}
    for part, rows in PARTS.items():
        found |= {f"x_{part}": x[rows], f"y_{part}": labels[rows]}
    return found


def test_good_numbers_from_patched_metrics_count_for_nothing(parent):
    """Predictions are compared with labels that the box has never seen."""
    check = Learns("a/learns", "train", blobs, 0.9, "train longer.")
    inputs = draw(check, 3)
    source, given = sent(check, inputs)
    assert "y_test" not in given and "x_test" in given
    with parent.box(LIMITS) as box:
        box.run_cell(PATCHED, SECONDS)
        mark = judge(check, box.probe(source, given, 20), inputs)
    assert mark.share == 0 and "of unseen examples right" in mark.sentence
