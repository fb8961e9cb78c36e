"""A hand-in that works on one backend only keeps its marks and is told so."""

from autograder.mark import Mark
from autograder.submission import ProblemResult, Result
from autograder.workers.everywhere import combined


def result(earned, sentence=""):
    """A hand-in whose one problem of 2 points earned so much."""
    mark = Mark("mean/axis", 1.0, earned / 2, sentence)
    return Result("marked", problems={"mean": ProblemResult(2, earned, [mark])})


def test_equal_results_are_told_once():
    found = combined({"torch": result(1, "Look."), "jax": result(1, "Look.")})
    assert found.earned == 1
    assert [mark.sentence for mark in found.problems["mean"].marks] == ["Look."]


def test_the_best_counts_and_the_reason_is_told():
    results = {
        "tensorflow": result(2),
        "jax": result(0, "Your code raised TypeError: numpy in a traced function"),
        "torch": result(2),
    }
    found = combined(results)
    assert found.earned == 2
    told = found.problems["mean"].marks[-1]
    assert told.weight == 0 and told.share == 1
    for words in ("tensorflow and torch", "on jax it does not", "TypeError"):
        assert words in told.sentence


def test_a_backend_that_could_not_mark_is_noted():
    found = combined({"torch": result(2), "jax": Result("failed", reason="no memory")})
    assert found.earned == 2 and found.events == ["Not marked on jax: no memory"]
    failed = combined({"torch": Result("failed", reason="no notebook")})
    assert failed.reason == "no notebook"
