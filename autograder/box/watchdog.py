"""Looks after a box: what all of its processes use together, and when it ends."""

import os
import resource
import signal
import time
from collections.abc import Callable
from typing import Any

from autograder.box import deaths, processes
from autograder.box.processes import Use

SECONDS = 0.05  # between two looks
SHARE = 0.1  # of a processor that looking may take
SLOW_SECONDS = 0.5  # between two looks at what changes slowly; never less often
MOST_COPIES = 4  # times the memory, if processes stopped sharing any of theirs
WOKEN = {signal.SIGCHLD, signal.SIGTERM}


class Watchdog:
    """The limits that no single process's own limits can keep.

    Args:
        settings: the limits of the submission.
        listed: gives the ids of the box's processes.
        stored: gives the megabytes that lie in files and fill memory.
        slow: gives the code of a limit that takes time to look at, or 0.
    """

    def __init__(
        self,
        settings: dict[str, Any],
        listed: Callable[[], list[int]],
        stored: Callable[[], float],
        slow: Callable[[], int] = lambda: 0,
    ) -> None:
        self.settings, self.listed = settings, listed
        self.stored, self.slow = stored, slow
        self.inherited = processes.held_by_this()  # the warm parent's
        self.next = self.next_slow = 0.0

    def passed(self) -> int:
        """The code of a limit that is passed, or 0; looks only now and then."""
        now, spent = time.monotonic(), time.process_time()
        if now < self.next:
            return 0
        code = self._look()
        if not code and now >= self.next_slow:
            code = self._computing() or self.slow()
            self.next_slow = now + SLOW_SECONDS
        took = time.process_time() - spent
        self.next = now + min(max(SECONDS, took / SHARE), SLOW_SECONDS)
        return code

    def _look(self) -> int:
        listed = self.listed()
        uses = [found for pid in listed if (found := processes.use(pid))]
        ended = len(listed) - len(uses)  # and nobody has waited for them
        if sum(one.threads for one in uses) + ended > self.settings["processes"]:
            return deaths.PROCESSES
        return self._memory(uses)

    def _memory(self, uses: list[Use]) -> int:
        """Counts what is shared several times; counts exactly if that is too much."""
        most = self.settings["memory_mb"] * 1024 + self.inherited
        files = int(self.stored() * 1024)
        held = sum(one.kilobytes for one in uses)
        if held + files <= most:
            return 0
        if held > MOST_COPIES * most:  # more than could be watched growing
            return deaths.COPIES
        exact = processes.own_kilobytes(uses)
        return deaths.MEMORY if exact is None or exact + files > most else 0

    def _computing(self) -> int:
        ended = resource.getrusage(resource.RUSAGE_CHILDREN)
        seconds = ended.ru_utime + ended.ru_stime
        seconds += sum(map(processes.computing_seconds, self.listed()))
        return deaths.CPU if seconds > self.settings["cpu_seconds"] else 0


def block_signals() -> None:
    """Keeps the signals that `watch` waits for until it asks for them."""
    signal.pthread_sigmask(signal.SIG_BLOCK, WOKEN)


def unblock_signals() -> None:
    signal.pthread_sigmask(signal.SIG_UNBLOCK, WOKEN)


def watch(child: int, dog: Watchdog | None = None) -> int:
    """Waits until `child` ends, SIGTERM comes or a limit is passed; the code for it.

    Call `block_signals` before the child is forked: nothing is missed then.
    """
    while True:
        status = reaped(child)
        if status is not None:
            return deaths.of(status)
        if dog and (code := dog.passed()):
            return code
        if dog:
            woken = signal.sigtimedwait(WOKEN, SECONDS)
        else:
            woken = signal.sigwaitinfo(WOKEN)
        if woken and woken.si_signo == signal.SIGTERM:
            return deaths.ENDED


def reaped(child: int) -> int | None:
    """Takes leave of all that have ended; the wait status of `child` if it has."""
    found = None
    while True:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return found
        if pid == 0:
            return found
        if pid == child:
            found = status
