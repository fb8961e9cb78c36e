"""The regular members of a zip or a tar: names, times and bytes, none trusted.

Number, bytes and ratio are capped, no member's name leads anywhere, and what is left
out for that says why.
"""

import gzip
import os
import stat
import struct
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from functools import partial
from pathlib import PurePosixPath
from tempfile import SpooledTemporaryFile
from typing import IO

MOST_FILE = 50 << 20
# Text shrinks to a tenth or so; more than this many times is a bomb.
MOST_RATIO, RATIO_FROM = 200, 10 << 20
TIME_FIELD = 0x5455  # a zip's extra field with the time in UTC
NO_FILE = "a link or a device, not a file"


class ArchiveError(Exception):
    """The source as a whole cannot be read; says what to do."""


@dataclass(frozen=True)
class Caps:
    """How much an archive may hold."""

    members: int
    size: int

    def check(self, members: int, size: int) -> None:
        if members > self.members or size > self.size:
            raise ArchiveError(
                f"The archive has {members} files and {size >> 20} MB; at most "
                f"{self.members} files and {self.size >> 20} MB are read."
            )


@dataclass(frozen=True)
class File:
    """One file of a source.

    Attributes:
        path: where it lies in the source.
        when: its time, or that of the archive which a student packed it into.
        fault: why it is not read; empty where it is.
        inner: whether a student packed it.
    """

    path: PurePosixPath
    when: datetime
    read: Callable[[], bytes]
    fault: str = ""
    inner: bool = False


def members(file: IO[bytes], zone: tzinfo | None, caps: Caps) -> Iterator[File]:
    """The members of an open zip, tar or tar.gz that could be hand-ins.

    Args:
        zone: of the times in zips, which say none; None for this machine's.

    Raises:
        ArchiveError: it is damaged, of another kind, or larger than `caps`.
    """
    head = file.read(262)
    file.seek(0)
    try:
        if head.startswith(b"\x1f\x8b"):
            yield from _tar(_unpacked(file, caps), caps)
        elif head[257:] == b"ustar":
            yield from _tar(file, caps)
        else:
            yield from _zip(file, zone, caps)
    except (zipfile.BadZipFile, tarfile.TarError, EOFError, OSError) as error:
        raise ArchiveError(
            f"This is no whole archive ({error}). Expected a zip, a tar or a tar.gz; "
            f"if it is one, fetch it again."
        ) from error


def _zip(file: IO[bytes], zone: tzinfo | None, caps: Caps) -> Iterator[File]:
    archive = zipfile.ZipFile(file)
    found = archive.infolist()
    caps.check(len(found), sum(member.file_size for member in found))
    for member in sorted(found, key=lambda m: m.filename):
        path = _inside(member.filename)
        if not member.is_dir() and not is_noise(path):
            read = partial(_zip_read, archive, member)
            yield File(path, _zip_time(member, zone), read, _zip_fault(member))


def _zip_fault(member: zipfile.ZipInfo) -> str:
    if stat.S_IFMT(member.external_attr >> 16) not in (0, stat.S_IFREG):
        return NO_FILE
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return "packed in a way that is not read; zip it in the ordinary way"
    if _is_bomb(member.file_size, member.compress_size):
        return "packed so tightly that it looks like a bomb"
    return too_large(member.file_size)


def _zip_read(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    with archive.open(member) as file:
        return file.read(MOST_FILE)  # with a number: less than it unpacks in memory


def _zip_time(member: zipfile.ZipInfo, zone: tzinfo | None) -> datetime:
    extra = member.extra
    while len(extra) >= 9:
        tag, size, flags, seconds = struct.unpack_from("<HHBi", extra)
        if tag == TIME_FIELD and flags & 1:
            return datetime.fromtimestamp(seconds, UTC)
        extra = extra[4 + size :]
    try:
        return datetime(*member.date_time, tzinfo=zone).astimezone(UTC)
    except (ValueError, OverflowError):  # none, or none that there is
        return datetime.now(UTC)


def _tar(file: IO[bytes], caps: Caps) -> Iterator[File]:
    archive, size = tarfile.open(fileobj=file, mode="r:"), 0
    for count, member in enumerate(archive, start=1):
        size += member.size
        caps.check(count, size)
        path = _inside(member.name)
        if not member.isdir() and not is_noise(path):
            read = partial(_tar_read, archive, member)
            yield File(path, _tar_time(member), read, _tar_fault(member))


def _tar_fault(member: tarfile.TarInfo) -> str:
    if member.type not in (tarfile.REGTYPE, tarfile.AREGTYPE) or member.issparse():
        return NO_FILE
    return too_large(member.size)


def _tar_read(archive: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    file = archive.extractfile(member)
    return file.read(MOST_FILE) if file else b""


def _tar_time(member: tarfile.TarInfo) -> datetime:
    try:
        return datetime.fromtimestamp(member.mtime, UTC)
    except (ValueError, OverflowError, OSError):
        return datetime.now(UTC)


def _unpacked(file: IO[bytes], caps: Caps) -> IO[bytes]:
    """What a gzip holds, as a file without a name; refused as soon as it is too much.

    A tar is read back and forth, which a gzip would start anew for each time.
    """
    packed = file.seek(0, os.SEEK_END)
    file.seek(0)
    whole: IO[bytes] = SpooledTemporaryFile(64 << 20)
    with gzip.open(file) as unpacked:
        while block := unpacked.read(1 << 20):
            whole.write(block)
            caps.check(0, whole.tell())
            if _is_bomb(whole.tell(), packed):
                raise ArchiveError("The archive is packed so tightly: it is a bomb.")
    whole.seek(0)
    return whole


def _is_bomb(size: int, packed: int) -> bool:
    return size > RATIO_FROM and size > MOST_RATIO * packed


def too_large(size: int) -> str:
    """What is wrong with a file of that size; empty where it is not too large."""
    if size <= MOST_FILE:
        return ""
    return f"it has {size >> 20} MB; at most {MOST_FILE >> 20} MB are read"


def is_noise(path: PurePosixPath) -> bool:
    """What machines put beside people's files."""
    return not path.parts or any(
        part.startswith(".") or part == "__MACOSX" for part in path.parts
    )


def printable(name: str) -> str:
    """A file's name without bytes that no text can hold."""
    return name.encode("utf-8", "backslashreplace").decode()


def _inside(name: str) -> PurePosixPath:
    """A member's path with nothing in it that leads out of the archive."""
    parts = printable(name).replace("\\", "/").split("/")
    return PurePosixPath(*[part for part in parts if part not in ("", ".", "..")])
