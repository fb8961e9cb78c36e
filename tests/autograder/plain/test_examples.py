"""nbgrader's own example courses get the marks that nbgrader gives.

The notebooks are those of its user guide and of its tests, as installed with it; where
they leave a feature out, a few of our own stand beside them.
"""

import json
import re
import shutil

import nbformat
import pytest

from autograder.course import Course
from autograder.returning.report import write
from tests.autograder.plain_courses import (
    FILES,
    GUIDE,
    PATIENT,
    add,
    code,
    contents,
    graded,
    lay,
    make,
    mark_both_ways,
    notebook,
    released,
)

ASSIGNMENTS = ("ps1", "suite")
# What `foo`, `bar`, ... hand in, in nbgrader's tests and by their names there.
SOURCES = {
    "answers": "submitted-unchanged",
    "hidden": "test-hidden-tests",
    "autotest": "autotest-multi",
    "environment": "validating-environment-variable",
    "relative": "open_relative_file",
    "side": "side-effects",
    "slow": "timeout",
    "zero": "validation-zero-points",
}
HAND_INS = {
    "foo": {
        **SOURCES,
        "hidden": "",  # as it was released
        "autotest": "autotest-multi-unchanged",
    },
    "bar": {"answers": "submitted-changed", "autotest": "autotest-multi-changed"},
    "locked": {"answers": "submitted-locked-cell-changed"},
    "tests": {"answers": "submitted-grade-cell-changed"},
    "spam": {"answers": "submitted-cheat-attempt"},
    "eggs": {"answers": "submitted-cheat-attempt-alternative"},
}
AUTOTESTS = (
    "test_multi",
    "cell-f2803ba7c42d03ab",
    "cell-693350420ec62f1b",
    "cell-13479eb0e5fff152",
)
OWN = notebook(
    code("### BEGIN SOLUTION\nf = abs\n### END SOLUTION", "f", solution=True),
    graded("0.5 if f(-1) == 1 else 0", "partial", 2),
    graded("assert f(-2) == 2", "warns", 1),
    graded("import helper\nassert helper.twice(f(-3)) == 6", "module", 1),
    graded("f(-3) and 'a word'", "word", 1),
    graded("!echo shell", "shell", 1),
    graded("f(-4) < 3", "truth", 1),
)
WARNS = "import warnings\ndef f(x):\n    x == -2 and warnings.warn('mind')\n"
WARNS += "    return abs(x)"


@pytest.fixture(scope="module")
def courses(tmp_path_factory):
    """The course as `autograder grade` marked it, and as `nbgrader autograde` did."""
    root = tmp_path_factory.mktemp("examples") / "ours"
    course = make(root, f"{PATIENT}\nc.Execute.timeout = 4  # one cell sleeps longer")
    _add_guide(course)
    _add_suite(course)
    return course, mark_both_ways(course, ASSIGNMENTS)


def _add_guide(course: Course) -> None:
    shutil.copytree(GUIDE / "source/ps1", course.root / "source/ps1")
    add(course, "ps1", {})
    for student in ("bitdiddle", "hacker"):
        submitted = GUIDE / "submitted" / student / "ps1"
        shutil.copytree(submitted, course.submitted(student, "ps1"))


def _add_suite(course: Course) -> None:
    shutil.copyfile(FILES / "autotests.yml", course.root / "autotests.yml")
    sources = {name: FILES / f"{file}.ipynb" for name, file in SOURCES.items()}
    files = {"data.txt": "1\n2\n3\n4", "helper.py": "def twice(x): return 2 * x"}
    add(course, "suite", {**sources, "own": OWN}, files)
    for student, handed_in in HAND_INS.items():
        notebooks = {
            name: FILES / f"{file}.ipynb" if file else released(course, "suite", name)
            for name, file in handed_in.items()
        }
        own = released(course, "suite", "own")
        if student == "bar":
            own.cells[0].source = WARNS
        if student in ("foo", "bar"):
            notebooks["own"] = own
        lay(course.submitted(student, "suite"), notebooks, {})


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_every_cell_has_the_marks_that_nbgrader_gives(courses, assignment):
    ours, plain = courses
    assert contents(ours, assignment) == contents(plain, assignment)


def test_they_are_those_of_the_user_guide(courses):
    """`grades.csv` beside the guide's hand-ins: 1.5 and 3 points."""
    found = contents(courses[0], "ps1")
    assert (found["bitdiddle"][0], found["hacker"][0]) == (1.5, 3)


def test_they_are_those_that_nbgraders_tests_expect(courses):
    found = contents(courses[0], "suite")
    scores = {"bar": 2, "locked": 1, "tests": 1, "spam": 1, "eggs": 1}
    for student, score in scores.items():
        cells = [found[student, "answers", name][0] for name in ("foo", "bar")]
        assert sum(cells) == score, student
    assert sum(found["bar", "autotest", name][0] for name in AUTOTESTS) == 3
    assert found["foo", "hidden", "correct_squares"][0] == 0
    assert found["foo", "slow", "correct_squares"][0] == 0
    assert found["foo", "relative", "open_file"][0] == 10
    assert found["foo", "environment", "cell-bfbdf1784663b6b6"][0] == 0


def test_what_a_test_cell_puts_out_decides(courses):
    """The last is nbgrader's way, too: what is no number counts as a pass."""
    found = contents(courses[0], "suite")
    expected = dict(partial=0.5, warns=0, module=1, word=1, shell=1, truth=1)
    assert {name: found["bar", "own", name][0] for name in expected} == expected


def test_the_marks_that_are_reported_are_those_of_the_gradebook(courses):
    ours, _ = courses
    for assignment in ASSIGNMENTS:
        found = contents(ours, assignment)
        for path in (ours.work_of(assignment) / "results").glob("*.json"):
            result = json.loads(path.read_text())["result"]
            for name, problem in result["problems"].items():
                place = (path.stem, *name.split("/"))
                assert found[place][0] == problem["earned"], place


def test_grade_says_that_the_marks_can_be_forged(courses):
    said = re.sub(r"\s+", " ", (courses[0].root / "ps1.txt").read_text())
    assert "A student who means harm can forge them." in said


def test_the_report_says_so_too_and_shows_no_hidden_test(courses):
    ours, _ = courses
    page = write(ours, "suite").read_text()
    assert "can forge them" in page
    student = ours.feedback("foo", "suite").read_text()
    assert "hidden/correct_squares" in student
    assert "506" not in student and "def squares" in student


def test_outputs_are_those_of_a_kernel(courses):
    """Text, results and whether there were errors, in the notebooks that are kept."""
    ours, plain = courses
    for path in sorted((plain.root / "autograded").glob("*/*/*.ipynb")):
        other = ours.root / path.relative_to(plain.root)
        texts = [_texts(nbformat.read(one, as_version=4)) for one in (other, path)]
        assert texts[0] == texts[1], path


def _texts(read: nbformat.NotebookNode) -> list[list[tuple[str, str]]]:
    """The outputs of each cell; of a cell that took too long a kernel tells twice."""
    cells = [cell for cell in read.cells if cell.cell_type == "code"]
    return [list(dict.fromkeys(map(_text, cell.outputs))) for cell in cells]


def _text(output: nbformat.NotebookNode) -> tuple[str, str]:
    if output.output_type == "error":
        return output.output_type, ""
    if output.output_type == "stream":
        text = output.text.replace("\r\n", "\n")  # a kernel's shell has a terminal
        return output.name, "" if output.name == "stderr" else text
    return output.output_type, output.data["text/plain"]
