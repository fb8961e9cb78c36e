"""Marks submissions in several processes at a time, on this machine."""

import queue
import socket
import subprocess
import sys
import threading
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.assignment import Assignment
from autograder.box.client import BoxError
from autograder.box.isolation import forks_safely
from autograder.box.warm import Parent
from autograder.compiled import cache
from autograder.submission import Result
from autograder.workers import frames
from autograder.workers.parcel import Parcel

MACHINE = "This machine could not run it"
ATTEMPTS = 4  # where the fault is this machine's: a process that was killed
START_SECONDS = 120


@dataclass(frozen=True)
class Task:
    """What all submissions of a run have in common.

    Attributes:
        course: the course that the assignment is read from; None for `assignment`'s
            own folder.
        all_cells: run also the released cells that no mark depends on.
    """

    assignment: Assignment
    course: Path | None
    backend: str
    all_cells: bool = False


class Marker:
    """A marking process, and how to talk to it."""

    def __init__(self, task: Task, parent: Parent) -> None:
        self.task, self.parent = task, parent
        self.process: subprocess.Popen[bytes] | None = None

    def mark(self, parcel: Parcel, seed: int, problems: Sequence[str]) -> Result:
        """A hand-in's result, of some problems or of all.

        Raises:
            BoxError: the process, or its warm parent, did not live through it.
        """
        if self.process is None:
            self._start()
        limits = self.task.assignment.limits
        checks = sum(len(p.checks) for p in self.task.assignment.problems.values())
        seconds = 2 * limits.submission_seconds + checks * limits.mark_seconds
        try:
            head, body = parcel.to_frame()
            frames.write(
                self.channel, {"seed": seed, "problems": problems, **head}, body
            )
            reply, _ = frames.read(self.channel, seconds)
        except frames.Closed as error:
            self.close()
            raise BoxError(f"the marking process ended ({error})") from None
        if "machine" in reply:
            self.close()
            raise BoxError(reply["machine"])
        if "fault" in reply:
            return Result("failed", reason=f"Marking it failed: {reply['fault']}")
        return Result.from_json(reply["result"])

    def close(self) -> None:
        if self.process is None:
            return
        self.channel.close()
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process = None

    def _start(self) -> None:
        task, cold = self.task, not forks_safely()
        self._start_process()  # first: it imports while the parent does
        try:
            control, settings = (None, {}) if cold else self.parent.attach()
        except BoxError:
            self.close()
            raise
        setup = {
            "course": str(task.course) if task.course else "",
            "folder": str(getattr(task.assignment, "folder", "")),
            "name": task.assignment.name,
            "backend": task.backend,
            "isolation": self.parent.isolation,
            "all_cells": task.all_cells,
            "cold": cold,
            "settings": settings,
        }
        try:
            frames.write(self.channel, setup)
            if control:
                socket.send_fds(self.channel, [b"."], [control.fileno()])
            frames.read(self.channel, START_SECONDS)
        except (frames.Closed, OSError) as error:
            self.process.kill()
            self.close()
            raise BoxError(f"the marking process did not start ({error})") from None
        finally:
            if control:
                control.close()

    def _start_process(self) -> None:
        self.channel, theirs = socket.socketpair()
        program = [sys.executable, "-I", "-m", "autograder.workers.marker"]
        self.process = subprocess.Popen(
            [*program, str(theirs.fileno())],
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )
        theirs.close()


class Pool:
    """Some marking processes, and the warm parent that they share.

    Attributes:
        room: how many hand-ins to have waiting or being marked.
    """

    def __init__(self, task: Task, isolated: str, jobs: int) -> None:
        self.room = 2 * jobs
        start = (
            "warm start" if forks_safely() else "cold start: a fork is not safe here"
        )
        self.how = f"isolation: {isolated}; {start}"
        kept = cache(task.backend, isolated, task.assignment)
        self.parent = Parent(task.backend, isolated, kept)
        self.markers = [Marker(task, self.parent) for _ in range(jobs)]
        self.free: queue.SimpleQueue[Marker] = queue.SimpleQueue()
        for marker in self.markers:
            self.free.put(marker)
        self.threads = ThreadPoolExecutor(jobs)
        self.stopped = threading.Event()

    def submit(
        self, parcel: Parcel, seed: int, problems: Sequence[str] = ()
    ) -> "Future[Result]":
        """Has a hand-in marked; only some of its problems, if any are named."""
        return self.threads.submit(self._mark, parcel, seed, problems)

    def _mark(self, parcel: Parcel, seed: int, problems: Sequence[str]) -> Result:
        """Marks with a free process; again where the fault is this machine's."""
        marker = self.free.get()
        try:
            for _ in range(ATTEMPTS):
                try:
                    return marker.mark(parcel, seed, problems)
                except BoxError as error:
                    reason = str(error)
                if self.stopped.is_set():
                    break
            return Result("failed", reason=f"{MACHINE}: {reason}")
        finally:
            self.free.put(marker)

    def __enter__(self) -> "Pool":
        return self

    def __exit__(self, *_: Any) -> None:
        self.stopped.set()
        self.threads.shutdown(wait=False, cancel_futures=True)
        self.parent.retire()
        for marker in self.markers:
            process = marker.process
            if process is not None:
                process.kill()
