"""Namespaces and a new root for the calling process and what it starts.

Root or an ordinary user with user namespaces: new mount, pid, network, ipc, uts and
cgroup namespaces; a new root of read-only binds and small file systems in memory.
man 7 namespaces, man 2 pivot_root, man 2 mount_setattr.
"""

import ctypes
import os
import struct
from collections.abc import Sequence
from dataclasses import dataclass

from autograder.box.kernel import check, libc, number, syscall

libc.mount.argtypes = [ctypes.c_char_p] * 3 + [ctypes.c_ulong, ctypes.c_char_p]

CLONE_NEWNS, CLONE_NEWCGROUP = 0x20000, 0x2000000
CLONE_NEWUTS, CLONE_NEWIPC = 0x4000000, 0x8000000
CLONE_NEWUSER, CLONE_NEWPID, CLONE_NEWNET = 0x10000000, 0x20000000, 0x40000000
MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC = 1, 2, 4, 8
MS_REMOUNT, MS_BIND, MS_REC, MS_PRIVATE = 32, 4096, 16384, 1 << 18
MNT_DETACH, AT_FDCWD, AT_RECURSIVE = 2, -100, 0x8000
SCRATCH = ("/tmp", "/dev/shm")  # what the inside may write, in memory
MOST_FILES = 20_000
DEVICES = ("null", "full", "random", "urandom")
PASSWD = "/etc/passwd"


@dataclass(frozen=True)
class Jail:
    """What the inside sees.

    Attributes:
        root: an empty folder to build the new root on.
        visible: files and folders bound read-only at their own paths.
        writable: folders bound so that the inside may write; for trusted code only.
        disk_mb: size of each place that a student may write.
    """

    root: str
    visible: Sequence[str]
    writable: Sequence[str]
    disk_mb: int


def unshare() -> None:
    """Makes the namespaces; a process forked after that is the first inside."""
    user, group = os.getuid(), os.getgid()
    flags = CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS
    flags |= CLONE_NEWCGROUP
    if os.geteuid() == 0:
        check(libc.unshare(flags), "unshare")
        return
    check(libc.unshare(flags | CLONE_NEWUSER), "unshare")
    _write("/proc/self/setgroups", "deny")
    _write("/proc/self/uid_map", f"{user} {user} 1")
    _write("/proc/self/gid_map", f"{group} {group} 1")


def build(jail: Jail, user: int | None) -> None:
    """Makes the new root and enters it. `user` is who will be inside, None: the same"""
    new = jail.root
    _mount(None, "/", None, MS_REC | MS_PRIVATE)
    _mount("tmpfs", new, "tmpfs", MS_NOSUID | MS_NODEV, "size=1m,mode=755")
    for path in SCRATCH:  # first: what is visible may lie below them
        os.makedirs(new + path)
        options = f"size={jail.disk_mb}m,nr_inodes={MOST_FILES},mode=1777"
        _mount("tmpfs", new + path, "tmpfs", MS_NOSUID | MS_NODEV, options)
    for path in sorted(set(jail.visible) - {PASSWD}):
        _bind(path, new + path)
    for path in jail.writable:
        os.makedirs(new + path)
        _mount(path, new + path, None, MS_BIND)
    for device in DEVICES:
        _bind(f"/dev/{device}", f"{new}/dev/{device}", device=True)
    os.symlink("/proc/self/fd", new + "/dev/fd")
    os.makedirs(new + "/etc", exist_ok=True)
    inside = os.getuid() if user is None else user
    _write(new + PASSWD, f"student:x:{inside}:{inside}::/tmp:/bin/sh\n")
    os.makedirs(new + "/proc")
    _mount("proc", new + "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC)
    _enter(new)
    _mount(None, "/", None, MS_BIND | MS_REMOUNT | MS_RDONLY | MS_NOSUID | MS_NODEV)


def stored() -> float:
    """Megabytes that lie in the places that a student may write. Called inside."""
    total = 0
    for path in SCRATCH:
        facts = os.statvfs(path)
        total += (facts.f_blocks - facts.f_bfree) * facts.f_frsize
    return total / (1 << 20)


def _enter(new: str) -> None:
    os.chdir(new)
    check(libc.syscall(number(155, 41), b".", b"."), "pivot_root")
    check(libc.umount2(b".", MNT_DETACH), "umount")
    os.chdir("/")


def _bind(source: str, target: str, device: bool = False) -> None:
    os.makedirs(os.path.dirname(target), exist_ok=True)
    if os.path.islink(source):  # /bin, /lib, ... of a merged /usr
        os.symlink(os.readlink(source), target)
        return
    if os.path.isdir(source):
        os.makedirs(target, exist_ok=True)
    else:
        _write(target, "")
    _mount(source, target, None, MS_BIND | MS_REC)
    _protect(target, MS_NOSUID | (MS_NOEXEC if device else MS_NODEV))


def _protect(target: str, flags: int) -> None:
    """Makes a mount read-only, and what is mounted below it."""
    attributes = struct.pack("QQQQ", MS_RDONLY | flags, 0, 0, 0)
    arguments = (ctypes.c_uint(AT_RECURSIVE), attributes, ctypes.c_size_t(32))
    syscall(number(442, 442), ctypes.c_int(AT_FDCWD), target.encode(), *arguments)


def _mount(
    source: str | None, target: str, kind: str | None, flags: int, data: str = ""
) -> None:
    encoded = [text.encode() if text else None for text in (source, target, kind)]
    check(libc.mount(*encoded, flags, data.encode() or None), f"mount {target}")


def _write(path: str, text: str) -> None:
    with open(path, "w") as file:
        file.write(text)
