"""Marks submissions on the workers of a Dask cluster. Used like `pool.Pool`.

A submission is a Dask task. Every worker gets the assignment (as a small course
without students) and keeps a warm parent and marking processes of its own; results
come back to the one process that writes the gradebook. A Dask cluster trusts its
members: whoever can reach the scheduler can run code on it, so keep it in a private
network or use its TLS.
"""

import io
import shutil
import tempfile
import uuid
import zipfile
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import distributed

from autograder.assignment import Assignment
from autograder.box import isolation
from autograder.compiled import versions
from autograder.course import Course, CourseError
from autograder.submission import Result
from autograder.workers.parcel import Parcel
from autograder.workers.pool import ATTEMPTS, MACHINE, Pool, Task

CONNECT_SECONDS = 30


class Cluster:
    """The workers behind the scheduler at `address`.

    Raises:
        CourseError: no scheduler answers, a worker cannot mark (other versions, or no
            way to shut code in), or the assignment has no checks to send.
    """

    room = 1000  # Dask spreads them over the workers

    def __init__(self, task: Task, wanted: str, address: str) -> None:
        if not isinstance(task.assignment, Assignment) or task.course is None:
            raise CourseError(
                f"{task.assignment.name} has no checks of its own: the gradebook holds "
                f"its tests, and stays here. Mark it without --scheduler."
            )
        try:
            self.client = distributed.Client(address, timeout=CONNECT_SECONDS)
        except (OSError, ValueError) as error:
            raise CourseError(
                f"No Dask scheduler answers at {address} ({error}). Start one with "
                f"`dask scheduler`, and workers with `dask worker {address}`."
            ) from None
        self.how = f"isolation: {wanted} on each worker of {address}"
        self.marking = Marking(task, wanted)
        try:
            self.client.register_plugin(self.marking, name=self.marking.name)
        except Exception as error:
            self.client.close()
            raise CourseError(f"A worker cannot mark: {error}") from None

    def submit(self, parcel: Parcel, seed: int) -> "Future[Result]":
        """Has a hand-in marked by some worker."""
        future: Future[Result] = Future()
        self._try(future, parcel, seed, attempts=ATTEMPTS)
        return future

    def _try(
        self, future: "Future[Result]", parcel: Parcel, seed: int, attempts: int
    ) -> None:
        there = self.client.submit(_mark, self.marking.name, parcel, seed, pure=False)

        def done(there: distributed.Future) -> None:
            try:
                future.set_result(Result.from_json(there.result()))
            except Exception as error:  # workers that died, or a scheduler
                if attempts > 1 and self.client.status == "running":
                    self._try(future, parcel, seed, attempts - 1)
                else:
                    reason = f"{MACHINE}: {error!r}"
                    future.set_result(Result("failed", reason=reason))

        there.add_done_callback(done)

    def __enter__(self) -> "Cluster":
        return self

    def __exit__(self, *_: Any) -> None:
        try:
            self.client.unregister_worker_plugin(self.marking.name)
        finally:
            self.client.close()


class Marking(distributed.WorkerPlugin):
    """What a worker needs to mark: the assignment, a warm parent, marking processes."""

    def __init__(self, task: Task, wanted: str) -> None:
        self.name = f"marking-{uuid.uuid4()}"
        self.assignment = task.assignment.name
        self.course = _packed(task)
        self.settings = (task.backend, wanted, task.all_cells)
        self.versions = list(versions())

    def setup(self, worker: distributed.Worker) -> None:
        differing = set(versions()) ^ set(self.versions)
        if differing:
            raise RuntimeError(
                f"{worker.address} has other versions than the grader: "
                f"{', '.join(sorted(differing))}. Install the same ones."
            )
        backend, wanted, all_cells = self.settings
        self.folder = tempfile.mkdtemp(prefix="autograder-course-")
        with zipfile.ZipFile(io.BytesIO(self.course)) as archive:
            archive.extractall(self.folder)
        course = Course(Path(self.folder))
        assignment = course.assignment(self.assignment)
        task = Task(assignment, course.root, backend, all_cells)
        self.pool = Pool(task, isolation.chosen(wanted), worker.state.nthreads)

    def teardown(self, worker: distributed.Worker) -> None:
        self.pool.__exit__()
        shutil.rmtree(self.folder, ignore_errors=True)


def _mark(name: str, parcel: Parcel, seed: int) -> dict[str, Any]:
    """Runs on a worker: a hand-in's result as plain data."""
    marking = distributed.get_worker().plugins[name]
    return marking.pool.submit(parcel, seed).result().to_json()


def _packed(task: Task) -> bytes:
    """A course that holds the assignment and nothing else, as a zip."""
    course = Course(task.course)
    paths = [course.root / "nbgrader_config.py"]
    name = task.assignment.name
    paths += [course.root / "release" / name / f"{name}.ipynb", *task.assignment.files]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in paths:
            archive.write(path, path.resolve().relative_to(course.root))
    return buffer.getvalue()
