"""Cells that no mark depends on are left out, and only those."""

import pytest
from nbformat.v4 import new_code_cell

from autograder.build import filled_in
from autograder.needed import asked_names, left_out
from autograder.submission import probed


def cells(*sources):
    """Cells `(grade id, source)`; an empty grade id is a cell of the student's own."""
    return [
        new_code_cell(source, metadata={"nbgrader": {"grade_id": name}} if name else {})
        for name, source in sources
    ]


GIVEN = ("given-setup", "import numpy as np")
ANSWER = ("solution-double", "def double(x):\n    y = 2 * x\n    return y")
VISIBLE = ("visible-double", "y = double(3)\nassert y == 6")
PICTURE = ("picture-double", "np.array([y])")


def test_what_is_to_look_at_is_left_out():
    assert left_out(cells(GIVEN, ANSWER, VISIBLE, PICTURE), {"double"}) == {2, 3}


@pytest.mark.parametrize(
    "source",
    [
        "print(y)",
        "def mine():\n    return y",
        "mine = lambda x=y: x",
        "class Mine:\n    z = y",
        "[x for x in range(3) if y]",
        "f'{y}'",
        "%timeit y",
        "y +",  # no Python: any word may be a name
        "globals()['y']",
        "eval('y')",
        "import __main__",
        "vars()",
        "import sys; sys._getframe(0).f_globals",
    ],
)
def test_a_students_cell_that_may_read_a_name_brings_its_cell_back(source):
    found = left_out(cells(GIVEN, ANSWER, VISIBLE, ("", source)), {"double"})
    assert found == set()


@pytest.mark.parametrize(
    "source", ["y = 3", "def f(y):\n    return y", "'y'", "# y", "x.y", "f(y=3)"]
)
def test_a_name_of_the_students_own_does_not(source):
    found = left_out(cells(GIVEN, ANSWER, VISIBLE, ("", source)), {"double"})
    assert found == {2}


def test_what_a_needed_cell_reads_is_needed_too():
    chain = cells(("visible-a", "a = 1"), ("picture-b", "b = a"), ("", "print(b)"))
    assert left_out(chain, set()) == set()


def test_a_name_that_a_probe_asks_for_is_needed():
    assert left_out(cells(GIVEN, ANSWER, VISIBLE), {"double", "y"}) == set()


def test_probes_ask_by_attribute_or_by_text():
    plain = "def run(student, x):\n    return student.double(x)"
    assert asked_names(plain, {"x": "y"}) == {"double"}
    constant = "def run(student):\n    return getattr(student, 'double')('z')"
    assert asked_names(constant, {}) == {"double"}
    by_input = "def run(student, name, x):\n    return getattr(student, name)(x)"
    assert asked_names(by_input, {"name": ["double"], "x": "y"}) == {"double"}
    handed_on = "def run(student, x):\n    return f(student, 'mean')"
    assert asked_names(handed_on, {"x": [{"a": "b"}]}) == {"mean", "b"}


def test_of_a_right_answer_all_that_is_to_look_at_is_left_out(toy):
    notebook = filled_in(toy, toy.reference)
    found = left_out(notebook.cells, probed(toy, 3))
    names = [notebook.cells[n].metadata.nbgrader.grade_id for n in sorted(found)]
    assert names == ["visible-double", "visible-mean"]
