"""Calls of the Linux kernel that Python has no name for."""

import ctypes
import os
import signal
import struct
import sys
from collections.abc import Collection

libc = ctypes.CDLL(None, use_errno=True)
MACHINES = ("x86_64", "aarch64")
PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_CAPBSET_DROP = 1, 4, 24
PR_SET_CHILD_SUBREAPER, PR_SET_NO_NEW_PRIVS = 36, 38
CAPABILITY_VERSION = 0x20080522
CAP_SYS_PTRACE = 19  # reads how much memory a process shares with which others
KCMP_VM = 1


def number(*numbers: int) -> int:
    """The number of a system call on this machine, of those on `MACHINES`."""
    return numbers[MACHINES.index(os.uname().machine)]


def syscall(which: int, *arguments: ctypes._SimpleCData | bytes | None) -> int:
    """The system call's result. Raises OSError where it fails."""
    result = libc.syscall(ctypes.c_long(which), *arguments)
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result


def check(result: int, what: str) -> None:
    if result:
        error = ctypes.get_errno()
        raise OSError(error, f"{what}: {os.strerror(error)}")


def prctl(option: int, value: int) -> int:
    return libc.prctl(*(ctypes.c_ulong(item) for item in (option, value, 0, 0, 0)))


def die_with_parent(sent: int = signal.SIGKILL) -> None:
    """Has the kernel send this process a signal when its parent ends."""
    if sys.platform == "linux":
        prctl(PR_SET_PDEATHSIG, sent)


def adopt_orphans() -> None:
    """Makes this process the parent of descendants whose own parent has ended."""
    prctl(PR_SET_CHILD_SUBREAPER, 1)


def hide() -> None:
    """Closes this process's folder in /proc to others of the same user."""
    prctl(PR_SET_DUMPABLE, 0)


def give_up(user: int | None = None, kept: Collection[int] = ()) -> None:
    """Becomes `user` and gives up all capabilities but `kept`, for good.

    A program that is executed gets none back either.
    """
    for capability in range(64):
        if capability not in kept and prctl(PR_CAPBSET_DROP, capability):
            break  # past the last one, or none to give up
    if user is not None:
        os.setgroups([])
        os.setresgid(user, user, user)
        os.setresuid(user, user, user)
    bits = sum(1 << capability for capability in kept)
    header = ctypes.create_string_buffer(struct.pack("Ii", CAPABILITY_VERSION, 0), 8)
    sets = ctypes.create_string_buffer(struct.pack("6I", bits, bits, 0, 0, 0, 0), 24)
    check(libc.capset(header, sets), "capset")
    prctl(PR_SET_NO_NEW_PRIVS, 1)


def same_memory(one: int, other: int) -> bool:
    """Whether two processes share all of their memory, as after vfork."""
    numbers = (ctypes.c_long(item) for item in (one, other, KCMP_VM, 0, 0))
    try:
        return syscall(number(312, 272), *numbers) == 0
    except OSError:
        return False
