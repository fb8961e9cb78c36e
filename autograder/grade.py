"""Marks a class: hands submissions to boxes, stores and records what comes back."""

import fcntl
import hashlib
import json
import os
import queue
import secrets
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from autograder.assignment import Assignment
from autograder.box import isolation
from autograder.box.client import BoxError, Parent
from autograder.compiled import cache, versions
from autograder.course import Course, CourseError, write_durably
from autograder.record import Recorder
from autograder.restore import Unreadable, check_size
from autograder.submission import Result, mark_submission

MACHINE = "This machine could not run it"
Progress = Callable[[str, Result], None]


class Pool:
    """Some warm parents for an assignment; each marks one submission at a time."""

    def __init__(
        self,
        assignment: Assignment,
        release: NotebookNode,
        backend: str,
        isolated: str,
        jobs: int,
    ) -> None:
        self.assignment, self.release = assignment, release
        kept = cache(backend, isolated, assignment, release)
        self.parents = [
            Parent(backend, isolated, kept, slot=slot) for slot in range(jobs)
        ]
        self.free: queue.SimpleQueue[Parent] = queue.SimpleQueue()
        for parent in self.parents:
            self.free.put(parent)
        self.threads = ThreadPoolExecutor(jobs)
        self.stopped = threading.Event()

    def submit(self, data: bytes, seed: int) -> "Future[Result]":
        """Has a hand-in's bytes marked."""
        return self.threads.submit(self._mark, data, seed)

    def _mark(self, data: bytes, seed: int) -> Result:
        """Marks with a free parent; twice where the fault is this machine's."""
        parent = self.free.get()
        try:
            for attempt in (1, 2):
                if self.stopped.is_set():
                    break
                try:
                    parent.warm()
                    return mark_submission(
                        parent, data, self.assignment, self.release, seed
                    )
                except BoxError as error:
                    parent.close()
                    if attempt == 2:
                        return Result("failed", reason=f"{MACHINE}: {error}")
                except Exception as error:  # a fault of ours or of the checks
                    return Result("failed", reason=f"Marking it failed: {error!r}")
            return Result("failed", reason=f"{MACHINE}: stopped")
        finally:
            self.free.put(parent)

    def __enter__(self) -> "Pool":
        return self

    def __exit__(self, *_: Any) -> None:
        self.stopped.set()
        self.threads.shutdown(wait=False, cancel_futures=True)
        for parent in self.parents:
            parent.retire()


class Batch:
    """One assignment's hand-ins, marked on one backend.

    Results are stored before they are reported. A submission is marked again only
    when it, the assignment or the versions have changed.
    """

    def __init__(
        self, course: Course, assignment: str, backend: str, force: bool = False
    ) -> None:
        self.course, self.backend, self.force = course, backend, force
        self.assignment = course.assignment(assignment)
        self.release = course.release(assignment)
        self.recorder = Recorder(course, assignment)
        self.folder = course.work_of(assignment)
        self.problems = self.assignment.problems  # read before anything starts
        isolation.check_private([course.root])

    def run(
        self, students: list[str], jobs: int, isolated: str, progress: Progress
    ) -> dict[str, Result]:
        """Marks `students`; the results of all, those that stood already too."""
        with _only_one(self.folder):
            seed = self._seed()
            results, waiting = {}, []
            for student in students:
                stored = self._stored(student)
                if stored is None:
                    waiting.append(student)
                else:
                    recorded, result = stored
                    if not recorded:
                        result = self._record(student, result)
                    results[student] = result
                    progress(student, result)
            for student, result in self._mark_all(waiting, seed, jobs, isolated):
                results[student] = result
                progress(student, result)
            self._close_seed(seed)
        return results

    def _mark_all(
        self, students: list[str], seed: int, jobs: int, isolated: str
    ) -> Iterator[tuple[str, Result]]:
        if not students:
            return
        jobs = min(jobs, len(students))
        with Pool(self.assignment, self.release, self.backend, isolated, jobs) as pool:
            futures = {}
            for student in students:
                path = self._notebook(student)
                if isinstance(path, Result):
                    yield student, self._finish(student, path)
                    continue
                futures[pool.submit(path.read_bytes(), seed)] = student
            for future in as_completed(futures):
                student = futures[future]
                yield student, self._finish(student, future.result())

    def _finish(self, student: str, result: Result) -> Result:
        """Stores a result, then records it."""
        self._store(student, result, recorded=False)
        return self._record(student, result)

    def _record(self, student: str, result: Result) -> Result:
        """The result as it stands in the gradebook, or that it does not."""
        try:
            self.recorder.record(student, result)
        except Exception as error:  # one hand-in never stops the others
            return Result("failed", reason=f"Marked, but not recorded: {error}")
        self._store(student, result, recorded=True)
        return result

    def _notebook(self, student: str) -> Path | Result:
        """The hand-in's file, or why there is none."""
        folder = self.course.submitted(student, self.assignment.name)
        path = folder / f"{self.assignment.name}.ipynb"
        if path.is_file() and not path.is_symlink():
            try:
                check_size(path.stat().st_size)
            except Unreadable as problem:
                return Result("failed", reason=str(problem))
            return path
        found = ", ".join(sorted(p.name for p in folder.iterdir())) or "nothing"
        return Result(
            "failed",
            reason=f"The hand-in has no file {path.name}; it has: {found}.",
        )

    def _key(self, student: str) -> str:
        """Changes with all that a mark depends on."""
        digest = hashlib.sha256()
        for part in (self.assignment.version, self.backend, *versions()):
            digest.update(part.encode() + b"\0")
        folder = self.course.submitted(student, self.assignment.name)
        for name in (f"{self.assignment.name}.ipynb", "timestamp.txt"):
            if (folder / name).is_file():
                with open(folder / name, "rb") as file:
                    digest.update(hashlib.file_digest(file, "sha256").digest())
        return digest.hexdigest()

    def _result_path(self, student: str) -> Path:
        return self.folder / "results" / f"{student}.json"

    def _store(self, student: str, result: Result, recorded: bool) -> None:
        # What was this machine's fault is shown, and tried again by the next run.
        again = result.reason.startswith(MACHINE)
        data = {
            "key": "" if again else self._key(student),
            "backend": self.backend,
            "recorded": recorded,
            "result": result.to_json(),
        }
        write_durably(self._result_path(student), data)

    def _stored(self, student: str) -> tuple[bool, Result] | None:
        """Whether it is recorded, and the result that still holds; None if none."""
        path = self._result_path(student)
        if self.force or not path.is_file():
            return None
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
            if data["key"] != self._key(student):
                return None
            return data["recorded"], Result.from_json(data["result"])
        except (ValueError, KeyError, TypeError):  # damaged: it is marked again
            return None

    def _seed(self) -> int:
        """The secret seed of this run; that of a run which was stopped, continued."""
        path = self.folder / "seed.json"
        if path.is_file():
            run = json.loads(path.read_text(encoding="utf-8"))
            if not run["complete"]:
                return run["seed"]
        chosen = os.environ.get("AUTOGRADER_SEED") or str(secrets.randbits(63))
        if not chosen.isdecimal():
            raise CourseError(
                f"AUTOGRADER_SEED is a whole number, 0 or more. Received: {chosen!r}"
            )
        seed = int(chosen)
        write_durably(path, {"seed": seed, "complete": False})
        return seed

    def _close_seed(self, seed: int) -> None:
        write_durably(self.folder / "seed.json", {"seed": seed, "complete": True})


def load_results(course: Course, assignment: str) -> dict[str, Result]:
    """The stored results of an assignment by student."""
    results = {}
    for path in sorted((course.work_of(assignment) / "results").glob("*.json")):
        student = path.name.removesuffix(".json")
        if not course.submitted(student, assignment).is_dir():
            continue  # withdrawn
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
            results[student] = Result.from_json(data["result"])
        except (ValueError, KeyError, TypeError):
            reason = "The stored result is damaged; run `autograder grade` again."
            results[student] = Result("failed", reason=reason)
    return results


@contextmanager
def _only_one(folder: Path) -> Iterator[None]:
    """Keeps a second run out of an assignment that is being marked."""
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "lock", "w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise CourseError(
                f"{folder.name} is being marked by another `autograder grade`. Wait "
                f"for it to end, or stop it."
            ) from None
        yield
