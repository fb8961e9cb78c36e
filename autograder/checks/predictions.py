"""A check of handed-in predictions: a column of numbers, scored on hidden labels."""

import math
import re
from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.checks.check import Check, Verdict

NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", re.ASCII | re.IGNORECASE)
MOST_BYTES = 10 << 20
MOST_SHOWN = 40


class Predictions(Check):
    """A handed-in file predicts labels that no student has.

    It is read here and never enters a box: text in UTF-8, one number per line, in the
    order of the test examples; the first line may be a heading.

    Args:
        name: `"problem/idea"`.
        file: what the file is called; students hand it in beside their notebook.
        labels: gives the hidden labels, in the order of the test examples.
        score: `(labels, predictions)` to one number, the larger the better, as
            `sklearn.metrics.accuracy_score` does.
        at_least: the score that is enough, set from measured right answers.
        look_at: ends the student's sentence: where to look.

    Raises:
        ValueError: `file` is no plain name, or a notebook's.
    """

    def __init__(
        self,
        name: str,
        file: str,
        labels: Callable[[], np.ndarray],
        score: Callable[[np.ndarray, np.ndarray], float],
        at_least: float,
        look_at: str,
        weight: float = 1.0,
    ) -> None:
        if not re.fullmatch(r"\w[\w-]*\.\w+", file) or file.endswith(".ipynb"):
            raise ValueError(
                f"{name}: a file's name is as `predictions.csv`, not {file!r}."
            )
        self.name, self.file, self.weight = name, file, weight
        self.labels, self.score = labels, score
        self.at_least, self.look_at = at_least, look_at

    @staticmethod
    def run(student):
        """No box is asked: `mark` gets what was handed in."""

    def mark(self, result: bytes | None, inputs: dict[str, Any]) -> Verdict:
        """Scores the file's bytes; None stands for a file that is missing."""
        if result is None:
            words = f"`{self.file}` is missing: hand it in beside the notebook."
            return Verdict(0.0, words)
        labels = np.asarray(self.labels())
        try:
            predictions = read_column(result, len(labels))
        except ValueError as fault:
            return Verdict(0.0, f"`{self.file}` {fault}")
        score = float(self.score(labels, predictions))
        if score >= self.at_least:
            return Verdict(1.0)
        return Verdict(
            0.0,
            f"`{self.file}` scores {score:.2f} on labels that were kept back, expected "
            f"at least {self.at_least:g}: {self.look_at}",
        )


def read_column(data: bytes, count: int) -> np.ndarray:
    """The numbers of a file with one per line, float64.

    Args:
        count: how many there must be.

    Raises:
        ValueError: what is wrong with the file, as the end of a sentence.
    """
    if len(data) > MOST_BYTES:
        raise ValueError(f"has {len(data) >> 20} MB, at most {MOST_BYTES >> 20} MB.")
    try:
        lines = data.decode("utf-8-sig").rstrip().splitlines()
    except UnicodeDecodeError:
        raise ValueError("is not text in UTF-8: save it as CSV in UTF-8.") from None
    first = 1 if lines and len(lines) == count + 1 and not _is_number(lines[0]) else 0
    if len(lines) - first != count:
        raise ValueError(
            f"has {len(lines) - first} lines with numbers, expected {count}: one per "
            f"test example, in their order."
        )
    numbered = enumerate(lines[first:], start=first + 1)
    return np.array([_number(line, number) for number, line in numbered])


def _is_number(line: str) -> bool:
    return NUMBER.fullmatch(line.strip()) is not None


def _number(line: str, number: int) -> float:
    text = line.strip()
    value = float(text) if _is_number(text) else math.nan
    if math.isfinite(value):
        return value
    shown = text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]}..."
    what = f"{shown!r} in line {number}" if text else f"nothing in line {number}"
    if re.search(r"[,;\t]", text):
        raise ValueError(f"has {what}: one column, and numbers with a point, as 0.5.")
    raise ValueError(f"has {what}, expected a finite number.")
