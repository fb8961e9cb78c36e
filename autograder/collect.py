"""Hand-ins to a course's `submitted` folder: from a folder, a zip or single files.

Archives are untrusted: nothing is unpacked to the disk, only regular members are
read, and their sizes and number are capped. What cannot be matched is listed.
"""

import re
import stat
import unicodedata
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from nbgrader.utils import parse_utc

from autograder.course import Course
from autograder.record import stamp

MOST_MEMBERS = 20_000
MOST_BYTES = 2 << 30
MOST_FILE = 50 << 20
# How learning platforms name what one student handed in; the groups make the id.
NAMES = (
    re.compile(r"(?P<id>.+_\d+)_assignsubmission_file_?"),  # Moodle, a folder
    re.compile(r"(?P<name>[^_]+)_(?:LATE_)?(?P<number>\d+)_\d+_.+"),  # Canvas, a file
)


class CollectError(Exception):
    """The source as a whole cannot be read; says what to do."""


@dataclass(frozen=True)
class File:
    """One file of a source: its path in it, when it came, and how to read it."""

    path: PurePosixPath
    when: datetime
    read: Callable[[], bytes]


@dataclass
class Collected:
    """What was taken (student to file), what was not and why."""

    taken: dict[str, str] = field(default_factory=dict)
    unmatched: dict[str, str] = field(default_factory=dict)


def collect(
    course: Course, assignment: str, source: Path, student: str | None = None
) -> Collected:
    """Copies each student's notebook to `submitted/STUDENT/ASSIGNMENT/`.

    Args:
        source: a folder or zip with a folder or a file per student (nbgrader, Moodle
            and Canvas layouts too), or one notebook.
        student: whose it is, where `source` is one notebook.

    Raises:
        CollectError: there is no such source, or it is larger than the caps.
    """
    files = _without_wrapper(list(_files(source)), assignment)
    collected = Collected()
    by_student: dict[str, list[File]] = defaultdict(list)
    stamps: dict[str, File] = {}
    for file in files:
        name = _safe(student) if student else _student(file.path, assignment)
        if name and _is_nbgraders_stamp(file.path, assignment):
            stamps[name] = file
        elif file.path.suffix.lower() != ".ipynb":
            collected.unmatched[str(file.path)] = "not a notebook (.ipynb)"
        elif not name:
            collected.unmatched[str(file.path)] = "no student in its path"
        else:
            by_student[name].append(file)
    for name, own in sorted(by_student.items()):
        chosen = _chosen(own, assignment)
        for file in own:
            if file is not chosen:
                collected.unmatched[str(file.path)] = (
                    f"{name}: {chosen.path} counts"
                    if chosen
                    else f"{name} handed in {len(own)} notebooks; which one counts?"
                )
        if chosen is None:
            continue
        try:
            _put(course, assignment, name, chosen, stamps.get(name))
            collected.taken[name] = str(chosen.path)
        except Exception as error:  # a damaged member never stops the others
            collected.unmatched[str(chosen.path)] = f"cannot be read: {error}"
    return collected


def _files(source: Path) -> Iterator[File]:
    if source.is_dir():
        for path in sorted(source.rglob("*")):
            hidden = any(p.startswith(".") for p in path.relative_to(source).parts)
            if path.is_file() and not path.is_symlink() and not hidden:
                relative = PurePosixPath(path.relative_to(source).as_posix())
                yield File(relative, _modified(path), path.read_bytes)
    elif zipfile.is_zipfile(source):
        yield from _members(zipfile.ZipFile(source))
    elif source.is_file():
        yield File(PurePosixPath(source.name), _modified(source), source.read_bytes)
    else:
        raise CollectError(
            f"{source} does not exist. Give a folder, a zip or a notebook."
        )


def _members(archive: zipfile.ZipFile) -> Iterator[File]:
    members = archive.infolist()
    size = sum(member.file_size for member in members)
    if len(members) > MOST_MEMBERS or size > MOST_BYTES:
        raise CollectError(
            f"The archive has {len(members)} files and {size >> 20} MB; at most "
            f"{MOST_MEMBERS} files and {MOST_BYTES >> 20} MB are read."
        )
    for member in sorted(members, key=lambda m: m.filename):
        kind = stat.S_IFMT(member.external_attr >> 16)
        if member.is_dir() or kind not in (0, stat.S_IFREG):
            continue
        path = _inside(member.filename)
        if any(part.startswith(".") for part in path.parts) or "__MACOSX" in path.parts:
            continue
        try:
            when = datetime(*member.date_time).astimezone(UTC)
        except (ValueError, OverflowError):  # none, or none that there is
            when = datetime.now(UTC)

        def read(member: zipfile.ZipInfo = member) -> bytes:
            if member.file_size > MOST_FILE:
                raise ValueError(f"it has {member.file_size >> 20} MB")
            with archive.open(member) as file:
                return file.read(MOST_FILE)

        yield File(path, when, read)


def _inside(name: str) -> PurePosixPath:
    """A member's path with nothing in it that leads out of the archive."""
    parts = name.replace("\\", "/").split("/")
    return PurePosixPath(*[part for part in parts if part not in ("", ".", "..")])


def _without_wrapper(files: list[File], assignment: str) -> list[File]:
    """The files below the one folder that holds all, where that is no student's.

    It is none's if below it there are more students than one.
    """
    tops = {file.path.parts[0] for file in files}
    if len(tops) != 1 or any(len(file.path.parts) < 2 for file in files):
        return files
    below = [
        File(file.path.relative_to(file.path.parts[0]), file.when, file.read)
        for file in files
    ]
    notebooks = [file.path for file in below if file.path.suffix == ".ipynb"]
    students = {_student(path, assignment) for path in notebooks}
    return below if len(students) > 1 else files


def _student(path: PurePosixPath, assignment: str) -> str | None:
    """Whose a file is: by its outermost folder, or its own name where it has none.

    Folders further in are the student's own, whatever they are called.
    """
    folders = list(path.parts[:-1])
    while folders and folders[0] in ("submitted", assignment):
        del folders[0]
    name = folders[0] if folders else path.stem
    for pattern in NAMES:
        match = pattern.fullmatch(name)
        if match:
            return _safe("_".join(match.groups()))
    own = name if folders else re.sub(rf"[_ -]*{re.escape(assignment)}$", "", name)
    return _safe(own) or None


def _is_nbgraders_stamp(path: PurePosixPath, assignment: str) -> bool:
    """`STUDENT/ASSIGNMENT/timestamp.txt`; elsewhere it is a file of the student's."""
    if path.name != "timestamp.txt" or len(path.parts) < 3:
        return False
    student, folder = path.parts[-3:-1]
    return folder == assignment and not any(p.fullmatch(student) for p in NAMES)


def _safe(name: str) -> str:
    """A student's id that is one plain folder name, to nbgrader and to a glob."""
    name = unicodedata.normalize("NFC", name).strip()
    name = re.sub(r"[^\w.@-]+", "_", name).strip("_.")
    return name[:100]


def _chosen(files: list[File], assignment: str) -> File | None:
    """The notebook that counts: of the outermost ones the only one, or the one called
    like the assignment."""
    depth = min(len(file.path.parts) for file in files)
    outermost = [file for file in files if len(file.path.parts) == depth]
    named = [file for file in outermost if file.path.stem == assignment]
    for some in (named, outermost):
        if len(some) == 1:
            return some[0]
    return None


def _put(
    course: Course, assignment: str, student: str, file: File, stamped: File | None
) -> None:
    """Writes a hand-in, after all of it was read."""
    data, when = file.read(), _parsed(stamped) if stamped else file.when
    folder = course.submitted(student, assignment)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{assignment}.ipynb").write_bytes(data)
    (folder / "timestamp.txt").write_text(stamp(when), encoding="utf-8")


def _modified(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)


def _parsed(file: File) -> datetime:
    try:
        return parse_utc(file.read().decode().strip()).replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return file.when
