"""The filter refuses what it is meant to, on both kinds of machine, and nothing else.

A small interpreter runs the program for each machine; whether the kernel takes it and
holds to it is tested in test_confinement.py.
"""

import errno
import os
import re
import struct
from pathlib import Path
from types import SimpleNamespace

import pytest

from autograder.box import seccomp
from autograder.box.syscalls import ALONE, DENIED, NEWEST, SIGNALS

HEADERS = {
    "x86_64": Path("/usr/include/x86_64-linux-gnu/asm/unistd_64.h"),
    "aarch64": Path("/usr/include/asm-generic/unistd.h"),
}
COLUMNS = {"x86_64": 0, "aarch64": 1}
CALLS = {  # that every notebook makes
    "x86_64": {"read": 0, "clone": 56, "socket": 41, "mmap": 9, "kill": 62, "fcntl": 72}
    | {"prlimit64": 302, "execve": 59, "chmod": 90, "ioctl": 16},
    "aarch64": {"read": 63, "clone": 220, "socket": 198, "mmap": 222, "kill": 129}
    | {"fcntl": 25, "prlimit64": 261, "execve": 221, "chmod": 53, "ioctl": 29},
}
REFUSED = 0x50000


@pytest.fixture(params=COLUMNS)
def machine(request, monkeypatch):
    uname = SimpleNamespace(machine=request.param)
    monkeypatch.setattr(os, "uname", lambda: uname)
    return request.param


def answer(machine, number, *arguments, alone=False, signals=True):
    """What the kernel would do: 0 for allowing it, else the error; None for killing."""
    words = [*arguments, 0, 0, 0, 0, 0, 0][:6]
    data = struct.pack("iIQ6Q", number, seccomp.MACHINES[machine], 0, *words)
    value = run(seccomp._program(alone, signals), data)
    if value == seccomp.KILL:
        return None
    assert value == seccomp.ALLOW or value & 0xFFFF0000 == REFUSED
    return -1 if value == REFUSED else 0 if value == seccomp.ALLOW else value & 0xFFFF


def run(program, data):
    """Runs a packet filter: bpf(4) of BSD, where these seven operations are from."""
    held, at = 0, 0
    while True:
        operation, then, otherwise, number = struct.unpack_from("HBBI", program, 8 * at)
        at += 1
        if operation == seccomp.RETURN:
            return number
        if operation == seccomp.LOAD:
            (held,) = struct.unpack_from("I", data, number)
        elif operation == seccomp.AND:
            held &= number
        else:
            holds = {
                seccomp.EQUAL: held == number,
                seccomp.GREATER: held > number,
                seccomp.BITS: bool(held & number),
            }[operation]
            at += then if holds else otherwise


def test_ordinary_calls_are_allowed(machine):
    for number in CALLS[machine].values():
        assert answer(machine, number) in (0, errno.EACCES)  # socket of no family
    assert answer(machine, CALLS[machine]["clone"], 0x3D0F00) == 0  # a thread
    assert answer(machine, CALLS[machine]["mmap"], 0, 4096, 3, 0x22) == 0
    assert answer(machine, CALLS[machine]["mmap"], 0, 4096, 3, 0x01) == 0  # of a file


def test_every_call_in_the_table_is_refused(machine):
    for name, (numbers, error) in DENIED.items():
        number = numbers[COLUMNS[machine]]
        if number is not None:
            assert answer(machine, number) == error, name


def test_namespaces_cannot_be_had_of_clone(machine):
    for flag in (0x20000, 0x2000000, 0x10000000, 0x20000000, 0x40000000):
        call = CALLS[machine]["clone"]
        assert answer(machine, call, flag | 17) == errno.EPERM


def test_sockets(machine):
    call = CALLS[machine]["socket"]
    assert [answer(machine, call, family) for family in (1, 2, 10)] == [0, 0, 0]
    for family in (16, 17, 38, 40):  # netlink, packet, crypto, virtual machines
        assert answer(machine, call, family) == errno.EACCES
    assert answer(machine, call, 1, alone=True) == errno.EACCES


def test_memory_that_nobody_counts(machine):
    call = CALLS[machine]["mmap"]
    assert answer(machine, call, 0, 4096, 3, 0x21) == errno.EPERM
    assert answer(machine, call, 0, 4096, 3, 0x4023) == errno.EPERM


def test_limits_and_priorities_of_others(machine):
    call = CALLS[machine]["prlimit64"]
    assert answer(machine, call, 0) == 0
    assert answer(machine, call, 1) == errno.EPERM


def test_what_is_passed_over_beside_others(machine):
    call = CALLS[machine]["chmod"]
    assert answer(machine, call) == 0 and answer(machine, call, alone=True) == -1
    number = ALONE["inotify_add_watch"][0][COLUMNS[machine]]
    assert answer(machine, number, alone=True) == errno.EPERM


def test_signals_where_nothing_else_keeps_them_in(machine):
    for numbers, error in SIGNALS.values():
        number = numbers[COLUMNS[machine]]
        assert answer(machine, number) == 0
        assert answer(machine, number, signals=False) == error
    call = CALLS[machine]["fcntl"]
    assert answer(machine, call, 3, 8, signals=False) == errno.EPERM  # F_SETOWN
    assert answer(machine, call, 3, 1, signals=False) == 0
    call = CALLS[machine]["ioctl"]
    assert answer(machine, call, 3, 0x8901, signals=False) == errno.EPERM


def test_other_kinds_of_call(machine):
    """Later calls do not exist; those of another machine or word size end it."""
    assert answer(machine, NEWEST + 1) == errno.ENOSYS
    assert answer(machine, 0x40000000 + 41) is None
    data = struct.pack("iIQ6Q", 41, 0x40000003, 0, *[0] * 6)
    assert run(seccomp._program(False, True), data) == seccomp.KILL


@pytest.mark.parametrize("kind", COLUMNS)
def test_numbers_are_the_kernels(kind):
    """Against the kernel's own list, where its headers are installed."""
    if not HEADERS[kind].exists():
        pytest.skip(f"no {HEADERS[kind]} (Debian: linux-libc-dev)")
    pattern = r"#define\s+__NR(?:3264)?_(\w+)\s+(\d+)"
    known = dict(re.findall(pattern, HEADERS[kind].read_text()))
    for name, (numbers, _) in {**DENIED, **ALONE, **SIGNALS}.items():
        if name in known:
            assert numbers[COLUMNS[kind]] == int(known[name]), name
    assert len(set(known) & set(DENIED)) > 50
