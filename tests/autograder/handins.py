"""Archives of hand-ins, and what a course has of them."""

import io
import zipfile
from pathlib import Path

from autograder.course import Course

Files = dict[str | zipfile.ZipInfo, bytes | str]


def zip_bytes(files: Files) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def zipped(path: Path, files: Files) -> Path:
    path.write_bytes(zip_bytes(files))
    return path


def at(name: str, day: int) -> zipfile.ZipInfo:
    """A member that came on a day of January 2026."""
    return zipfile.ZipInfo(name, (2026, 1, day, 12, 0, 0))


def stored(course: Course, student: str, name: str = "toy.ipynb") -> bytes:
    return (course.submitted(student, "toy") / name).read_bytes()
