"""A hand-in of several files as one piece of data, and back."""

import io
import os
import stat
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from nbgrader.utils import find_all_files

from autograder.build import EPOCH
from autograder.restore import Unreadable

MOST_BYTES = 100 << 20


@dataclass(frozen=True)
class Parcel:
    """What a student handed in: notebooks by name, other files by relative path."""

    notebooks: dict[str, bytes]
    files: dict[str, bytes]


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


def pack(folder: Path, ignore: Sequence[str]) -> bytes:
    """A hand-in's folder as a zip, the same bytes for the same files.

    Raises:
        Unreadable: it is larger than `MOST_BYTES`, or holds links.
    """
    paths = regular_files(folder, ignore)
    size = sum(path.stat().st_size for path in paths.values())
    if size > MOST_BYTES:
        raise Unreadable(
            f"The hand-in has {size >> 20} MB of files; at most {MOST_BYTES >> 20} MB "
            f"are read. Ask for it again without the largest."
        )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, path in paths.items():
            archive.writestr(zipfile.ZipInfo(name, EPOCH), path.read_bytes())
    return buffer.getvalue()


def unpack(data: bytes) -> Parcel:
    """What `pack` packed. Notebooks further in are left out, as nbgrader does."""
    notebooks, files = {}, {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            stem, suffix = os.path.splitext(name)
            if suffix != ".ipynb":
                files[name] = archive.read(name)
            elif "/" not in name:
                notebooks[stem] = archive.read(name)
    return Parcel(notebooks, files)
