"""What a student's function may give in place of an answer earns and harms nothing."""

import json
import time

import pytest

from autograder.box.client import BoxDied
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
    assert answer.get("error", {}).get("type") != "Died"


def test_the_right_answer_is_right_after_all_of_them(asked):
    assert asked(RIGHT)[0].share == 1
