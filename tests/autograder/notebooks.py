"""Hand-ins of the toy assignment, made for a test."""

from typing import Any

import nbformat

from autograder.build import filled_in, text_of
from autograder.submission import Result, mark_submission
from autograder.workers.parcel import Parcel

WRONG = "def double(x):\n    return 0 * x"


def hand_in(toy: Any, extra: str = "", **cells: str) -> bytes:
    """The reference with `cells` in place of its holes, `extra` as a first cell."""
    notebook = filled_in(toy, {**toy.reference, **cells})
    if extra:
        notebook.cells.insert(0, nbformat.v4.new_code_cell(extra))
    return text_of(notebook).encode()


def mark(toy: Any, release: Any, parent: Any, data: bytes, seed: int = 7) -> Result:
    return mark_submission(parent, Parcel({"toy": data}), toy, release, seed)


def printed(result: Result) -> str:
    """All that the student's cells showed."""
    (notebook,) = result.notebooks.values()
    cells = notebook["cells"]
    outputs = [output for cell in cells for output in cell.get("outputs", [])]
    return "\n".join(str(output) for output in outputs)
