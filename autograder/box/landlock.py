"""Takes files and signals away from the calling process, without namespaces.

The kernel checks each access to a file against a list of folders: man 7 landlock.
"""

import ctypes
import os
import struct
from collections.abc import Sequence

from autograder.box import kernel

EXECUTE, WRITE, READ, LIST = 1, 2, 4, 8
TRUNCATE, DEVICES = 1 << 14, 1 << 15
MAKE_DEVICES = 1 << 6 | 1 << 11  # character and block devices
OF_FILES = EXECUTE | WRITE | READ | TRUNCATE | DEVICES  # the others are of folders
TCP = 3  # bind and connect
ABSTRACT_SOCKETS, SIGNALS = 1, 2
TRUNCATES, SCOPES = 3, 6  # versions of Landlock that can do so first
# Libraries ask the system how many processors and how much memory there are.
FACTS = (
    *("/proc/self", "/proc/cpuinfo", "/proc/meminfo", "/proc/stat"),
    *("/proc/filesystems", "/proc/sys/vm/overcommit_memory"),
    *("/sys/fs/cgroup/cpu.max", "/sys/fs/cgroup/cpu/cpu.cfs_quota_us"),
    *("/sys/fs/cgroup/cpu/cpu.cfs_period_us", "/sys/devices/system/cpu"),
)
DEVICE_FILES = {
    "/dev/null": READ | WRITE,
    "/dev/full": READ | WRITE,
    "/dev/random": READ,
    "/dev/urandom": READ,
}

_ZERO = ctypes.c_uint(0)  # no flags


def version() -> int:
    """Which version the kernel has; 0 for none."""
    arguments = (None, ctypes.c_size_t(0), ctypes.c_uint(1))
    try:
        return kernel.syscall(444, *arguments)
    except OSError:
        return 0


def forbid_signals() -> None:
    """From here on this process and what it starts can signal each other alone."""
    restrict(_ruleset(0, 0, ABSTRACT_SOCKETS | SIGNALS))
    try:
        os.kill(os.getppid(), 0)
    except PermissionError:
        return
    raise OSError("Landlock did not take the right to send signals")


def ruleset(visible: Sequence[str], writable: Sequence[str]) -> int:
    """Leaves `visible` to be read and executed, `writable` to be changed as well.

    Returns a file descriptor for `restrict`.
    """
    known = version()
    if known < TRUNCATES:
        raise OSError(f"Landlock {TRUNCATES} (Linux 6.2) is needed, there is {known}")
    everything = _accesses(known)
    rules = _ruleset(
        everything,
        TCP if known >= 4 else 0,
        ABSTRACT_SOCKETS | SIGNALS if known >= SCOPES else 0,
    )
    for path in [*visible, *FACTS]:
        _allow(rules, path, EXECUTE | READ | LIST)
    for path, access in DEVICE_FILES.items():
        _allow(rules, path, access)
    for path in writable:
        _allow(rules, path, everything & ~MAKE_DEVICES)
    return rules


def restrict(rules: int) -> None:
    """Binds this process and all that it will start to these rules, for good."""
    kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
    kernel.syscall(446, ctypes.c_int(rules), _ZERO)
    os.close(rules)


def _accesses(known: int) -> int:
    """All that this version of Landlock can take away."""
    return (1 << (16 if known >= 5 else 15)) - 1


def _ruleset(files: int, network: int, scopes: int) -> int:
    known = version()
    attributes = struct.pack("QQQ", files, network, scopes)
    attributes = attributes[: 24 if known >= SCOPES else 16 if known >= 4 else 8]
    size = ctypes.c_size_t(len(attributes))
    return kernel.syscall(444, attributes, size, ctypes.c_uint(0))


def _allow(rules: int, path: str, access: int) -> None:
    try:
        opened = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    access &= _accesses(version())
    if not os.path.isdir(path):
        access &= OF_FILES
    rule = ctypes.create_string_buffer(struct.pack("=Qi", access, opened), 12)
    try:
        kernel.syscall(445, ctypes.c_int(rules), ctypes.c_int(1), rule, _ZERO)
    finally:
        os.close(opened)
