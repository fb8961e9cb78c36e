"""Puts a hand-in back into the shape of the release; keeps all that a student wrote.

A notebook from a student is data: of each cell only its kind, its source, pictures
pasted into its text and the name in its nbgrader metadata are read. Points, locks and
order of the tests come from the release.
"""

import copy
import json
import re
import warnings
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_raw_cell
from nbformat.warnings import DuplicateCellId, MissingIDFieldWarning

# Cell ids of hand-ins are never used, so what is wrong with them is nobody's concern.
for warning in (DuplicateCellId, MissingIDFieldWarning):
    warnings.simplefilter("ignore", warning)

MOST_BYTES = 20 << 20
MOST_CELLS = 2000
NEW_CELL = {
    "code": new_code_cell,
    "markdown": new_markdown_cell,
    "raw": new_raw_cell,
}
PICTURES = ("image/png", "image/jpeg", "image/gif")
BASE64 = re.compile(r"[A-Za-z0-9+/=\s]*")  # a page shows it as it stands
MOST_ID = 64  # characters, of nbformat


class Unreadable(Exception):
    """The hand-in is not a notebook; says why and what a person can do."""


@dataclass(frozen=True)
class Restored:
    """A submission in the release's shape, and what had to be repaired for it."""

    notebook: NotebookNode
    repairs: list[str]


def check_size(size: int) -> None:
    """Raises Unreadable for a file of more than `MOST_BYTES`."""
    if size > MOST_BYTES:
        raise Unreadable(
            f"The file has {size >> 20} MB; at most {MOST_BYTES >> 20} MB are read. "
            f"Ask for it again with its outputs cleared."
        )


def read(data: bytes) -> NotebookNode:
    """The notebook in a file's bytes, of any nbformat version, brought to version 4.

    Raises:
        Unreadable: too large, not JSON, or JSON that is no notebook.
    """
    check_size(len(data))
    try:
        text = data.decode("utf-8-sig")
        tree = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Unreadable(
            f"The file is not a notebook: it is not JSON ({error}). Ask for it again."
        ) from None
    if not isinstance(tree, dict) or not {"cells", "worksheets"} & set(tree):
        raise Unreadable("The file is JSON but not a notebook: it has no cells.")
    try:
        notebook = nbformat.reads(text, as_version=4)
        cells = [_plain_cell(cell) for cell in notebook.cells]
    except Exception as error:
        raise Unreadable(
            f"The file is a damaged notebook ({type(error).__name__}: "
            f"{str(error)[:200]}). Ask for it again."
        ) from None
    if len(cells) > MOST_CELLS:
        raise Unreadable(
            f"The notebook has {len(cells)} cells; at most {MOST_CELLS} are run."
        )
    return nbformat.v4.new_notebook(cells=cells)


def printable(text: object) -> str:
    """Text that every file, page and database takes.

    Halves of characters are replaced, control characters but tab and newline dropped.
    """
    whole = str(text).encode("utf-8", "replace").decode("utf-8")
    return "".join(c for c in whole if c in "\t\n" or ord(c) >= 32)


def restore(submitted: NotebookNode, release: NotebookNode) -> Restored:
    """The submission with every released cell in place exactly once.

    Locked cells are the release's. Of a solution cell that stands several times, the
    last one that was written in keeps the name; the others stay as extra cells, and
    untouched copies are dropped (they would undo the answer). Missing cells are put
    back before the next released cell; a missing hole comes back empty, so that an
    answer pasted elsewhere stays in force.
    """
    ours = {_name(cell): cell for cell in release.cells if _name(cell)}
    copies = defaultdict(list)
    for index, cell in enumerate(submitted.cells):
        if _name(cell) in ours:
            copies[_name(cell)].append(index)
    repairs: list[str] = []
    keepers = {n: _keeper(i, submitted, ours[n]) for n, i in copies.items()}
    cells = []
    for index, cell in enumerate(submitted.cells):
        name = _name(cell)
        if name not in ours:
            cells.append(_own(cell))
        elif keepers[name] == index:
            cells.append(_in_place(cell, ours[name], repairs))
        elif _is_hole(ours[name]) and cell.source != ours[name].source:
            repairs.append(f"{name} stood twice; an earlier copy is an extra cell now")
            cells.append(_own(cell))
        else:
            repairs.append(f"{name} stood twice; an untouched copy was dropped")
    _put_back(cells, release, repairs)
    notebook = copy.deepcopy(release)
    notebook.cells = cells
    _number(cells)
    return Restored(notebook, repairs)


def _plain_cell(cell: Any) -> NotebookNode:
    """Kind, source, pictures and released name of a cell; all else is dropped."""
    kind = cell.cell_type if cell.cell_type in NEW_CELL else "raw"
    source = cell.source if isinstance(cell.source, str) else "".join(cell.source)
    new = NEW_CELL[kind](printable(source))
    _add_pictures(new, cell)
    nbgrader = cell.get("metadata", {}).get("nbgrader")
    if isinstance(nbgrader, dict) and isinstance(nbgrader.get("grade_id"), str):
        new.metadata["nbgrader"] = {
            "grade_id": nbgrader["grade_id"],
            "points": nbgrader.get("points"),
        }
    return new


def _add_pictures(new: NotebookNode, cell: NotebookNode) -> None:
    """Takes over what was pasted into a text, where it is a picture."""
    pasted = cell.get("attachments")
    if new.cell_type != "markdown" or not isinstance(pasted, dict):
        return
    for name, forms in pasted.items():
        for kind, data in forms.items() if isinstance(forms, dict) else ():
            if kind in PICTURES and _is_base64(data):
                new.setdefault("attachments", {})[printable(name)] = {kind: data}


def _is_base64(data: Any) -> bool:
    return isinstance(data, str) and BASE64.fullmatch(data) is not None


def _own(cell: NotebookNode) -> NotebookNode:
    """A cell of the student's, without any released name."""
    new = NEW_CELL[cell.cell_type](cell.source)
    _add_pictures(new, cell)
    return new


def _name(cell: NotebookNode) -> str:
    return cell.metadata.get("nbgrader", {}).get("grade_id", "")


def _is_hole(released: NotebookNode) -> bool:
    """Whether students write in it, by nbgrader's rule: it locks tests, always."""
    marks = released.metadata.nbgrader
    return marks.solution or not (marks.grade or marks.locked)


def _keeper(indices: list[int], submitted: NotebookNode, released: NotebookNode) -> int:
    """Which of several copies of a cell stays."""
    if not _is_hole(released):
        return indices[0]
    written = [i for i in indices if submitted.cells[i].source != released.source]
    return written[-1] if written else indices[0]


def _in_place(
    cell: NotebookNode, released: NotebookNode, repairs: list[str]
) -> NotebookNode:
    """The released cell, with the student's source where it is a hole."""
    name, restored = _name(cell), copy.deepcopy(released)
    points = released.metadata.nbgrader.get("points")
    if points is not None and cell.metadata.nbgrader.get("points") != points:
        repairs.append(f"{name} had other points than the release")
    if cell.cell_type != released.cell_type:
        repairs.append(f"{name} had been made a {cell.cell_type} cell")
    if _is_hole(released):
        restored.source = cell.source
        _add_pictures(restored, cell)
    elif cell.source != released.source:
        repairs.append(f"{name} differed from the release")
    return restored


def _put_back(
    cells: list[NotebookNode], release: NotebookNode, repairs: list[str]
) -> None:
    """Inserts the missing released cells, each before its next released neighbour."""
    order = [cell for cell in release.cells if _name(cell)]
    following = len(cells)
    for released in reversed(order):
        places = [i for i, cell in enumerate(cells) if _name(cell) == _name(released)]
        if places:
            following = places[0]
            continue
        cell = copy.deepcopy(released)
        if _is_hole(released) and released.cell_type == "code":
            cell.source = ""
        cells.insert(following, cell)
        repairs.append(f"{_name(released)} was missing")


def _number(cells: list[NotebookNode]) -> None:
    """Gives every cell an id of its own: the released name, or a count."""
    for index, cell in enumerate(cells):
        name = _name(cell)
        cell.id = name if 0 < len(name) <= MOST_ID else f"own-{index}"
