"""A notebook of a student who means harm, and an assignment with little patience."""

import shutil
from dataclasses import dataclass
from pathlib import Path

WRONG = "def double(x):\n    return 0 * x"


@dataclass(frozen=True)
class Attack:
    """What is handed in.

    Attributes:
        told: words that the grader must find among the events.
        keeps: whether the right `mean` keeps its points.
    """

    cells: tuple[str, ...] = ()
    double: str = WRONG
    told: str = ""
    keeps: bool = True


def stricter(toy: Path, folder: Path) -> Path:
    """A copy of the toy assignment with less memory, and less patience."""
    shutil.copytree(toy, folder)
    checks = folder / "checks.py"
    text = checks.read_text().replace("grace_seconds=2", "grace_seconds=1")
    checks.write_text(text.replace("processes=64", "processes=64, memory_mb=1100"))
    return folder
