"""One student's hand-in: which of their files count, and how it is laid down.

A newer hand-in takes the place of the one that is there, an older one does not, and the
same one changes nothing, not even the time.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from nbgrader.utils import parse_utc

from autograder.collecting.members import File
from autograder.collecting.names import Owner
from autograder.gradebook.record import stamp, timestamp

STAMP = "timestamp.txt"


@dataclass(frozen=True)
class Found:
    """A file, and whose it is."""

    file: File
    owner: Owner

    @property
    def path(self) -> str:
        return str(self.file.path)


@dataclass(frozen=True)
class Handin:
    """What counts of a student's files, by the names that marking knows them by.

    Attributes:
        files: the notebook, and what else the assignment asks for.
        stamp: nbgrader's note of the time, None where there is none.
    """

    files: dict[str, Found]
    stamp: Found | None = None

    @property
    def when(self) -> datetime:
        if self.stamp is not None:
            return _written(self.stamp) or self.stamp.file.when
        return max(found.owner.when or found.file.when for found in self.files.values())


def chosen(some: Sequence[Found], called: str) -> Found | None:
    """Which of some files counts: the outermost, if it is one or is called so.

    Of several attempts at one file the last one counts.
    """
    depth = min(len(found.owner.file.parts) for found in some)
    outermost = [found for found in some if len(found.owner.file.parts) == depth]
    named = [found for found in outermost if found.owner.file.name == called]
    for group in (named, outermost):
        if len({found.owner.file for found in group}) == 1:
            last = max(found.owner.attempt for found in group)
            group = [found for found in group if found.owner.attempt == last]
            if len(group) == 1:
                return group[0]
    return None


@dataclass(frozen=True)
class Wanted:
    """What makes a hand-in.

    Attributes:
        names: the files that marking asks for, notebooks first.
        others: whether all that lies beside a notebook belongs to it, as in nbgrader.
    """

    names: Sequence[str]
    others: bool = False

    @property
    def notebooks(self) -> list[str]:
        return [name for name in self.names if name.endswith(".ipynb")]

    def inside(self, folder: Path) -> list[str]:
        """The files of a hand-in that may be there."""
        if not self.others:
            return [name for name in self.names if (folder / name).is_file()]
        paths = [path for path in folder.rglob("*") if path.is_file()]
        return [str(path.relative_to(folder)) for path in paths if path.name != STAMP]


def lay_down(folder: Path, new: Handin, wanted: Wanted, replace: bool) -> str:
    """Writes a hand-in, after all of it was read.

    Args:
        replace: whether it may be older than what is there.

    Returns:
        `"taken"`; `"unchanged"` where it is there already; `"older"` where it is not
        written, since what is there is newer.
    """
    data = {name: found.file.read() for name, found in new.files.items()}
    there = {name: (folder / name).read_bytes() for name in wanted.inside(folder)}
    if there == data:
        return "unchanged"
    before = timestamp(folder) if there else None
    if before and new.when < before.replace(tzinfo=UTC) and not replace:
        return "older"
    # The time first: if this is stopped, the same hand-in is taken once more.
    _write(folder / STAMP, stamp(new.when).encode())
    for name in set(there) - set(data):
        (folder / name).unlink()
    for name, content in data.items():
        _write(folder / name, content)
    return "taken"


def _write(path: Path, data: bytes) -> None:
    """Whole or not at all; in place of a link, never through it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    part.unlink(missing_ok=True)
    part.write_bytes(data)
    os.replace(part, path)


def _written(found: Found) -> datetime | None:
    try:
        return parse_utc(found.file.read().decode().strip()).replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
