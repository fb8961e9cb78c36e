"""Tries an assignment's checks on its wheats and chaffs, before any student does.

A wheat must get every point. A chaff must fail exactly the checks that its first line
names: one that is caught elsewhere is caught by accident.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from autograder.assignment import Answer, Assignment
from autograder.build import filled_in, text_of
from autograder.submission import Result
from autograder.workers.parcel import Parcel
from autograder.workers.pool import Pool, Task

REFERENCE = "reference"
WORD = re.compile(r"[^\W\d_]{2,}")
EMPTY = set(
    "an and are all also another any as at be both but by do does each every for from "
    "gives has have if in instead into is it its less makes more most must no not of "
    "on one only onto or other over place same so some takes than that the their them "
    "then there they this to two under up was what when where which while who with "
    "within without".split()
)


@dataclass(frozen=True)
class Outcome:
    """What an answer got on one backend."""

    answer: Answer
    backend: str
    result: Result

    @property
    def is_wheat(self) -> bool:
        return not self.answer.caught_by

    @property
    def failed(self) -> frozenset[str]:
        problems = self.result.problems.values()
        marks = [mark for problem in problems for mark in problem.marks]
        return frozenset(mark.check for mark in marks if mark.share < 1)

    @property
    def told(self) -> list[str]:
        """The sentences that the student would read."""
        problems = self.result.problems.values()
        marks = [mark for problem in problems for mark in problem.marks]
        return [mark.sentence for mark in marks if mark.sentence]

    @property
    def caught(self) -> bool:
        """Whether it lost marks, wherever."""
        return self.result.status != "marked" or bool(self.failed)

    @property
    def as_expected(self) -> bool:
        return self.result.status == "marked" and self.failed == self.answer.caught_by

    @property
    def names_the_idea(self) -> bool:
        """Whether what the student is told has a word of what was wrong."""
        ideas = [name.partition("/")[2] for name in self.answer.caught_by]
        about = _stems(" ".join([self.answer.name, self.answer.mistake, *ideas]))
        return bool(about & _stems(" ".join(self.told)))

    @property
    def surprise(self) -> str:
        """What differs from what was expected, for the instructor."""
        if self.result.status != "marked":
            return self.result.reason
        extra = sorted(self.failed - self.answer.caught_by)
        silent = sorted(self.answer.caught_by - self.failed)
        parts = [f"also failed {name}" for name in extra]
        parts += [f"passed {name}" for name in silent]
        return "; ".join(parts)


def _stems(text: str) -> set[str]:
    """The words of a text that say something, without their endings."""
    return {word[:5] for word in WORD.findall(text.lower()) if word not in EMPTY}


def answers(assignment: Assignment) -> list[Answer]:
    """The reference, the wheats and the chaffs."""
    reference = Answer(REFERENCE, frozenset(), "", {})
    return [reference, *assignment.wheats, *assignment.chaffs]


def notebook_of(assignment: Assignment, answer: Answer) -> bytes:
    """The hand-in of someone who answers so: the reference where it says nothing."""
    cells = {**assignment.reference, **answer.cells}
    return text_of(filled_in(assignment, cells)).encode()


def trial(
    assignment: Assignment,
    order: list[Answer],
    backend: str,
    isolated: str,
    jobs: int,
    seeds: Sequence[int],
    progress: Callable[[], None],
) -> list[Outcome]:
    """Marks answers on one backend, with each seed; the outcomes in their order.

    Of an answer that should get every point, or names its checks, all problems are
    marked; of a mutant the one that it changes.
    """
    runs = [(answer, seed) for answer in order for seed in seeds]
    with Pool(Task(assignment, None, backend), isolated, jobs) as pool:
        futures = []
        for answer, seed in runs:
            parcel = Parcel({assignment.name: notebook_of(assignment, answer)})
            futures.append(pool.submit(parcel, seed, answer.problems))
            futures[-1].add_done_callback(lambda _: progress())
        return [
            Outcome(answer, backend, future.result())
            for (answer, _), future in zip(runs, futures, strict=True)
        ]
