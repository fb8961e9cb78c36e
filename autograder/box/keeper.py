"""The processes around a student's: one outside, and one that watches.

    warm parent -> outside -> watcher -> student -> what the student's code starts

Whoever started the outside process may end it at any time, best with SIGTERM: it
passes that on, and ends with a code of `deaths`. When it is gone, for whatever reason,
the kernel tells the watcher, and with the watcher everything else ends.
"""

import os
import signal
import time
from collections.abc import Callable, Collection

from autograder.box import deaths, kernel, processes, watchdog
from autograder.box.cgroup import Group
from autograder.box.watchdog import Watchdog

END_SECONDS = 10
ENDING_SECONDS = 1
SWEEP_SECONDS = 5
MOST_FILES = 1 << 16


def fork_watcher(group: Group | None, ending: signal.Signals) -> None:
    """Forks; the outside process stays behind, the watcher returns.

    Args:
        ending: the signal on which the watcher ends.
    """
    watchdog.block_signals()
    child = os.fork()
    if child == 0:
        watchdog.unblock_signals()
        kernel.die_with_parent(ending)
        return
    kernel.hide()
    _close_all_but(group.opened if group else ())
    _stay_outside(child, group, ending)


def fork_student(dog: Watchdog, sweep: Callable[[], None] | None = None) -> None:
    """Forks; the watcher stays behind, the student's process returns.

    Args:
        sweep: ends what the student's code left running, where the kernel does not.
    """
    watchdog.block_signals()
    child = os.fork()
    if child == 0:
        watchdog.unblock_signals()
        kernel.die_with_parent()
        with open("/proc/self/oom_score_adj", "w") as file:
            file.write("1000")  # where memory runs out, this goes first
        return
    code = deaths.FAILED
    try:
        kernel.hide()
        _close_all_but(())
        if sweep is None:
            kernel.give_up(kept={kernel.CAP_SYS_PTRACE})
        code = watchdog.watch(child, dog)
        if sweep:
            sweep()
    finally:
        os._exit(code)


def sweep_all(alone: bool) -> None:
    """Ends every process that this one or its descendants have started.

    Args:
        alone: the kernel lets this process signal these alone: see `landlock`.
    """
    deadline = time.monotonic() + SWEEP_SECONDS
    while time.monotonic() < deadline:
        for pid in [-1] if alone else processes.descendants():
            try:
                os.kill(pid, signal.SIGKILL)
            except OSError:
                pass  # gone
        try:
            os.waitpid(-1, 0 if alone else os.WNOHANG)
        except ChildProcessError:
            return


def end(outside: int, ending: bool = False) -> int:
    """Ends a box by its outside process; why it ended, as a code of `deaths`.

    Args:
        ending: whether it is about to end of itself: its channel was closed.
    """
    try:
        status = _waited(outside, ENDING_SECONDS) if ending else None
        for number in (signal.SIGTERM, signal.SIGKILL):
            if status is None:
                os.kill(outside, number)
                status = _waited(outside, END_SECONDS)
    except (ProcessLookupError, ChildProcessError):
        return deaths.ENDED
    return deaths.ENDED if status is None else _exit_code(status)


def _waited(child: int, seconds: float) -> int | None:
    """The child's wait status; None where it did not end in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        pid, status = os.waitpid(child, os.WNOHANG)
        if pid:
            return status
        time.sleep(0.001)
    return None


def _stay_outside(child: int, group: Group | None, ending: signal.Signals) -> None:
    """Waits for the watcher or for SIGTERM; never returns."""
    code = deaths.ENDED
    try:
        while (status := watchdog.reaped(child)) is None:
            woken = signal.sigwaitinfo(watchdog.WOKEN)
            if woken.si_signo == signal.SIGTERM:
                os.kill(child, ending)
        code = _exit_code(status)
        if group and group.overfull():
            code = deaths.MEMORY
        if group:
            group.remove()
    finally:
        os._exit(code)


def _exit_code(status: int) -> int:
    return os.WEXITSTATUS(status) if os.WIFEXITED(status) else deaths.ENDED


def _close_all_but(kept: Collection[int]) -> None:
    """Above all the channel: when the student's process ends, it must close."""
    low = 0
    for descriptor in [*sorted(kept), MOST_FILES]:
        os.closerange(low, descriptor)
        low = descriptor + 1
