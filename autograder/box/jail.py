"""Puts the calling process into a jail of Linux namespaces.

Root or an ordinary user with user namespaces: new mount, pid, network, ipc and uts
namespaces; a new root of read-only binds and small tmpfs; no capabilities; another
user id where the caller is root. man 7 namespaces, man 2 pivot_root.
"""

import ctypes
import os
import struct
from collections.abc import Sequence
from dataclasses import dataclass

libc = ctypes.CDLL(None, use_errno=True)
libc.mount.argtypes = [ctypes.c_char_p] * 3 + [ctypes.c_ulong, ctypes.c_char_p]

CLONE_NEWNS, CLONE_NEWUTS, CLONE_NEWIPC = 0x20000, 0x4000000, 0x8000000
CLONE_NEWUSER, CLONE_NEWPID, CLONE_NEWNET = 0x10000000, 0x20000000, 0x40000000
MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC = 1, 2, 4, 8
MS_REMOUNT, MS_BIND, MS_REC, MS_PRIVATE = 32, 4096, 16384, 1 << 18
PR_SET_PDEATHSIG, PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS = 1, 24, 38
MNT_DETACH, SYS_PIVOT_ROOT = 2, {"x86_64": 155, "aarch64": 41}
SIGKILL = 9


@dataclass(frozen=True)
class Jail:
    """What the inside sees.

    Attributes:
        root: an empty folder to build the new root on.
        user: the user and group id inside, where the caller is root.
        visible: files and folders bound read-only at their own paths.
        writable: folders bound so that the inside may write; for trusted code only.
        disk_mb: size of the places that a student may write, `/tmp` and `/dev/shm`.
    """

    root: str
    user: int
    visible: Sequence[str]
    writable: Sequence[str]
    disk_mb: int


def enter(jail: Jail) -> None:
    """Forks into the jail; returns in the innermost process only.

    The calling process stays outside as a watcher; when it is killed, everything
    inside dies with it.
    """
    die_with_parent()
    os.setsid()
    as_root = os.geteuid() == 0
    user, group = os.getuid(), os.getgid()
    flags = CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS
    _check(libc.unshare(flags | (0 if as_root else CLONE_NEWUSER)), "unshare")
    if not as_root:
        _write("/proc/self/setgroups", "deny")
        _write("/proc/self/uid_map", f"{user} {user} 1")
        _write("/proc/self/gid_map", f"{group} {group} 1")
    _leave_to_child()
    # From here on: pid 1 of the new namespace. When it ends, all inside it ends.
    die_with_parent()
    _build_root(jail)
    _leave_to_child()
    _drop_privileges(jail.user if as_root else None)


def die_with_parent() -> None:
    _prctl(PR_SET_PDEATHSIG, SIGKILL)


def _leave_to_child() -> None:
    """Forks; the child returns, the parent waits for it and ends as it did."""
    child = os.fork()
    if child == 0:
        return
    os.closerange(0, 4096)
    while True:
        ended, status = os.wait()
        if ended == child:
            code = os.waitstatus_to_exitcode(status)
            os._exit(code if code >= 0 else 128 - code)


def _build_root(jail: Jail) -> None:
    new = jail.root
    _mount(None, "/", None, MS_REC | MS_PRIVATE)
    _mount("tmpfs", new, "tmpfs", MS_NOSUID | MS_NODEV, "size=1m,mode=755")
    _mount_scratch(new + "/tmp", jail.disk_mb)  # first: the rest may lie below it
    for path in sorted(jail.visible):
        _bind(path, new + path)
    for path in jail.writable:
        os.makedirs(new + path)
        _mount(path, new + path, None, MS_BIND)
    os.makedirs(new + "/dev", exist_ok=True)
    for device in ("null", "zero", "full", "random", "urandom"):
        _bind(f"/dev/{device}", f"{new}/dev/{device}", MS_NOSUID | MS_NOEXEC)
    _mount_scratch(new + "/dev/shm", jail.disk_mb)
    os.symlink("/proc/self/fd", new + "/dev/fd")
    os.makedirs(new + "/proc")
    _mount("proc", new + "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC)
    os.chdir(new)
    pivot = SYS_PIVOT_ROOT[os.uname().machine]
    _check(libc.syscall(pivot, b".", b"."), "pivot_root")
    _check(libc.umount2(b".", MNT_DETACH), "umount")
    os.chdir("/")
    _mount(None, "/", None, MS_BIND | MS_REMOUNT | MS_RDONLY | MS_NOSUID | MS_NODEV)


def _mount_scratch(path: str, megabytes: int) -> None:
    os.makedirs(path, exist_ok=True)
    options = f"size={megabytes}m,mode=1777"
    _mount("tmpfs", path, "tmpfs", MS_NOSUID | MS_NODEV, options)


def _bind(source: str, target: str, flags: int = MS_NOSUID | MS_NODEV) -> None:
    if os.path.islink(source):  # /bin, /lib, ... of a merged /usr
        os.makedirs(os.path.dirname(target), exist_ok=True)
        os.symlink(os.readlink(source), target)
        return
    if os.path.isdir(source):
        os.makedirs(target, exist_ok=True)
    else:
        os.makedirs(os.path.dirname(target), exist_ok=True)
        _write(target, "")
    _mount(source, target, None, MS_BIND | MS_REC)
    _mount(None, target, None, MS_BIND | MS_REMOUNT | MS_RDONLY | flags)


def _drop_privileges(user: int | None) -> None:
    for capability in range(64):
        if _prctl(PR_CAPBSET_DROP, capability):
            break  # past the last one; before setuid, or the set stays full
    if user is not None:
        os.setgroups([])
        os.setresgid(user, user, user)
        os.setresuid(user, user, user)
    header = ctypes.create_string_buffer(struct.pack("Ii", 0x20080522, 0), 8)
    _check(libc.capset(header, ctypes.create_string_buffer(bytes(24), 24)), "capset")
    _prctl(PR_SET_NO_NEW_PRIVS, 1)
    die_with_parent()  # changing the user id cleared it
    os.chdir("/tmp")


def _mount(
    source: str | None, target: str, kind: str | None, flags: int, data: str = ""
) -> None:
    encoded = [text.encode() if text else None for text in (source, target, kind)]
    _check(libc.mount(*encoded, flags, data.encode() or None), f"mount {target}")


def _write(path: str, text: str) -> None:
    with open(path, "w") as file:
        file.write(text)


def _prctl(option: int, value: int) -> int:
    return libc.prctl(*(ctypes.c_ulong(item) for item in (option, value, 0, 0, 0)))


def _check(result: int, what: str) -> None:
    if result:
        error = ctypes.get_errno()
        raise OSError(error, f"{what}: {os.strerror(error)}")
