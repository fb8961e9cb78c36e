"""A control group for a box, where this machine lets us make one.

It stops what the watchdog sees too late. Version 2 where the own group was delegated
(`systemd-run --user --scope -p Delegate=yes`, containers), version 1 as root.
man 7 cgroups.
"""

import os
import time
from pathlib import Path

PREFIX = "autograder-"
TRIES = 40
LEAF = f"{PREFIX}supervisors"
# Version: what limits memory, what limits swap, what counts the processes killed.
FILES = {
    1: ("memory.limit_in_bytes", "memory.memsw.limit_in_bytes", "memory.oom_control"),
    2: ("memory.max", "memory.swap.max", "memory.events"),
}


class Group:
    """One box's group. Works through open folders, since a jail hides their names.

    Attributes:
        opened: file descriptors that it needs.
    """

    def __init__(self, parent: str, version: int) -> None:
        self.version, self.name = version, f"{PREFIX}{os.getpid()}"
        os.makedirs(f"{parent}/{self.name}", exist_ok=True)
        self.parent = os.open(parent, os.O_DIRECTORY)
        self.folder = os.open(self.name, os.O_DIRECTORY, dir_fd=self.parent)
        self.opened = (self.parent, self.folder)

    @classmethod
    def made(cls, megabytes: int) -> "Group | None":
        """A new group that may hold so much memory; None if there is none to be had."""
        for version, parent in own_groups():
            try:
                _sweep(parent)
                group = cls(str(parent), version)
                group._limit(megabytes << 20)
                return group
            except OSError:
                continue
        return None

    def join(self) -> None:
        """Moves the calling process in; what it starts from then on follows."""
        self._write("cgroup.procs", "0")

    def overfull(self) -> bool:
        """Whether the kernel has killed a process for the memory of the group."""
        text = self._read(FILES[self.version][2])
        counts = dict(line.split() for line in text.splitlines())
        return int(counts.get("oom_kill", "0")) > 0

    def remove(self) -> None:
        """Where a process is still in it, a later box removes it."""
        for _ in range(TRIES):
            try:
                return os.rmdir(self.name, dir_fd=self.parent)
            except OSError:  # the kernel takes a moment to forget the last process
                time.sleep(0.005)

    def _limit(self, size: int) -> None:
        memory, swap, _ = FILES[self.version]
        self._write(memory, str(size))
        try:  # version 1 counts both together, version 2 swap alone
            self._write(swap, str(size) if self.version == 1 else "0")
        except OSError:
            pass  # this machine counts no swap

    def _write(self, name: str, text: str) -> None:
        file = os.open(name, os.O_WRONLY, dir_fd=self.folder)
        try:
            os.write(file, text.encode())
        finally:
            os.close(file)

    def _read(self, name: str) -> str:
        file = os.open(name, os.O_RDONLY, dir_fd=self.folder)
        with open(file, encoding="ascii") as opened:
            return opened.read()


def own_groups() -> list[tuple[int, Path]]:
    """Groups of this process that may have groups with a memory limit below them."""
    found = []
    for line in _lines("/proc/self/cgroup"):
        _, controllers, path = line.split(":", 2)
        version = 1 if controllers else 2
        mounted = _mounted(version)
        if mounted and (version == 2 or "memory" in controllers.split(",")):
            group = mounted / path.lstrip("/")
            found.append((version, group.parent if group.name == LEAF else group))
    return [(v, group) for v, group in found if v == 1 or _passes_on(group)]


def _passes_on(group: Path) -> bool:
    """Whether groups below this one of version 2 may have a memory limit."""
    try:
        if "memory" not in (group / "cgroup.controllers").read_text().split():
            return False
        passed = group / "cgroup.subtree_control"
        if "memory" in passed.read_text().split():
            return True
        # A group that passes limits on holds no process itself.
        leaf = group / LEAF
        leaf.mkdir(exist_ok=True)
        for pid in (group / "cgroup.procs").read_text().split():
            (leaf / "cgroup.procs").write_text(pid)
        passed.write_text("+memory")
        return True
    except OSError:
        return False


def _mounted(version: int) -> Path | None:
    """Where the groups of this version that limit memory are mounted."""
    for line in _lines("/proc/self/mountinfo"):
        place, _, rest = line.partition(" - ")
        kind, _, options = rest.split(" ", 2)
        if kind == "cgroup2" and version == 2:
            return Path(place.split()[4])
        if kind == "cgroup" and version == 1 and "memory" in options.split(","):
            return Path(place.split()[4])
    return None


def _sweep(parent: Path) -> None:
    """Removes what boxes left that were killed together with their outer process."""
    for left in parent.glob(f"{PREFIX}[0-9]*"):
        if not os.path.exists(f"/proc/{left.name.removeprefix(PREFIX)}"):
            try:
                left.rmdir()
            except OSError:
                pass


def _lines(path: str) -> list[str]:
    try:
        return Path(path).read_text().splitlines()
    except OSError:
        return []
