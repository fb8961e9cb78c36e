"""Runs a student's cells in boxes; a box that dies costs one cell, not the rest."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from autograder.box.client import Box, BoxDied, Boxes
from autograder.limits import Limits


class Session:
    """One submission's process, and its replacements.

    When a cell or a check ends the process, a fresh one runs the earlier cells again,
    without the cell that ended it, and the marking goes on from there.

    Attributes:
        events: what a grader should know of how the run went.
        computing: seconds that cells and probes took.
    """

    def __init__(self, boxes: Boxes, limits: Limits) -> None:
        self.boxes, self.limits = boxes, limits
        self.deadline = time.monotonic() + limits.submission_seconds
        self.events: list[str] = []
        self.computing = 0.0
        self.done: list[str] = []
        self.restarts = 0
        self.over = ""
        self.box: Box | None = None

    def run(self, source: str) -> list[dict[str, Any]]:
        """Runs a cell; its outputs in notebook form (untrusted)."""
        if self._unusable():
            return [_error("NotRun", self.over)]
        try:
            box = self._current()
            with self._timed():
                reply = box.run_cell(source, self._seconds(self.limits.cell_seconds))
        except BoxDied as death:
            self.events.append(f"A cell {death}: {_first_line(source)}")
            self._lose_box()
            return [_error("Died", f"this cell {death}")]
        outputs, ended = reply.get("outputs"), reply.get("ended")
        if isinstance(ended, str) and ended == "time":
            self.events.append(f"A cell took too long: {_first_line(source)}")
        else:
            self.done.append(source)
        return outputs if isinstance(outputs, list) else []

    def ask(
        self,
        source: str,
        inputs: dict[str, Any],
        seconds: float | None,
        forbids: Sequence[str] = (),
    ) -> dict[str, Any]:
        """The answer of a probe, or an error in its place."""
        if self._unusable():
            return {"error": {"type": "NotRun", "message": self.over}}
        limit = self._seconds(seconds or self.limits.check_seconds)
        try:
            box = self._current()
            with self._timed():
                return box.probe(source, inputs, limit, forbids)
        except BoxDied as death:
            self.events.append(f"A check's call {death}.")
            self._lose_box()
            return {"error": {"type": "Died", "message": str(death)}}

    @contextmanager
    def _timed(self) -> Iterator[None]:
        started = time.monotonic()
        try:
            yield
        finally:
            self.computing += time.monotonic() - started

    def close(self) -> None:
        if self.box is not None:
            self.box.close()
            self.box = None

    def _current(self) -> Box:
        """The box, made anew with the cells so far where the last one was lost.

        A cell that ends the process only now, when it is run again, is left out from
        then on. Raises BoxDied when no box is to be had for this submission any more.
        """
        while self.box is None and not self._unusable():
            self.box = self.boxes.box(self.limits)
            for source in list(self.done):
                if self._unusable():
                    break
                try:
                    self.box.run_cell(source, self._seconds(self.limits.cell_seconds))
                except BoxDied as death:
                    self.events.append(f"Run again, a cell {death}.")
                    self.done.remove(source)
                    self._lose_box()
                    break
        if self.box is None or self.over:
            raise BoxDied(f"could not be run again: {self.over}")
        return self.box

    def _lose_box(self) -> None:
        self.close()
        self.restarts += 1
        if self.restarts > self.limits.restarts:
            self.over = f"the process ended {self.restarts} times"

    def _unusable(self) -> bool:
        if not self.over and time.monotonic() > self.deadline:
            self.over = (
                f"the {self.limits.submission_seconds:g} s for the whole notebook "
                f"were used up"
            )
            self.events.append(f"Stopped: {self.over}.")
            self.close()
        return bool(self.over)

    def _seconds(self, most: float) -> float:
        return max(1.0, min(most, self.deadline - time.monotonic()))


def _error(kind: str, message: str) -> dict[str, Any]:
    return {
        "output_type": "error",
        "ename": kind,
        "evalue": message,
        "traceback": [f"{kind}: {message}"],
    }


def _first_line(source: str) -> str:
    lines = [line.strip() for line in source.splitlines() if line.strip()]
    return repr((lines or [""])[0][:60])
