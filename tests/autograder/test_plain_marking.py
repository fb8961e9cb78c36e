"""Test cells of ordinary nbgrader assignments decide, by nbgrader's own rule."""

import copy
import json

import nbformat
import pytest
from nbgrader.utils import determine_grade

from autograder.parcel import pack
from autograder.plain_marking import mark_plain
from autograder.record import Recorder
from autograder.submission import Result
from tests.autograder.plain_courses import (
    add,
    code,
    graded,
    lay,
    make,
    notebook,
    packed,
    released,
    text,
)

VISIBLE = "assert double(1) == 2"
HIDDEN = (
    f"{VISIBLE}\n### BEGIN HIDDEN TESTS\nassert double(3) == 6\n### END HIDDEN TESTS"
)
CODE = notebook(
    code("offset = 1", "given", locked=True),
    code("def double(x):\n    ### BEGIN SOLUTION\n    return 2 * x\n    "
         "### END SOLUTION", "solution", solution=True),
    graded(HIDDEN, "hidden", 2),
    graded("1.5 if double(2) == 4 else 0.5", "part", 2.5),
    graded("assert offset == 1", "locked", 1),
    graded("assert double(0) == 0", "free", 0),
    graded("double(4) and 'no number'", "words", 1),
    graded("import warnings\nassert double(5) == 10", "quiet", 1),
)  # fmt: skip
WRITTEN = notebook(
    text("YOUR ANSWER HERE", "why", grade=True, solution=True, points=2),
    code("### BEGIN SOLUTION\n1\n### END SOLUTION", "own", grade=True, solution=True,
         points=3),
    text("Find a use.", "todo", task=True, locked=True, points=4),
    text("Read only.", "read", locked=True),
)  # fmt: skip
DATA = notebook(
    code("### BEGIN SOLUTION\nimport helper\ntext = open('data/x.csv').read()\n"
         "### END SOLUTION", "load", solution=True),
    graded("assert helper.twice(2) == 4 and text == 'a,b'", "loaded", 1),
)  # fmt: skip
FILES = {"helper.py": "def twice(x):\n    return 2 * x\n", "data/x.csv": "a,b"}
RIGHT = "def double(x):\n    return 2 * x"
EVERYTHING = {"hidden": 2, "part": 1.5, "locked": 1, "free": 0, "words": 1, "quiet": 1}


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    settings = "c.Execute.timeout = 4"
    course = make(tmp_path_factory.mktemp("marked") / "course", settings)
    add(course, "ex", {"code": CODE, "written": WRITTEN, "data": DATA}, FILES)
    return course


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
    data = packed({"code": right}, {"written.ipynb": b"{"})
    result = mark_plain(parent, data, assignment)
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


@pytest.fixture(scope="module")
def recorded(course, assignment, parent):
    """What the gradebook holds of two hand-ins: one done, one left as it came."""
    found = {}
    answers = {"solution": RIGHT, "why": "Because.", "own": "2", "load": "text = 1"}
    for student, done in {"ada": answers, "bob": {}}.items():
        names = ("code", "written", "data")
        notebooks = {name: released(course, "ex", name) for name in names}
        for cell in (cell for one in notebooks.values() for cell in one.cells):
            name = cell.metadata.get("nbgrader", {}).get("grade_id")
            cell.source = done.get(name, cell.source)
        folder = course.submitted(student, "ex")
        lay(folder, notebooks, {"mine/notes.txt": "mine", "helper.py": "mine"})
        data = pack(folder, assignment.ignore)
        found[student] = mark_plain(parent, data, assignment)
        stored = Result.from_json(json.loads(json.dumps(found[student].to_json())))
        Recorder(course, "ex").record(student, stored)
    return found


def grades(course, student):
    with course.gradebook() as gradebook:
        return {
            f"{one.name}/{grade.cell.name}": (
                grade.auto_score,
                grade.needs_manual_grade,
            )
            for one in gradebook.find_submission("ex", student).notebooks
            for grade in one.grades
        }


def test_the_gradebook_holds_the_same_marks(course, recorded):
    for student, result in recorded.items():
        found = grades(course, student)
        for name, problem in result.problems.items():
            assert found[name] == (problem.earned, False), (student, name)


def test_answers_wait_for_a_person_unless_untouched(course, recorded):
    ada, bob = grades(course, "ada"), grades(course, "bob")
    assert ada["written/why"] == ada["written/own"] == (None, True)
    assert bob["written/why"] == bob["written/own"] == (0, False)
    assert ada["written/todo"] == bob["written/todo"] == (None, True)
    with course.gradebook() as gradebook:
        comment = gradebook.find_comment("why", "written", "ex", "bob")
        assert comment.auto_comment == "No response."


def test_marks_are_those_of_nbgraders_rule_for_the_stored_notebook(course, recorded):
    """The autograded notebook is the evidence: judged again it gives the same."""
    for student, result in recorded.items():
        for name in result.notebooks:
            path = course.root / "autograded" / student / "ex" / f"{name}.ipynb"
            for cell in nbformat.read(path, as_version=4).cells:
                called = f"{name}/{cell.metadata.get('nbgrader', {}).get('grade_id')}"
                if called in result.problems:
                    earned, most = determine_grade(copy.deepcopy(cell))
                    problem = result.problems[called]
                    assert (earned, most) == (problem.earned, problem.points)


def test_the_files_lie_beside_the_autograded_notebooks(course, recorded):
    folder = course.root / "autograded/ada/ex"
    assert (folder / "mine/notes.txt").read_text() == "mine"
    assert (folder / "helper.py").read_text() == FILES["helper.py"]


def test_marks_by_hand_and_extra_credit_stay(course, recorded):
    with course.gradebook() as gradebook:
        grade = gradebook.find_grade("why", "written", "ex", "ada")
        grade.manual_score, grade.extra_credit = 2, 0.5
        gradebook.db.commit()
    Recorder(course, "ex").record("ada", recorded["ada"])
    with course.gradebook() as gradebook:
        grade = gradebook.find_grade("why", "written", "ex", "ada")
        assert (grade.manual_score, grade.score) == (2, 2.5)
        total = sum(p.earned for p in recorded["ada"].problems.values()) + 2.5
        assert gradebook.find_submission("ex", "ada").score == pytest.approx(total)
