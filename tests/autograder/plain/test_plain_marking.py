"""Test cells of ordinary nbgrader assignments decide, by nbgrader's own rule."""

import json

import nbformat
import pytest

from autograder.plain.marking import mark_plain
from autograder.submission import Result
from tests.autograder.plain_courses import code, notebook, packed, released, text
from tests.autograder.plain_exercise import EVERYTHING, RIGHT, exercise


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    return exercise(tmp_path_factory.mktemp("marked") / "course")


@pytest.fixture(scope="module")
def assignment(course):
    return course.assignment("ex")


@pytest.fixture
def mark(parent, assignment, course):
    """Marks one notebook of the assignment with answers by cell name."""

    def marked(_name, _files=None, _change=None, **answers) -> Result:
        one = released(course, "ex", _name)
        for cell in one.cells:
            name = cell.metadata.get("nbgrader", {}).get("grade_id")
            cell.source = answers.get(name, cell.source)
        if _change:
            _change(one)
        return mark_plain(parent, packed({_name: one}, _files or {}), assignment)

    return marked


def points(result, name="code"):
    return {
        cell.removeprefix(f"{name}/"): problem.earned
        for cell, problem in result.problems.items()
        if cell.startswith(f"{name}/")
    }


def told(result, name):
    return result.problems[name].marks[0].sentence


def outputs(result, name, grade_id):
    cells = result.notebooks[name]["cells"]
    return next(cell["outputs"] for cell in cells if cell["id"] == grade_id)


def test_a_right_answer_gets_what_the_tests_give(mark):
    result = mark("code", solution=RIGHT)
    assert result.status == "marked" and result.repairs == []
    assert points(result) == EVERYTHING
    assert told(result, "code/part") == "The tests gave a part of the points."
    assert told(result, "code/hidden") == told(result, "code/words") == ""


def test_hidden_tests_decide(mark):
    result = mark(
        "code", solution="def double(x):\n    return {1: 2, 2: 4, 4: 8}.get(x, 0)"
    )
    assert points(result) == {**EVERYTHING, "hidden": 0, "quiet": 0}
    assert told(result, "code/hidden") == "The tests raised `AssertionError`"


def test_untouched_it_earns_nothing_that_it_was_not_given(mark):
    result = mark("code")
    assert points(result) == {n: 1 if n == "locked" else 0 for n in EVERYTHING}
    assert "NotImplementedError" in told(result, "code/hidden")
    assert result.problems["code/free"].marks[0].share == 0


def test_warnings_cost_the_points_as_in_nbgrader(mark):
    warns = "import warnings\ndef double(x):\n    x == 5 and warnings.warn('mind')\n"
    result = mark("code", solution=warns + "    return 2 * x")
    assert points(result) == {**EVERYTHING, "quiet": 0}
    assert "warnings" in told(result, "code/quiet")


def test_locked_cells_and_points_are_the_releases(mark):
    def cheat(one):
        for cell in one.cells:
            name = cell.metadata.get("nbgrader", {}).get("grade_id")
            if name in EVERYTHING:
                cell.source, cell.metadata.nbgrader.points = "pass", 100

    result = mark("code", _change=cheat, given="offset = 2")
    assert points(result) == {n: 1 if n == "locked" else 0 for n in EVERYTHING}
    assert "code.ipynb: given differed from the release" in result.repairs


def test_tests_that_were_deleted_come_back(mark):
    def delete(one):
        one.cells = [c for c in one.cells if "double(1)" not in c.source]

    result = mark("code", _change=delete, solution=RIGHT)
    assert points(result) == EVERYTHING
    assert result.repairs == ["code.ipynb: hidden was missing"]


def test_tests_that_a_student_tagged_to_be_skipped_run(mark):
    def tag(one):
        for cell in one.cells:
            cell.metadata["tags"] = ["skip-execution"]

    assert points(mark("code", _change=tag))["hidden"] == 0


def test_errors_cannot_be_hidden(mark):
    hides = "import IPython.core.interactiveshell as shell\n"
    hides += "shell.InteractiveShell.showtraceback = lambda *_, **__: None"
    result = mark("code", solution=hides)
    assert points(result) == {n: 1 if n == "locked" else 0 for n in EVERYTHING}


def test_much_output_hides_no_error_and_no_number(mark, assignment):
    much = f"for _ in range(12):\n    print('x' * {assignment.limits.output_bytes})\n"
    floods = [code(much) for _ in range(12)]

    def flood(one):
        one.cells = [*floods, *one.cells]

    right, wrong = (mark("code", _change=flood, solution=s) for s in (RIGHT, "1"))
    assert points(right) == EVERYTHING
    assert points(wrong) == {n: 1 if n == "locked" else 0 for n in EVERYTHING}
    assert "too much" in json.dumps(wrong.to_json())


def test_a_cell_that_never_ends_costs_its_own_points(mark):
    loop = "def double(x):\n    while x == 3:\n        pass\n    return 2 * x"
    result = mark("code", solution=loop)
    assert points(result) == {**EVERYTHING, "hidden": 0}
    assert any("too long" in event for event in result.events)


def test_a_cell_that_ends_the_process_costs_its_own_points(mark):
    ends = "import os\ndef double(x):\n    x == 3 and os._exit(0)\n    return 2 * x"
    assert points(mark("code", solution=ends)) == {**EVERYTHING, "hidden": 0}


def test_more_points_than_there_are_is_refused_as_in_nbgrader(mark):
    class_ = "class double(int):\n    def __new__(cls, x):\n        return 2 * x"
    forged = f"{class_}\nimport builtins\n"
    forged += "get_ipython().display_formatter.formatters['text/plain'].for_type("
    forged += "float, lambda *a: a[1].text('99'))"
    result = mark("code", solution=forged)
    assert result.status == "failed"
    assert "code/part" in result.reason and "nbgrader refuses" in result.reason


def test_files_and_modules_lie_beside_the_notebook(mark):
    load = "import helper\ntext = open('data/x.csv').read()"
    assert points(mark("data", load=load), "data") == {"loaded": 1}


def test_a_students_files_are_there_but_take_no_other_ones_place(mark):
    load = "import helper\ntext = open('mine.txt').read()"
    files = {"mine.txt": b"a,b", "helper.py": b"def twice(x): return 5"}
    assert points(mark("data", files, load=load), "data") == {"loaded": 1}


def test_each_notebook_runs_by_itself(parent, assignment, course):
    both = {name: released(course, "ex", name) for name in ("code", "data")}
    both["code"].cells.insert(0, code("text = 'a,b'; open('left', 'w').close()"))
    both["data"].cells.insert(0, code("import os, helper\nos.path.exists('left')"))
    result = mark_plain(parent, packed(both, {}), assignment)
    assert points(result, "data") == {"loaded": 0}
    seen = result.notebooks["data"]["cells"][0]["outputs"]
    assert seen[0]["data"]["text/plain"] == "False"


def test_a_notebook_that_is_missing_earns_nothing_and_is_told(mark):
    result = mark("data")
    assert points(result) == dict.fromkeys(EVERYTHING, 0)
    assert told(result, "code/hidden") == "This notebook was not handed in."
    assert "Not handed in: code.ipynb, written.ipynb." in result.events


def test_notebooks_of_other_names_are_left_out_and_told(parent, assignment, course):
    files = {"code": released(course, "ex", "code"), "code copy": notebook()}
    result = mark_plain(parent, packed(files, {}), assignment)
    assert "Not of this assignment, left out: code copy.ipynb." in result.events
    assert set(result.notebooks) == {"code"}


@pytest.mark.parametrize("data", [{}, {"other": notebook()}])
def test_nothing_that_counts_is_a_reason(parent, assignment, data):
    result = mark_plain(parent, packed(data, {}), assignment)
    assert result.status == "failed" and "code.ipynb" in result.reason


def test_a_damaged_notebook_is_named(parent, assignment, course):
    right = released(course, "ex", "code")
    hand_in = packed({"code": right}, {})
    hand_in.notebooks["written"] = b"{"
    result = mark_plain(parent, hand_in, assignment)
    assert result.status == "failed" and result.reason.startswith("written.ipynb: ")


def test_metadata_of_older_versions_is_read(mark):
    def age(one):
        for cell in one.cells:
            marks = cell.metadata.get("nbgrader")
            if marks:
                del marks["schema_version"]
                marks["points"] = str(marks.get("points", ""))

    assert points(mark("code", _change=age, solution=RIGHT)) == EVERYTHING


def test_other_cell_types_and_pictures_survive(mark):
    dot = "iVBORw0KGgo="

    def change(one):
        one.cells[0].attachments = {"p.png": {"image/png": dot}}
        one.cells.insert(1, text("![](q.png)"))
        one.cells[1].attachments = {"q.png": {"image/png": dot, "text/html": "<b>"}}
        one.cells[2].cell_type = "markdown"

    result = mark("written", _change=change, why="![](p.png)", own="print(1)")
    cells = result.notebooks["written"]["cells"]
    assert cells[0]["attachments"] == {"p.png": {"image/png": dot}}
    assert cells[1]["attachments"] == {"q.png": {"image/png": dot}}
    assert cells[2]["cell_type"] == "code" and cells[2]["outputs"]
    nbformat.validate(nbformat.from_dict(result.notebooks["written"]))
