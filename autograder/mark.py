"""Compares an answer with what the check expects: a share, and a sentence."""

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

from autograder.box.probing import TimeLimit, time_limit
from autograder.checks import Check, Verdict
from autograder.restore import printable

RAISED = {
    "NotDefined": (
        "`{message}` is not defined: the cell that should define it is missing or "
        "raised an error."
    ),
    "NotImplementedError": "Not answered yet: the cell still raises "
    "NotImplementedError.",
    "Forbidden": "`{message}` is not to be used in this problem: its text asks you to "
    "write that yourself.",
    "TimeLimit": (
        "Your code took too long here ({message}): look for a loop that never ends, "
        "or for work that grows with every step."
    ),
    "Died": "Your code {message} here.",
    "NotRun": "Not run: {message}.",
}
MOST_SENTENCE = 600


@dataclass(frozen=True)
class Mark:
    """One check's outcome for one submission."""

    check: str
    weight: float
    share: float
    sentence: str


def judge(
    check: Check,
    answer: dict[str, Any],
    inputs: dict[str, Any],
    seconds: float | None = None,
) -> Mark:
    """The mark for an answer that came out of a box. Never raises on what it holds.

    Args:
        seconds: how long comparing may take; None where nothing may interrupt it.
    """
    error = answer.get("error")
    if error is not None or "value" not in answer:
        verdict = Verdict(0.0, _raised(error))
    else:
        try:
            with time_limit(seconds) if seconds else nullcontext():
                verdict = check.mark(answer["value"], inputs)
        except TimeLimit:
            verdict = Verdict(
                0.0,
                "The answer is so large that it cannot be compared in time: look at "
                "its shape.",
            )
        except Exception as failure:
            verdict = Verdict(
                0.0,
                f"The answer is not of the kind that was asked for "
                f"({type(failure).__name__}): look at what the text says is returned.",
            )
    sentence = " ".join(printable(verdict.sentence).split())[:MOST_SENTENCE]
    return Mark(check.name, check.weight, verdict.share, sentence)


def earned(points: float, marks: Sequence[Mark]) -> float:
    """The points of a problem whose checks were judged so, rounded to 0.01."""
    whole = sum(mark.weight for mark in marks)
    return round(points * sum(m.weight * m.share for m in marks) / whole, 2)


def _raised(error: Any) -> str:
    error = error if isinstance(error, dict) else {}
    kind, message, line = (
        str(error.get(part, "")) for part in ("type", "message", "line")
    )
    if kind in RAISED:
        return RAISED[kind].format(message=message)
    at = f", at `{line}`" if line else ""
    return f"Your code raised {kind or 'an error'}: {message[:300]}{at}"
