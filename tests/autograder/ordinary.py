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

import autograder
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
    wanted = [*visible_paths(), str(Path(autograder.__file__).parents[1])]
    closed = [path for path in wanted if not everyone_can_read([path])]
    for folder in {_closed_above(path) for path in closed}:
        _open_up(folder, [path for path in closed if _closed_above(path) == folder])
    kernel.give_up(USER)


def _closed_above(path: str) -> str:
    return next(
        str(parent)
        for parent in reversed([Path(path), *Path(path).parents])
        if not parent.stat().st_mode & 0o1
    )


def _open_up(folder: str, paths: list[str]) -> None:
    """Lays an open folder with nothing but `paths` in it over a closed one."""
    kept = {path: os.open(path, os.O_PATH) for path in paths}
    tmpfs = (b"tmpfs", folder.encode(), b"tmpfs", 0, b"mode=755")
    kernel.check(libc.mount(*tmpfs), "mount")
    for path, opened in kept.items():
        os.makedirs(path, exist_ok=True)
        source = f"/proc/self/fd/{opened}".encode()
        bound = (source, path.encode(), None, MS_BIND | MS_REC, None)
        kernel.check(libc.mount(*bound), "mount")
        os.close(opened)
