"""Boxes like nbgrader's kernels: files lie beside the notebook, warnings show."""

import base64
from typing import Any

from autograder.box.client import Box, BoxDied, BoxError, Boxes
from autograder.limits import Limits

PIECE = 4 << 20  # bytes of a file in one message
SECONDS = 20
ENTER = """\
def run(student):
    import os, subprocess, sys, warnings
    from IPython import get_ipython
    sys.path.insert(0, os.getcwd())
    quiet = ("ignore", None, Warning, None, 0)
    if quiet in warnings.filters:
        warnings.filters.remove(quiet)
    # What the warm parent left behind complains when it goes; that costs no points.
    sys.unraisablehook = lambda _: None
    shell, pipe = get_ipython(), subprocess.PIPE
    def system(command):  # IPython's own needs a terminal, which no box has
        done = subprocess.run(
            shell.var_expand(command, depth=1), shell=True, text=True, errors="replace",
            stdin=subprocess.DEVNULL, stdout=pipe, stderr=subprocess.STDOUT,
        )
        print(done.stdout, end="")
        shell.user_ns["_exit_code"] = done.returncode
    shell.system = system
"""
PLACE = """\
def run(student, name, data, mode):
    import base64, os
    os.makedirs(os.path.dirname(name) or ".", exist_ok=True)
    with open(name, mode) as file:
        file.write(base64.b64decode(data))
"""


class Furnished:
    """Makes boxes with `files` (by relative path) in the folder that they work in.

    A box's files are its own: what a notebook writes over is lost with the box.
    """

    def __init__(self, boxes: Boxes, files: dict[str, bytes]) -> None:
        self.boxes, self.files = boxes, files

    def box(self, limits: Limits) -> Box:
        """A fresh box. Raises BoxError if none can be had, or not with the files."""
        made = self.boxes.box(limits)
        box = KernelLike(made.boxes, made.channel, limits)
        _do(box, ENTER)
        for name, data in self.files.items():
            for start in range(0, max(len(data), 1), PIECE):
                piece = base64.b64encode(data[start : start + PIECE]).decode()
                mode = "ab" if start else "wb"
                _do(box, PLACE, name=name, data=piece, mode=mode)
        return box


class KernelLike(Box):
    """A box that tells of every error, as a kernel's own reply does.

    A student may replace what shows errors; how a cell ended is said all the same.
    """

    def run_cell(self, source: str, seconds: float) -> dict[str, Any]:
        reply = super().run_cell(source, seconds)
        outputs = reply.get("outputs")
        outputs = outputs if isinstance(outputs, list) else []
        shown = any(_is_error(output) for output in outputs)
        if reply.get("ended") != "ok" and not shown:
            outputs = [*outputs, HIDDEN]
        return {**reply, "outputs": outputs}


HIDDEN = {
    "output_type": "error",
    "ename": "Error",
    "evalue": "the cell raised an error that it did not show",
    "traceback": [],
}


def _is_error(output: Any) -> bool:
    return isinstance(output, dict) and output.get("output_type") == "error"


def _do(box: Box, source: str, **inputs: str) -> None:
    """Runs our own code in a box in which nothing of the student's has run yet."""
    try:
        reply = box.probe(source, inputs, SECONDS)
    except BoxDied as death:
        raise BoxError(f"a box could not be furnished: it {death}") from None
    if "value" not in reply:
        box.close()
        raise BoxError(f"a box could not be furnished: {reply.get('error')}")
