"""What a student handed in, as it travels to whoever marks it."""

import os
import stat
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nbgrader.utils import find_all_files

from autograder.restore import Unreadable

MOST_BYTES = 100 << 20
NOTEBOOK = ".ipynb"


@dataclass(frozen=True)
class Parcel:
    """The notebooks by name, other files by relative path."""

    notebooks: dict[str, bytes]
    files: dict[str, bytes] = field(default_factory=dict)

    def to_frame(self) -> tuple[dict[str, Any], bytes]:
        """The names and sizes, and all bytes one after the other."""
        parts = {"notebooks": self.notebooks, "files": self.files}
        sizes = {k: [[n, len(d)] for n, d in v.items()] for k, v in parts.items()}
        return sizes, b"".join(
            data for part in parts.values() for data in part.values()
        )

    @classmethod
    def from_frame(cls, head: dict[str, Any], body: bytes) -> "Parcel":
        parts, at = [], 0
        for part in ("notebooks", "files"):
            found = {}
            for name, size in head[part]:
                found[name] = body[at : at + size]
                at += size
            parts.append(found)
        return cls(*parts)


def regular_files(folder: Path, ignore: Sequence[str]) -> dict[str, Path]:
    """The files below `folder` but those that nbgrader ignores, by relative path.

    Raises:
        Unreadable: one is a link, or no file at all. Nobody follows a link that came
            from a student: it may lead to the solutions.
    """
    found = {}
    for path in sorted(find_all_files(str(folder), list(ignore))):
        name = os.path.relpath(path, folder)
        if not stat.S_ISREG(os.lstat(path).st_mode):
            raise Unreadable(f"{name} is not a file. Ask for the file itself.")
        found[name] = Path(path)
    return found


def gathered(folder: Path, ignore: Sequence[str]) -> Parcel:
    """All that lies in a hand-in's folder; of notebooks those at its top.

    Raises:
        Unreadable: it is larger than `MOST_BYTES`, or holds links.
    """
    return packed(regular_files(folder, ignore))


def packed(paths: dict[str, Path]) -> Parcel:
    """The files by relative path. Notebooks further in are left out, as nbgrader does.

    Raises:
        Unreadable: together they are larger than `MOST_BYTES`.
    """
    size = sum(path.stat().st_size for path in paths.values())
    if size > MOST_BYTES:
        raise Unreadable(
            f"The hand-in has {size >> 20} MB of files; at most {MOST_BYTES >> 20} MB "
            f"are read. Ask for it again without the largest."
        )
    notebooks, files = {}, {}
    for name, path in paths.items():
        if not name.endswith(NOTEBOOK):
            files[name] = path.read_bytes()
        elif "/" not in name:
            notebooks[name.removesuffix(NOTEBOOK)] = path.read_bytes()
    return Parcel(notebooks, files)
