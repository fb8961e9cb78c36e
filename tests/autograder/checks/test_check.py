"""Only a probe's own text and the inputs that it names leave the trusted side."""

import numpy as np
import pytest

from autograder.checks import Check, Property, Verdict, probe_source
from autograder.mark import Mark, earned, judge
from autograder.probe import draw, sent

SECRET = 42


class Guess(Check):
    name = "guess/it"

    def inputs(self, rng):
        return {"x": rng.normal(size=3), "label": 1}

    @staticmethod
    def run(student, x):
        return student.guess(x)

    def mark(self, result, inputs):
        return Verdict(float(result == inputs["label"]), "wrong")


def test_what_a_probe_does_not_name_stays():
    check = Guess()
    source, given = sent(check, draw(check, 0))
    assert set(given) == {"x"}
    assert "label" not in source and "mark" not in source


def test_inputs_are_drawn_in_single_precision_from_seed_and_name():
    check, other = Guess(), Guess()
    other.name = "guess/another"
    first, again = draw(check, 5)["x"], draw(check, 5)["x"]
    assert first.dtype == np.float32 and np.array_equal(first, again)
    assert not np.array_equal(first, draw(check, 6)["x"])
    assert not np.array_equal(first, draw(other, 5)["x"])


def test_a_probe_that_reads_a_name_of_the_trusted_side_is_refused():
    def run(student):
        return SECRET

    with pytest.raises(ValueError, match="SECRET"):
        probe_source(run)


def test_a_probe_that_reads_a_variable_around_it_is_refused():
    label = 1

    def run(student):
        return [label for _ in range(2)]

    with pytest.raises(ValueError, match="label"):
        probe_source(run)


def test_a_probe_may_use_numpy_keras_and_what_it_imports():
    def run(student, x):
        import math

        return [math.sqrt(v) for v in np.asarray(ops.exp(x))]  # noqa: F821

    source, names = probe_source(run)
    assert names == ("x",) and source.startswith("def run(student, x):")


def test_a_probe_that_asks_for_an_input_that_is_not_drawn():
    def run(student, y):
        return y

    check = Property("a/b", lambda rng: {"x": 1}, run, lambda result, inputs: None)
    with pytest.raises(ValueError, match="y"):
        sent(check, draw(check, 0))


@pytest.mark.parametrize("share", [-0.1, 1.1])
def test_a_share_outside_its_range_is_refused(share):
    with pytest.raises(ValueError, match="share"):
        Verdict(share, "words")


def test_marks_are_not_taken_without_words():
    with pytest.raises(ValueError, match="why"):
        Verdict(0.5)


def test_points_are_shared_by_weight():
    marks = [Mark("a/b", 2, 1.0, ""), Mark("a/c", 1, 0.5, "half")]
    assert earned(6, marks) == 5.0


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ({"error": {"type": "NotDefined", "message": "guess"}}, "`guess` is not def"),
        ({"error": {"type": "NotImplementedError"}}, "Not answered yet"),
        ({"error": {"type": "TimeLimit", "message": "after 3 s"}}, "too long"),
        (
            {"error": {"type": "TypeError", "message": "bad", "line": "x @ y"}},
            "TypeError: bad, at `x @ y`",
        ),
        ({"error": "forged"}, "raised"),
        ({}, "raised"),
        ({"value": {"array": object}}, "wrong"),
    ],
)
def test_every_answer_gets_a_sentence_and_no_marks(answer, words):
    mark = judge(Guess(), answer, {"label": 1})
    assert mark.share == 0 and words in mark.sentence


def test_a_mark_that_raises_on_a_forged_answer_gives_nothing():
    class Fragile(Guess):
        def mark(self, result, inputs):
            return Verdict(float(result["x"][0]))

    mark = judge(Fragile(), {"value": 3}, {})
    assert mark.share == 0 and "kind that was asked for" in mark.sentence
