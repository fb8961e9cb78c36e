"""The files of a source: a folder, an archive or one file. Nothing is unpacked.

What a student handed in as an archive is looked into, too, one level deep, with caps of
its own.
"""

import os
import stat
from collections.abc import Iterator
from datetime import UTC, datetime, tzinfo
from functools import partial
from io import BytesIO
from pathlib import Path, PurePosixPath

from autograder.collecting.members import (
    NO_FILE,
    ArchiveError,
    Caps,
    File,
    is_noise,
    members,
    printable,
    too_large,
)

WHOLE = Caps(members=20_000, size=2 << 30)
INNER = Caps(members=2_000, size=200 << 20)
ARCHIVES = (".zip", ".tar", ".tar.gz", ".tgz")
ZIP_ENTRY = b"PK\x01\x02"  # begins each line of a zip's table of contents


def files(source: Path, zone: tzinfo | None = None) -> Iterator[File]:
    """The files of a folder, a zip, a tar or a tar.gz, or the one file that it is.

    Args:
        zone: of the times in zips, which say none; None for this machine's.

    Raises:
        ArchiveError: there is no such source, it is damaged or larger than the caps.
    """
    if source.is_dir():
        found = _folder(source)
    elif not source.is_file():
        raise ArchiveError(
            f"{source} does not exist. Give a folder, an archive (zip, tar, tar.gz) or "
            f"a notebook."
        )
    elif source.suffix.lower() == ".ipynb":
        found = iter([_on_disk(source, PurePosixPath(source.name))])
    else:
        found = members(open(source, "rb"), zone, WHOLE)
    for file in found:
        if file.path.name.lower().endswith(ARCHIVES) and not file.fault:
            yield from _inner(file)
        else:
            yield file


def _folder(source: Path) -> Iterator[File]:
    count = 0
    for folder, folders, names in os.walk(source):
        folders.sort()
        links = [name for name in folders if (Path(folder) / name).is_symlink()]
        for name in sorted([*names, *links]):
            path = Path(folder) / name
            relative = PurePosixPath(printable(path.relative_to(source).as_posix()))
            if is_noise(relative):
                continue
            count += 1
            WHOLE.check(count, 0)
            yield _on_disk(path, relative)


def _on_disk(path: Path, shown: PurePosixPath) -> File:
    facts = path.lstat()
    regular = stat.S_ISREG(facts.st_mode)
    fault = too_large(facts.st_size) if regular else NO_FILE
    when = datetime.fromtimestamp(facts.st_mtime, UTC)
    return File(shown, when, path.read_bytes, fault)


def _inner(outer: File) -> Iterator[File]:
    """The files of an archive in the source; its own faults are this file's alone."""
    try:
        found = _unpacked(outer)
    except Exception as error:  # a damaged one never stops the others
        yield File(outer.path, outer.when, outer.read, f"cannot be read: {error}")
        return
    for index, file in enumerate(found):
        path, read = outer.path / file.path, partial(_read_inner, outer, index)
        # Its packer could have set any time; when it was handed in, they could not.
        yield File(path, outer.when, read, file.fault, inner=True)


def _unpacked(outer: File) -> list[File]:
    data = outer.read()
    INNER.check(data.count(ZIP_ENTRY), len(data))  # before memory is taken for them
    return list(members(BytesIO(data), None, INNER))


def _read_inner(outer: File, index: int) -> bytes:
    """Unpacks it once more, so that a class's archives are not all held in memory."""
    return _unpacked(outer)[index].read()
