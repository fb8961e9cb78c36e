"""Runs a program as an ordinary user without capabilities, also where tests are root.

The interpreter may lie in a folder that only root may enter. Then the program gets a
mount namespace in which an empty folder with the interpreter in it lies over that one;
the machine itself is not changed.
"""

import functools
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

from autograder.box import kernel
from autograder.box.isolation import everyone_can_read, visible_paths
from autograder.box.jail import (
    CLONE_NEWNS,
    MS_BIND,
    MS_PRIVATE,
    MS_REC,
    libc,
)

USER = 61_900


def runner(folder: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Something like `subprocess.run`; `folder` becomes the user's and is its home."""
    give(folder)
    environment = {
        "HOME": str(folder),
        "PATH": "/usr/bin:/bin",
        "OMP_NUM_THREADS": "1",
        "TMPDIR": str(folder),
    }
    options = {"env": environment, "cwd": folder}
    if os.geteuid() == 0:
        options["preexec_fn"] = _become_ordinary
    return functools.partial(subprocess.run, **options)


def give(path: Path) -> None:
    """Makes a file or folder the ordinary user's."""
    if os.geteuid() == 0:
        for one in [path, *path.rglob("*")]:
            os.lchown(one, USER, USER)


def _become_ordinary() -> None:
    kernel.check(libc.unshare(CLONE_NEWNS), "unshare")
    kernel.check(libc.mount(None, b"/", None, MS_REC | MS_PRIVATE, None), "mount")
    for path in visible_paths():
        if not everyone_can_read([path]):
            _open_up(path)
    kernel.give_up(USER)


def _open_up(path: str) -> None:
    """Lays an open folder with nothing but `path` in it over the closed one."""
    closed = next(
        str(parent)
        for parent in reversed(Path(path).parents)
        if not parent.stat().st_mode & 0o1
    )
    kept = os.open(path, os.O_PATH)
    tmpfs = (b"tmpfs", closed.encode(), b"tmpfs", 0, b"mode=755")
    kernel.check(libc.mount(*tmpfs), "mount")
    os.makedirs(path)
    source = f"/proc/self/fd/{kept}".encode()
    bound = (source, path.encode(), None, MS_BIND | MS_REC, None)
    kernel.check(libc.mount(*bound), "mount")
    os.close(kept)
