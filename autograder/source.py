"""Reads an assignment's percent script into cells with a role."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import jupytext

ROLES = ("given", "picture", "solution", "test", "written")


class SourceError(Exception):
    """An instructor's file is not what it should be; says where and what to do."""


@dataclass(frozen=True)
class Cell:
    """One cell of the script.

    Attributes:
        kind: `"code"` or `"markdown"`.
        role: one of `ROLES`, or `"text"`.
        name: the tag's value; `"text-3"` for the third text cell.
        points: of a test or a written question, else 0.
    """

    kind: str
    role: str
    name: str
    source: str
    points: float = 0


def read_cells(path: Path) -> list[Cell]:
    """The cells of a percent script, in order.

    Raises:
        SourceError: a tag is unknown, a name stands twice, points are missing.
    """
    notebook = jupytext.reads(path.read_text(encoding="utf-8"), fmt="py:percent")
    cells = list(_cells(notebook, path))
    names = [(cell.role, cell.name) for cell in cells]
    for role, name in names:
        if names.count((role, name)) > 1:
            raise SourceError(f'{path}: {role}="{name}" stands in more than one cell.')
    return cells


def _cells(notebook, path: Path) -> Iterator[Cell]:
    texts = 0
    for cell in notebook.cells:
        tags = {key: value for key, value in cell.metadata.items() if key in ROLES}
        unknown = set(cell.metadata) - {*ROLES, "points", "lines_to_next_cell"}
        if unknown or len(tags) > 1 or (cell.cell_type == "code" and not tags):
            raise SourceError(
                f"{path}: the cell that begins {cell.source[:40]!r} has the tags "
                f"{dict(cell.metadata)}. Expected exactly one of {', '.join(ROLES)}, "
                f"and points for test and written."
            )
        role, name = next(iter(tags.items()), ("text", ""))
        if role == "text":
            texts += 1
            name = f"text-{texts}"
        points = cell.metadata.get("points", 0)
        if (role in ("test", "written")) != (points > 0):
            raise SourceError(f'{path}: {role}="{name}" has points={points}.')
        yield Cell(cell.cell_type, role, name, cell.source, float(points))


def read_answer(path: Path) -> tuple[list[str], dict[str, str]]:
    """A wheat's or chaff's leading comment lines, and its solution cells by name."""
    head, mark, body = path.read_text(encoding="utf-8").partition("# %%")
    comments = [line.lstrip("# ").rstrip() for line in head.splitlines() if line]
    notebook = jupytext.reads(mark + body, fmt="py:percent")
    cells = {}
    for cell in notebook.cells:
        name = cell.metadata.get("solution")
        if name is None:
            raise SourceError(
                f'{path}: every cell of an answer begins `# %% solution="NAME"`. '
                f"Received: {cell.source[:40]!r}"
            )
        cells[name] = cell.source
    return comments, cells
