"""Marks a class: hands submissions to boxes, stores and records what comes back."""

import fcntl
import hashlib
import json
import os
import secrets
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from autograder.box import isolation
from autograder.compiled import versions
from autograder.course import Course, CourseError, write_durably
from autograder.gradebook.record import Recorder
from autograder.plain.assignment import PlainAssignment
from autograder.restore import Unreadable, check_size
from autograder.submission import Result
from autograder.workers.parcel import Parcel, gathered, packed
from autograder.workers.pool import MACHINE, Task

Progress = Callable[[str, Result], None]


class Workers(Protocol, AbstractContextManager):
    """What marks hand-ins: `room` of them are kept waiting or being marked.

    Attributes:
        how: how students' code is shut in, and how it is started, in words.
    """

    room: int
    how: str

    def submit(self, parcel: Parcel, seed: int) -> "Future[Result]": ...


class Batch:
    """One assignment's hand-ins, marked on one backend.

    Results are stored before they are reported. A submission is marked again only
    when it, the assignment or the versions have changed.
    """

    def __init__(
        self,
        course: Course,
        assignment: str,
        backend: str,
        force: bool = False,
        all_cells: bool = False,
    ) -> None:
        self.course, self.backend, self.force = course, backend, force
        self.all_cells = all_cells
        self.assignment = course.assignment(assignment)
        self.recorder = Recorder(course, assignment)
        self.folder = course.work_of(assignment)
        self.depends_on = (self.assignment.version, backend, *versions())
        self.assignment.validate()  # before anything starts
        isolation.check_private([course.root])

    def run(
        self,
        students: list[str],
        workers: Callable[[Task], Workers],
        progress: Progress,
    ) -> dict[str, Result]:
        """Marks `students`; the results of all, those that stood already too.

        Args:
            workers: makes, of what is to be marked, what marks it: `Pool`, `Cluster`.
            progress: is told of every student who is done.
        """
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
                    results[student] = replace(result, notebooks={})
                    progress(student, result)
            for student, result in self._mark_all(waiting, seed, workers):
                results[student] = replace(result, notebooks={})  # they take memory
                progress(student, result)
            self._close_seed(seed)
        return results

    def _mark_all(
        self, students: list[str], seed: int, workers: Callable[[Task], Workers]
    ) -> Iterator[tuple[str, Result]]:
        """Each student with the result, in the order in which they are done."""
        if not students:
            return
        task = Task(self.assignment, self.course.root, self.backend, self.all_cells)
        waiting, running = deque(students), {}
        with workers(task) as pool:
            write_durably(self.folder / "run.json", {"how": pool.how})
            while waiting or running:
                while waiting and len(running) < pool.room:
                    student = waiting.popleft()
                    parcel = self._handed_in(student)
                    if isinstance(parcel, Result):
                        yield student, self._finish(student, parcel)
                    else:
                        running[pool.submit(parcel, seed)] = student
                for future in wait(running, return_when=FIRST_COMPLETED).done:
                    student = running.pop(future)
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

    def _handed_in(self, student: str) -> Parcel | Result:
        """The hand-in as it is marked, or why there is none."""
        folder = self.course.submitted(student, self.assignment.name)
        path = folder / f"{self.assignment.name}.ipynb"
        try:
            if isinstance(self.assignment, PlainAssignment):
                return gathered(folder, self.assignment.ignore)
            if path.is_file() and not path.is_symlink():
                check_size(path.stat().st_size)
                return packed({path.name: path, **self._asked_files(folder)})
        except Unreadable as problem:
            return Result("failed", reason=str(problem))
        found = ", ".join(sorted(p.name for p in folder.iterdir())) or "nothing"
        return Result(
            "failed",
            reason=f"The hand-in has no file {path.name}; it has: {found}.",
        )

    def _asked_files(self, folder: Path) -> dict[str, Path]:
        """What lies beside the notebook of the files that checks read."""
        paths = (folder / name for name in self.assignment.asked_files)
        return {p.name: p for p in paths if p.is_file() and not p.is_symlink()}

    def _key(self, student: str) -> str:
        """Changes with all that a mark depends on."""
        digest = hashlib.sha256()
        for part in self.depends_on:
            digest.update(part.encode() + b"\0")
        folder = self.course.submitted(student, self.assignment.name)
        names = [f"{self.assignment.name}.ipynb", "timestamp.txt"]
        names += getattr(self.assignment, "asked_files", ())
        if isinstance(self.assignment, PlainAssignment):
            names = sorted(os.path.relpath(path, folder) for path in folder.rglob("*"))
        for name in names:
            digest.update(name.encode(errors="replace") + b"\0")
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
