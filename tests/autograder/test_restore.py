"""Whatever a student does to the cells, the release's come back, theirs are kept."""

import copy
import json

import nbformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nbformat.v4 import new_code_cell, new_markdown_cell

from autograder.assignment import Assignment
from autograder.build import filled_in, release_notebook, text_of
from autograder.restore import Unreadable, read, restore
from tests.autograder.conftest import SOLUTIONS

TOY = Assignment(SOLUTIONS / "toy")
RELEASE = release_notebook(TOY)
DONE = filled_in(TOY, TOY.reference)


def ids(notebook):
    names = (
        cell.metadata.get("nbgrader", {}).get("grade_id") for cell in notebook.cells
    )
    return [name for name in names if name]


def restored(notebook):
    return restore(read(text_of(notebook).encode()), RELEASE)


def changed(change):
    notebook = copy.deepcopy(DONE)
    change({cell.id: cell for cell in notebook.cells}, notebook.cells)
    return restored(notebook)


def sources(result):
    return {cell.id: cell.source for cell in result.notebook.cells}


def test_an_honest_hand_in_needs_no_repair():
    result = restored(DONE)
    assert result.repairs == []
    assert sources(result)["solution-double"] == TOY.reference["double"]


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_every_released_cell_stands_exactly_once(data):
    """Cells dropped, doubled, shuffled and retyped, in any combination."""
    count = st.integers(0, len(DONE.cells) - 1)
    order = data.draw(st.lists(count, max_size=20))
    cells = [copy.deepcopy(DONE.cells[index]) for index in order]
    for index, cell in enumerate(cells):
        cell.id = f"c{index}"
        if data.draw(st.booleans()):
            cell.source += "\n# own words"
        if data.draw(st.integers(0, 5)) == 0:
            cell.cell_type = "raw"
            cell.pop("outputs", None)
            cell.pop("execution_count", None)
    notebook = copy.deepcopy(DONE)
    notebook.cells = cells
    result = restored(notebook)
    assert sorted(ids(result.notebook)) == sorted(ids(RELEASE))
    locked = {c.id: c.source for c in RELEASE.cells if c.id.startswith(("c", "g", "v"))}
    assert locked.items() <= sources(result).items()
    own = {c.source for c in cells if c.source not in {d.source for d in RELEASE.cells}}
    kept = {cell.source for cell in result.notebook.cells}
    written = {source for source in own if "own words" not in source}
    assert written - set(locked.values()) <= kept
    nbformat.validate(result.notebook)


def test_an_edited_test_is_put_back_and_said():
    def edit(cells, order):
        cells["check-mean"].source = "3.0"

    result = changed(edit)
    assert "hidden checks" in sources(result)["check-mean"]
    assert result.repairs == ["check-mean differed from the release"]


def test_changed_points_are_put_back_and_said():
    def edit(cells, order):
        cells["check-mean"].metadata.nbgrader.points = 1000

    result = changed(edit)
    cell = next(cell for cell in result.notebook.cells if cell.id == "check-mean")
    assert cell.metadata.nbgrader.points == 3
    assert result.repairs == ["check-mean had other points than the release"]


def test_a_deleted_check_comes_back_behind_the_answer():
    def delete(cells, order):
        order.remove(cells["check-double"])

    names = ids(changed(delete).notebook)
    assert names.index("solution-double") < names.index("check-double")
    assert names.index("check-double") < names.index("solution-mean")


def test_an_answer_pasted_into_an_own_cell_is_not_undone():
    def move(cells, order):
        cell = cells["solution-double"]
        place = order.index(cell)
        order[place] = new_code_cell(cell.source)

    result = changed(move)
    assert sources(result)["solution-double"] == ""
    assert TOY.reference["double"] in sources(result).values()


def test_an_untouched_copy_further_down_does_not_undo_the_answer():
    def double(cells, order):
        stub = copy.deepcopy(
            next(c for c in RELEASE.cells if c.id == "solution-double")
        )
        stub.id = "copy"
        order.insert(len(order) - 1, stub)

    result = changed(double)
    assert sources(result)["solution-double"] == TOY.reference["double"]
    assert not any(
        "NotImplementedError" in source for source in sources(result).values()
    )
    assert "untouched copy was dropped" in result.repairs[0]


def test_of_two_answers_the_last_counts_and_the_first_is_kept():
    def double(cells, order):
        again = copy.deepcopy(cells["solution-double"])
        again.id, again.source = "again", "def double(x):\n    return x + x"
        order.insert(order.index(cells["check-double"]), again)

    result = changed(double)
    assert sources(result)["solution-double"] == "def double(x):\n    return x + x"
    assert TOY.reference["double"] in sources(result).values()


def test_metadata_outputs_and_attachments_are_left_behind():
    def stuff(cells, order):
        cell = cells["solution-double"]
        cell.metadata.nbgrader.locked = True
        cell.metadata["evil"] = "<script>"
        cell.outputs = [nbformat.v4.new_output("stream", text="100")]

    assert "evil" not in text_of(changed(stuff).notebook)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "not JSON"),
        (b"PK\x03\x04", "not JSON"),
        (b"\xff\xfe\x00", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b"[1, 2]", "no cells"),
        (b'{"cells": 3, "nbformat": 4}', "damaged"),
        (b'{"cells": [3], "nbformat": 4, "nbformat_minor": 5, "metadata": {}}', "dam"),
        (b'{"cells": [], "nbformat": 99, "metadata": {}}', "damaged"),
        (b" " * (21 << 20), "21 MB"),
        (json.dumps({**DONE, "cells": [DONE.cells[0]] * 2001}).encode(), "2001 cells"),
    ],
)
def test_what_is_no_notebook_is_refused_with_a_reason(data, words):
    with pytest.raises(Unreadable, match=words):
        read(data)


def test_version_3_is_read():
    old = json.dumps(nbformat.convert(copy.deepcopy(DONE), 3)).encode()
    assert ids(restore(read(old), RELEASE).notebook) == ids(RELEASE)


def test_half_characters_are_replaced():
    notebook = copy.deepcopy(DONE)
    notebook.cells[0].source = "\ud800"
    cell = read(json.dumps(notebook).encode()).cells[0]
    assert cell.source == "?"


def test_a_byte_order_mark_is_no_obstacle():
    assert read(b"\xef\xbb\xbf" + text_of(DONE).encode()).cells


DOT = "iVBORw0KGgo="
MARKS = {"grade": False, "solution": False, "locked": True, "schema_version": 3}


def test_pictures_in_an_answer_stay_and_nothing_else_that_was_pasted():
    pasted = {
        "a.png": {"image/png": DOT, "text/html": "evil"},
        "b.svg": {"image/svg+xml": "<svg onload='evil'>"},
        "c.png": {"image/png": '"><script>evil'},
        "d.png": {"image/png": ["evil<", ">"]},
    }

    def paste(cells, order):
        cells["written-why"].attachments = pasted
        order.append(new_markdown_cell("![](attachment:a.png)"))
        order[-1].attachments = pasted
        cells["visible-mean"].attachments = pasted

    result = changed(paste)
    written, own = (
        next(cell for cell in result.notebook.cells if wanted(cell))
        for wanted in (lambda c: c.id == "written-why", lambda c: "![" in c.source)
    )
    assert written.attachments == own.attachments == {"a.png": {"image/png": DOT}}
    assert "evil" not in text_of(result.notebook)
    nbformat.validate(result.notebook)


def test_what_nbgrader_leaves_open_stays_as_the_student_wrote_it():
    """A task that is not locked may be answered where it stands."""
    release = copy.deepcopy(RELEASE)
    task = next(cell for cell in release.cells if cell.id == "written-why")
    task.metadata.nbgrader.update(task=True, solution=False, grade=False, locked=False)
    hand_in = copy.deepcopy(release)
    for cell in hand_in.cells:
        cell.source += "\n# own words"
    result = restore(read(text_of(hand_in).encode()), release)
    open_ones = {c.id for c in result.notebook.cells if "own words" in c.source}
    released = {cell.id for cell in release.cells}
    locked = {i for i in released if i.startswith(("given", "visible", "check"))}
    assert "written-why" in open_ones and not open_ones & locked


def test_names_too_long_for_an_id_are_no_obstacle():
    release = copy.deepcopy(RELEASE)
    for cell in release.cells[-2:]:
        cell.metadata["nbgrader"] = {**MARKS, "grade_id": cell.id + 64 * "x"}
    result = restore(read(text_of(release).encode()), release)
    nbformat.validate(result.notebook)
    assert len({cell.id for cell in result.notebook.cells}) == len(release.cells)
    assert result.repairs == []
