"""The part of the page of speed that is about marking."""

import pathlib

from figures import BACKENDS, number, stored, table

FIRST, OTHERS, OVERHEAD = 15, 5, 0.3

HEAD = """
## Marking

`autograder grade --jobs 2` beside `nbgrader autograde`, on the same hand-ins (right
and wrong answers of the assignment) with the same seed, halves of the class in turns.
*s* is wall-clock time per hand-in; *computing* what a student's process computes of it,
on one thread; *overhead* what two jobs spend beside that, starting included. Aimed at:
{first} times as fast on `mlp`, {others} times on the others, an overhead of at most
{overhead} s, and at most 3 GB plus 0.5 GB a job. `nbgrader` runs every cell in a kernel
of its own; `autograder` leaves out the cells that no mark depends on.
"""

GROWTH = """
## A growing class

Blank hand-ins, `--jobs 2`: seconds of `grade` and of `report` for each.
"""


def marking_page(folder: pathlib.Path) -> str:
    marking, growing = stored(folder, "marking"), stored(folder, "growth")
    head = HEAD.format(first=FIRST, others=OTHERS, overhead=OVERHEAD)
    return "\n".join([head, _marking(marking), GROWTH, _growth(growing)])


def _marking(results: dict) -> str:
    head = ["assignment", "backend", "hand-ins", "nbgrader s", "ours s", "computing s"]
    head += ["overhead s", "times as fast", "peak MB", "marks that differ"]
    rows = [
        [
            name,
            BACKENDS[backend],
            str(entry["hand-ins"]),
            *(number(entry[f"{w} s"]) for w in ("nbgrader", "ours", "computing")),
            _marked(entry["overhead s"], entry["overhead s"] > OVERHEAD),
            _marked(
                entry["times as fast"],
                entry["times as fast"] < (FIRST if name == "mlp" else OTHERS),
            ),
            str(entry["peak MB"]),
            str(len(entry["marks differ"])),
        ]
        for backend, entries in results.items()
        for name, entry in sorted(entries.items())
    ]
    return table(head, rows)


def _growth(results: dict) -> str:
    head = ["assignment", "backend", "hand-ins", "grade s", "report s", "peak MB"]
    rows = [
        [
            name,
            BACKENDS[backend],
            size,
            number(entry["seconds each"], 3),
            number(entry["report seconds each"], 3),
            str(entry["peak MB"]),
        ]
        for backend, entries in results.items()
        for name, sizes in sorted(entries.items())
        for size, entry in sorted(sizes.items(), key=lambda item: int(item[0]))
    ]
    return table(head, rows)


def _marked(value: float, missed: bool) -> str:
    """A figure, bold where it is not what was aimed at."""
    return f"**{number(value)}**" if missed else number(value)
