"""A filter of system calls: what no notebook needs and attacks on a kernel do.

Written as a program for the kernel's packet filter: man 2 seccomp, man 2 bpf.
"""

import ctypes
import errno
import os
import struct

from autograder.box import kernel
from autograder.box.syscalls import ALONE, DENIED, NEWEST, OF_ITSELF, SIGNALS

ALLOW, KILL, ERROR = 0x7FFF0000, 0x80000000, 0x50000
# Operations: load a word of the call; compare it with a number; and; return.
LOAD, EQUAL, GREATER, BITS, AND, RETURN = 0x20, 0x15, 0x25, 0x45, 0x54, 0x06
NUMBER, MACHINE, ARGUMENTS = 0, 4, 16  # where the call's data lie
MACHINES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
OTHER_ABI = 0x40000000  # x86-64 has a second set of numbers from here on
NEW_NAMESPACES = 0x7E020000
SHARED, SHARED_CHECKED, ANONYMOUS, MAP_TYPE = 1, 3, 0x20, 0xF
AF_UNIX, AF_INET, AF_INET6 = 1, 2, 10
SECCOMP_SET_MODE_FILTER = 1


def install(alone: bool, signals: bool = True) -> None:
    """Filters the calls of this process and of all that it will start.

    Args:
        alone: the process shares files, users and network with the machine: then it
            gets no socket, and what it wants to change of files' owners, modes and
            times is passed over.
        signals: whether it may send any.
    """
    program = _program(alone, signals)
    code = ctypes.create_string_buffer(program, len(program))
    header = struct.pack("HxxxxxxQ", len(program) // 8, ctypes.addressof(code))
    kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
    arguments = (ctypes.c_uint(SECCOMP_SET_MODE_FILTER), ctypes.c_uint(0))
    kernel.syscall(
        kernel.number(317, 277),
        *arguments,
        ctypes.create_string_buffer(header, len(header)),
    )


def _program(alone: bool, signals: bool) -> bytes:
    column = kernel.MACHINES.index(os.uname().machine)
    code = [
        _step(LOAD, MACHINE),
        _step(EQUAL, MACHINES[os.uname().machine], 1, 0),
        _step(RETURN, KILL),
        _step(LOAD, NUMBER),
        _step(GREATER, OTHER_ABI - 1, 0, 1),
        _step(RETURN, KILL),
        _step(GREATER, NEWEST, 0, 1),
        _step(RETURN, ERROR | errno.ENOSYS),
    ]
    denied = {**DENIED, **(ALONE if alone else {}), **({} if signals else SIGNALS)}
    for numbers, error in denied.values():
        if numbers[column] is not None:
            code += [_step(EQUAL, numbers[column], 0, 1), _step(RETURN, ERROR | error)]
    families = () if alone else (AF_UNIX, AF_INET, AF_INET6)
    code += _clone() + _sockets(families) + _shared_memory() + _of_itself()
    if not signals:
        code += _owners_of_files()
    return b"".join([*code, _step(RETURN, ALLOW)])


def _clone() -> list[bytes]:
    """New namespaces are refused; other processes and threads are not."""
    refused = [_step(BITS, NEW_NAMESPACES, 0, 1), _step(RETURN, ERROR | errno.EPERM)]
    return _if_called((56, 220), 0, refused)


def _sockets(families: tuple[int, ...]) -> list[bytes]:
    body = []
    for family in families:
        body += [_step(EQUAL, family, 0, 1), _step(RETURN, ALLOW)]
    return _if_called((41, 198), 0, [*body, _step(RETURN, ERROR | errno.EACCES)])


def _shared_memory() -> list[bytes]:
    """Shared memory without a file can be kept unseen by those who count memory."""
    body = [_step(AND, ANONYMOUS | MAP_TYPE)]
    for kind in (SHARED, SHARED_CHECKED):
        body += [
            _step(EQUAL, ANONYMOUS | kind, 0, 1),
            _step(RETURN, ERROR | errno.EPERM),
        ]
    return _if_called((9, 222), 3, body)


def _of_itself() -> list[bytes]:
    """Limits and priorities of other processes: above all of those that watch."""
    refused = [_step(EQUAL, 0, 1, 0), _step(RETURN, ERROR | errno.EPERM)]
    return [step for one in OF_ITSELF for step in _if_called(one, 0, refused)]


def _owners_of_files() -> list[bytes]:
    """The owner of a file is sent signals: fcntl and ioctl may not set it."""
    body = []
    for command in (8, 10, 15):  # F_SETOWN, F_SETSIG, F_SETOWN_EX
        body += [_step(EQUAL, command, 0, 1), _step(RETURN, ERROR | errno.EPERM)]
    requests = []
    for request in (0x8901, 0x8902):  # FIOSETOWN, SIOCSPGRP
        requests += [_step(EQUAL, request, 0, 1), _step(RETURN, ERROR | errno.EPERM)]
    return _if_called((72, 25), 1, body) + _if_called((16, 29), 1, requests)


def _if_called(numbers: tuple[int, int], argument: int, body: list[bytes]) -> list:
    """`body` for one system call, with its argument loaded; else goes on."""
    inner = [_step(LOAD, ARGUMENTS + 8 * argument), *body, _step(RETURN, ALLOW)]
    return [_step(EQUAL, kernel.number(*numbers), 0, len(inner)), *inner]


def _step(operation: int, number: int, then: int = 0, otherwise: int = 0) -> bytes:
    """One instruction; `then` and `otherwise` say how many to pass over."""
    return struct.pack("HBBI", operation, then, otherwise, number)
