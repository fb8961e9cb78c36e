"""Marks every hand-in on several backends, and says what works on some of them only."""

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from typing import Any

from autograder.mark import Mark
from autograder.submission import ProblemResult, Result
from autograder.workers.parcel import Parcel
from autograder.workers.pool import Pool, Task


class Everywhere:
    """Processes for each backend. Used like `pool.Pool`.

    The mark is that of the backend on which the hand-in earned most: a student had one.
    """

    def __init__(
        self, task: Task, backends: Sequence[str], isolated: str, jobs: int
    ) -> None:
        self.room = 2 * jobs
        self.pools = {
            backend: Pool(replace(task, backend=backend), isolated, jobs)
            for backend in backends
        }
        self.how = "; ".join(f"{b}: {pool.how}" for b, pool in self.pools.items())
        self.threads = ThreadPoolExecutor(jobs)

    def submit(self, parcel: Parcel, seed: int) -> "Future[Result]":
        """Has a hand-in marked on one backend after the other."""
        return self.threads.submit(self._mark, parcel, seed)

    def _mark(self, parcel: Parcel, seed: int) -> Result:
        return combined(
            {b: pool.submit(parcel, seed).result() for b, pool in self.pools.items()}
        )

    def __enter__(self) -> "Everywhere":
        return self

    def __exit__(self, *details: Any) -> None:
        with ExitStack() as stack:
            for pool in self.pools.values():
                stack.push(pool)
        self.threads.shutdown(wait=False, cancel_futures=True)


def combined(results: dict[str, Result]) -> Result:
    """The best of a hand-in's results by backend, with what differs on the others."""
    best = max(results.values(), key=lambda r: (r.status == "marked", r.earned))
    if best.status != "marked":
        return best
    problems = {
        name: _told(name, problem, results) for name, problem in best.problems.items()
    }
    events = list(best.events)
    for backend, result in results.items():
        if result.status != "marked":
            events.append(f"Not marked on {backend}: {result.reason}")
    seconds = round(sum(result.seconds for result in results.values()), 2)
    computing = round(sum(result.computing for result in results.values()), 2)
    return replace(
        best, problems=problems, events=events, seconds=seconds, computing=computing
    )


def _told(
    name: str, problem: ProblemResult, results: dict[str, Result]
) -> ProblemResult:
    """The problem with a sentence for each backend on which it earned less."""
    there = {b: r.problems[name] for b, r in results.items() if name in r.problems}
    less = {b: p for b, p in there.items() if p.earned < problem.earned}
    good = " and ".join(b for b in there if b not in less)
    marks = list(problem.marks)
    for backend, other in less.items():
        known = {mark.check: mark.share for mark in problem.marks}
        why = next(m.sentence for m in other.marks if m.share < known[m.check])
        sentence = (
            f"It works on {good}, on {backend} it does not (no points lost): {why}"
        )
        marks.append(Mark(f"{name}/on-{backend}", 0.0, 1.0, sentence))
    return replace(problem, marks=marks)
