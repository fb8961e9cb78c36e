"""How well a box can be closed on this machine, and what it may see."""

import importlib.util
import os
import subprocess
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path

KINDS = ("full", "landlock", "none")  # the ladder, from the top
TELLS = {
    "full": "namespaces, another root, no network, system calls filtered",
    "landlock": "Landlock and filtered system calls, no namespaces: names and sizes of "
    "files can be seen, worker processes and /tmp cannot be used",
    "none": "students' code can read and change whatever you can",
}
SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib64", "/lib32", "/libx32")
SETTINGS = (
    "ld.so.cache",
    "fonts",
    "alternatives",
    "localtime",
    "passwd",
    "nsswitch.conf",
)
TRY_SECONDS = 60


class Exposed(Exception):
    """A private folder lies where students' code could read it."""


@cache
def best() -> str:
    """The strongest isolation that works here."""
    return next(kind for kind in KINDS if works(kind))


def chosen(wanted: str) -> str:
    """The rung to use: what was asked for, or the strongest that works for `auto`.

    Raises:
        Exposed: it does not work here, or none does that is safe.
    """
    if wanted != "auto" and works(wanted):
        return wanted
    if wanted == "auto" and best() != "none":
        return best()
    raise Exposed(
        f"This machine cannot shut a student's code in (--isolation {wanted}; the "
        f"strongest that works here is {best()}). `--isolation none` marks all the "
        f"same: then that code can read and change whatever you can."
    )


def works(kind: str) -> bool:
    """Whether a box of this kind holds here."""
    return not failure(kind)


@cache
def failure(kind: str) -> str:
    """Why a box of this kind does not hold here; empty where it does.

    Enters one in a process of its own and looks.
    """
    if kind == "none":
        return ""
    if sys.platform != "linux":
        return f"there is none on {sys.platform}"
    command = [sys.executable, "-I", "-m", "autograder.box.proof", kind]
    try:
        tried = subprocess.run(
            command, capture_output=True, text=True, timeout=TRY_SECONDS
        )
    except subprocess.TimeoutExpired:
        return "it did not end"
    problem = tried.stderr.strip().rpartition("\n")[2]
    return "" if tried.returncode == 0 else problem or "it ended unseen"


def forks_safely() -> bool:
    """Whether a process that has imported a backend may be forked and go on.

    Apple's libraries start threads and talk to other processes as they are loaded;
    what is forked then crashes or hangs (docs.python.org, `multiprocessing`: "the
    fork start method should be considered unsafe" there).
    """
    return sys.platform == "linux"


@cache
def visible_paths() -> list[str]:
    """What a student's process may read: system, interpreter, packages, kerasdl."""
    library = importlib.util.find_spec("kerasdl")
    wanted = [*SYSTEM, *(f"/etc/{name}" for name in SETTINGS)]
    wanted += [sys.base_prefix, sys.prefix]
    if library and library.origin:
        wanted.append(str(Path(library.origin).parent))
    found = sorted({path for path in wanted if os.path.lexists(path)})
    return [path for path in found if not _inside(path, set(found) - {path})]


def check_private(paths: Iterable[Path]) -> None:
    """Refuses to go on where a box would see any of `paths`.

    Raises:
        Exposed: one lies inside a folder that every box sees.
    """
    for path in paths:
        if _inside(str(Path(path).resolve()), visible_paths()):
            raise Exposed(
                f"{path} lies inside a folder that students' code can read "
                f"({', '.join(visible_paths())}). Move it elsewhere."
            )


def everyone_can_read(paths: Iterable[str]) -> bool:
    """Whether a user without rights of its own could read these."""
    return all(
        os.stat(path).st_mode & 0o4
        and all(os.stat(parent).st_mode & 0o1 for parent in Path(path).parents)
        for path in paths
    )


def _inside(path: str, folders: Iterable[str]) -> bool:
    if os.path.islink(path):
        return False
    resolved = [os.path.realpath(folder) for folder in folders]
    return any(Path(path).is_relative_to(folder) for folder in resolved)
