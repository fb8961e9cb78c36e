"""Shuts the calling process in, as well as was asked for. See docs/security.md."""

import os
import signal
import sys
import tempfile
from typing import Any

from autograder.box import (
    deaths,
    jail,
    keeper,
    kernel,
    landlock,
    processes,
    rlimits,
    seccomp,
)
from autograder.box.cgroup import Group
from autograder.box.isolation import everyone_can_read
from autograder.box.keeper import MOST_FILES
from autograder.box.scratch import Scratch
from autograder.box.watchdog import Watchdog

HOMES = ("HOME", "TMPDIR", "KERAS_HOME", "MPLCONFIGDIR")
SHARED_GROUP = 1.1  # times the memory: the watchdog is to be first, it says why


def confine(settings: dict[str, Any], kept: int) -> None:
    """Returns in the innermost process only, in the folder that it may write.

    Args:
        settings: the limits of a submission, and `isolation`, `root` (an empty folder
            to build on), `user` (who to be inside, where the caller is root),
            `visible` and `writable` (paths).
        kept: the file descriptor that stays open.

    Raises:
        OSError: this machine cannot do so. The process is to be ended then.
    """
    kernel.die_with_parent(signal.SIGTERM)
    os.setsid()
    enter = {"full": _full, "landlock": _landlock, "none": _none}[settings["isolation"]]
    home = enter(settings, kept)
    os.environ.update(dict.fromkeys(HOMES, home))
    tempfile.tempdir = None  # chosen before
    os.chdir(home)


def _full(settings: dict[str, Any], kept: int) -> str:
    """Own namespaces: nothing else of the machine is there at all."""
    user = settings["user"] if os.geteuid() == 0 else None
    group = _group(settings)
    jail.unshare()
    keeper.fork_watcher(group, signal.SIGKILL)
    # From here on: pid 1 of the new namespace. When it ends, all inside it ends.
    names = ("root", "visible", "writable", "disk_mb")
    jail.build(jail.Jail(*(settings[name] for name in names)), user)
    keeper.fork_student(Watchdog(settings, processes.all_but_this, jail.stored))
    _settle(settings, kept, group)
    kernel.give_up(user)
    kernel.die_with_parent()  # changing the user cleared it
    seccomp.install(alone=False)
    return jail.SCRATCH[0]


def _landlock(settings: dict[str, Any], kept: int) -> str:
    """The machine's own files, network and processes, all but a few taken away."""
    own_user = os.geteuid() == 0 and everyone_can_read(settings["visible"])
    user = settings["user"] if own_user else None
    scopes = landlock.version() >= landlock.SCOPES
    group = _group(settings)
    scratch = Scratch(settings["root"], user)
    _fork_beside(settings, group, scratch, scopes)
    _settle(settings, kept, group, 0 if own_user else processes.threads_of(os.getuid()))
    rules = landlock.ruleset(settings["visible"], [scratch.path, *settings["writable"]])
    kernel.give_up(user)
    kernel.die_with_parent()
    landlock.restrict(rules)
    seccomp.install(alone=True, signals=scopes or own_user)
    return scratch.path


def _none(settings: dict[str, Any], kept: int) -> str:
    """Limits alone."""
    scratch = Scratch(settings["root"], None)
    if sys.platform != "linux":
        _settle(settings, kept, None, None)
        return scratch.path
    group = _group(settings)
    _fork_beside(settings, group, scratch, alone=False)
    _settle(settings, kept, group, processes.threads_of(os.getuid()))
    return scratch.path


def _group(settings: dict[str, Any]) -> Group | None:
    inherited = processes.held_by_this() // 1024
    return Group.made(int(SHARED_GROUP * settings["memory_mb"]) + inherited)


def _fork_beside(
    settings: dict[str, Any], group: Group | None, scratch: Scratch, alone: bool
) -> None:
    """Forks watcher and student without namespaces of their own.

    Args:
        alone: whether to keep them from sending signals to others.
    """
    keeper.fork_watcher(group, signal.SIGTERM)
    kernel.adopt_orphans()
    if alone:
        landlock.forbid_signals()

    def disk() -> int:
        return deaths.DISK if scratch.over(settings["disk_mb"]) else 0

    def sweep() -> None:
        keeper.sweep_all(alone)
        scratch.remove()

    keeper.fork_student(
        Watchdog(settings, processes.descendants, lambda: 0, disk), sweep
    )


def _settle(
    settings: dict[str, Any], kept: int, group: Group | None, others: int | None = 0
) -> None:
    """What every student's process is given, before rights are taken away.

    Args:
        others: threads that the same user has already, outside the box.
    """
    if group:
        group.join()
    null = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(null, standard)
    os.closerange(3, kept)
    os.closerange(kept + 1, MOST_FILES)
    rlimits.apply(settings, others)
