"""What the processes of a box use, as the kernel tells it in /proc."""

import os
from collections.abc import Iterable
from dataclasses import dataclass

from autograder.box import kernel

TICKS = os.sysconf("SC_CLK_TCK")
# Held in memory, swapped out, in huge pages, and the tables that say where.
HELD = (b"RssAnon:", b"VmSwap:", b"HugetlbPages:", b"VmPTE:")
GONE = (FileNotFoundError, ProcessLookupError)
OWN = (b"Pss_Anon:", b"SwapPss:", b"Private_Hugetlb:")


@dataclass(frozen=True)
class Use:
    """What one process uses: memory of its own or shared with its parent.

    Attributes:
        thread: one of its threads that lives; the first may have ended.
    """

    thread: int
    kilobytes: int
    tables: int
    threads: int


def all_but_this() -> list[int]:
    """Every process of this pid namespace."""
    found = [int(name) for name in os.listdir("/proc") if name.isdecimal()]
    return [pid for pid in found if pid != os.getpid()]


def descendants() -> list[int]:
    """The processes that this one, or one that it started, has started."""
    children: dict[int, list[int]] = {}
    for pid in all_but_this():
        fields = _stat(pid)
        if fields:
            children.setdefault(int(fields[1]), []).append(pid)
    found, waiting = [], [os.getpid()]
    while waiting:
        for child in children.pop(waiting.pop(), []):
            found.append(child)
            waiting.append(child)
    return found


def use(pid: int) -> Use | None:
    """None for a process that is gone, or that nobody has waited for."""
    for thread in [pid, *_threads(pid)]:
        values = _values(f"/proc/{thread}/status")
        if b"RssAnon:" in values:
            held = sum(values.get(name, 0) for name in HELD)
            return Use(thread, held, values[b"VmPTE:"], values[b"Threads:"])
    return None


def held_by_this() -> int:
    """Kilobytes that this process holds."""
    own = use(os.getpid())
    return own.kilobytes if own else 0


def own_kilobytes(uses: Iterable[Use]) -> int | None:
    """All that these hold, what several share counted once; None if not to be told.

    Reads each page table: slow.
    """
    total = 0
    counted: list[Use] = []
    for one in uses:
        if any(_same(one, other) for other in counted):
            continue
        shares = _shares(one)
        if shares is None:
            return None
        counted.append(one)
        total += shares + one.tables
    return total


def computing_seconds(pid: int) -> float:
    """Of the process, and of those of its children that it has waited for."""
    fields = _stat(pid)
    return sum(int(ticks) for ticks in fields[11:15]) / TICKS


def threads_of(user: int) -> int:
    """How many threads a user has on this machine."""
    total = 0
    for pid in all_but_this():
        try:
            if os.stat(f"/proc/{pid}").st_uid == user:
                total += _values(f"/proc/{pid}/status").get(b"Threads:", 0)
        except GONE:
            pass
    return total


def _shares(one: Use) -> int | None:
    """The process's part of the memory that it holds; None if not to be told."""
    try:
        values = _values(f"/proc/{one.thread}/smaps_rollup")
    except PermissionError:
        return None
    return sum(values.get(name, 0) for name in OWN)


def _same(one: Use, other: Use) -> bool:
    alike = (one.kilobytes, one.tables) == (other.kilobytes, other.tables)
    return alike and kernel.same_memory(one.thread, other.thread)


def _threads(pid: int) -> list[int]:
    try:
        return [int(name) for name in os.listdir(f"/proc/{pid}/task")]
    except GONE:
        return []


def _values(path: str) -> dict[bytes, int]:
    """The numbers of a file of lines `Name: number`; none if the process is gone."""
    try:
        with open(path, "rb") as file:
            lines = [line.split() for line in file]
    except GONE:
        return {}
    return {
        words[0]: int(words[1])
        for words in lines
        if len(words) > 1 and words[1].isdigit()
    }


def _stat(pid: int) -> list[bytes]:
    """The fields of /proc/PID/stat from the state on; empty for one that is gone."""
    try:
        with open(f"/proc/{pid}/stat", "rb") as file:
            return file.read().rpartition(b")")[2].split()
    except GONE:
        return []
