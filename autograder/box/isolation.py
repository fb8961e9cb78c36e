"""How well a box can be closed on this machine, and what it may see."""

import importlib.util
import os
import subprocess
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path

KINDS = ("namespaces", "none")
SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib64", "/lib32", "/libx32")
SETTINGS = (
    "ld.so.cache",
    "fonts",
    "alternatives",
    "localtime",
    "passwd",
    "nsswitch.conf",
)


class Exposed(Exception):
    """A private folder lies where students' code could read it."""


@cache
def best() -> str:
    """The strongest isolation that works here."""
    return "namespaces" if _namespaces_work() else "none"


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


def _inside(path: str, folders: Iterable[str]) -> bool:
    if os.path.islink(path):
        return False
    resolved = [os.path.realpath(folder) for folder in folders]
    return any(Path(path).is_relative_to(folder) for folder in resolved)


def _namespaces_work() -> bool:
    """Enters a jail in a process of its own, and looks whether that worked."""
    probe = (
        "import os, sys, tempfile\n"
        "from autograder.box import jail\n"
        "from autograder.box.isolation import visible_paths\n"
        "root = tempfile.mkdtemp()\n"
        "child = os.fork()\n"
        "if child == 0:\n"
        "    try:\n"
        "        jail.enter(jail.Jail(root, 61_000, visible_paths(), [], 1))\n"
        "        os._exit(0 if os.getpid() == 2 else 1)\n"
        "    except BaseException:\n"
        "        os._exit(1)\n"
        "status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])\n"
        "os.rmdir(root)\n"
        "sys.exit(status)\n"
    )
    if sys.platform != "linux":
        return False
    command = [sys.executable, "-I", "-c", probe]
    return subprocess.run(command, capture_output=True).returncode == 0
