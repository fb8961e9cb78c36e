"""An ordinary nbgrader assignment, read."""

import nbformat
import pytest

from autograder.course import Course, CourseError
from autograder.plain.assignment import PlainAssignment, language
from autograder.source import SourceError
from tests.autograder.plain_courses import (
    FILES,
    GUIDE,
    add,
    code,
    graded,
    lay,
    make,
    notebook,
    released,
    text,
)

HIDDEN = "assert double(2) == 4\n### BEGIN HIDDEN TESTS\nassert double(3) == 6\n"
HIDDEN += "### END HIDDEN TESTS"
CELLS = [
    text("Read this.", "intro", locked=True),
    code("### BEGIN SOLUTION\ndef double(x): return 2*x\n### END SOLUTION", "f",
         solution=True),
    graded(HIDDEN, "t", 2),
    text("Because.", "why", grade=True, solution=True, points=1.5),
    text("Do it.\n=== BEGIN MARK SCHEME ===\nlook\n=== END MARK SCHEME ===", "todo",
         task=True, locked=True, points=4),
    code("'nobody marks this'", "free"),
]  # fmt: skip


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    course = make(tmp_path_factory.mktemp("plain") / "course")
    add(course, "one", {"p1": notebook(*CELLS)}, {"data/x.csv": "1", "x.pyc": ""})
    return course


def fresh(course, name="one"):
    return course.assignment(name)


def test_test_cells_are_the_problems(course):
    read = fresh(course)
    assert isinstance(read, PlainAssignment)
    assert {n: p.points for n, p in read.problems.items()} == {"t": 2}
    assert read.points == 2 and read.written == {"why": 1.5, "todo": 4}
    assert not any(problem.checks for problem in read.problems.values())


def test_cells_of_several_notebooks_are_told_apart(tmp_path):
    course = make(tmp_path / "course")
    add(course, "ps1", {p.stem: p for p in (GUIDE / "source/ps1").glob("*.ipynb")})
    read = fresh(course, "ps1")
    assert "problem1/correct_squares" in read.problems
    assert read.written["problem2/part-b"] == 2
    assert read.points == 3 and sum(read.written.values()) == 10


def test_students_get_no_hidden_test_and_marking_all(course):
    read = fresh(course)
    shape = read.notebooks["p1"]
    assert "double(3)" not in nbformat.writes(shape)
    assert "look" not in nbformat.writes(shape)
    read.complete("p1", shape)
    whole = nbformat.writes(shape)
    assert "double(3)" in whole and "look" in whole
    assert "return 2*x" not in whole  # the solution is no test


def test_a_cell_that_nbgrader_does_not_know_is_the_students(course):
    cells = fresh(course).notebooks["p1"].cells
    free = next(cell for cell in cells if "nobody" in cell.source)
    assert "nbgrader" not in free.metadata


def test_other_files_are_those_that_nbgrader_copies(course):
    assert fresh(course).files == {"data/x.csv": b"1"}


def test_files_that_students_may_change_are_theirs(tmp_path):
    course = make(tmp_path / "course", "c.Autograde.exclude_overwriting = {'a': ['m']}")
    add(course, "a", {"p": notebook(*CELLS)}, {"m": "teacher's", "n": "given"})
    assert fresh(course, "a").files == {"n": b"given"}


def test_the_version_changes_with_hidden_tests_files_and_limits(tmp_path):
    course = make(tmp_path / "course")
    add(course, "a", {"p": notebook(*CELLS)}, {"m": "1"})
    versions = [fresh(course, "a").version]
    assert versions == [fresh(course, "a").version]
    (course.root / "source/a/m").write_text("2")
    versions.append(fresh(course, "a").version)
    changed = [graded(HIDDEN.replace("6", "7"), "t", 2), *CELLS[:2], *CELLS[3:]]
    add(course, "a", {"p": notebook(*changed)})
    versions.append(fresh(course, "a").version)
    with open(course.root / "nbgrader_config.py", "a") as settings:
        settings.write("\nc.Execute.timeout = 7\n")
    versions.append(fresh(course, "a").version)
    assert len(set(versions)) == 4


@pytest.mark.parametrize(
    "setting, seconds",
    [
        ("", 30),
        ("c.Execute.timeout = 2", 2),
        ("c.ExecutePreprocessor.timeout = 120", 120),
        ("c.Execute.timeout = None", 300),
        ("c.Execute.timeout = -1", 300),
    ],
)
def test_a_cell_may_run_as_long_as_nbgrader_says(tmp_path, course, setting, seconds):
    settings = (course.root / "nbgrader_config.py").read_text() + setting
    (tmp_path / "nbgrader_config.py").write_text(settings)
    for folder in ("release", "source", "gradebook.db"):
        (tmp_path / folder).symlink_to(course.root / folder)
    limits = fresh(Course(tmp_path)).limits
    assert limits.cell_seconds == seconds
    assert limits.submission_seconds >= max(300, 5 * min(seconds, 120))


def test_it_says_that_marks_can_be_forged(course, toy):
    assert "can forge" in fresh(course).caution
    assert toy.caution == ""


def test_an_assignment_counts_once_it_is_released(tmp_path):
    course = make(tmp_path / "course")
    (course.root / "source/draft").mkdir(parents=True)
    (course.root / "source/draft/p.ipynb").write_text("{}")
    assert course.assignments == []
    with pytest.raises(CourseError, match="nbgrader generate_assignment"):
        course.assignment("draft")


def test_a_release_that_the_gradebook_does_not_know_is_refused(course, tmp_path):
    other = make(tmp_path / "course")
    lay(other.root / "release/one", {"p1": released(course, "one", "p1")}, {})
    with pytest.raises(SourceError, match="generate_assignment one"):
        fresh(other).validate()


def test_checks_of_ours_that_are_lost_are_not_taken_for_tests(tmp_path, toy):
    from shutil import rmtree

    from autograder.course import init

    course = init(tmp_path / "course", [toy.folder])
    rmtree(course.root / "solutions/toy")
    with pytest.raises(SourceError, match="solutions/toy"):
        fresh(course, "toy").validate()


@pytest.mark.parametrize(
    "kernel, spoken",
    [
        ({"name": "python3", "language": "python"}, "python"),
        ({"name": "python"}, "python"),
        ({}, "python"),
        ({"name": "course-env", "language": "python"}, "python"),
        ({"name": "ir", "language": "R"}, "r"),
        ({"name": "julia-1.10"}, "julia-1.10"),
    ],
)
def test_a_kernels_language(kernel, spoken):
    metadata = {"kernelspec": kernel} if kernel else {}
    assert language(nbformat.from_dict({"metadata": metadata})) == spoken


def test_other_languages_are_refused_before_anything_runs(tmp_path):
    course = make(tmp_path / "course")
    kernel = {"name": "ir", "language": "R", "display_name": "R"}
    cells = [code("x <- 1", "f", solution=True), graded("stopifnot(x == 1)", "t", 1)]
    settings = "c.ClearSolutions.code_stub = {'R': '# hier'}"
    with open(course.root / "nbgrader_config.py", "a") as file:
        file.write(settings)
    add(course, "a", {"p": notebook(*cells, kernel=kernel)})
    assert fresh(course, "a").points == 1  # a table of the whole course shows it
    with pytest.raises(SourceError, match="p.ipynb is for r; boxes run Python only"):
        fresh(course, "a").validate()


@pytest.mark.parametrize("name", ["test-v1", "test-v2", "too-new"])
def test_metadata_of_another_version_is_refused_by_nbgrader_itself(tmp_path, name):
    """Only `nbgrader update` makes sources of today's nbgrader out of these."""
    course = make(tmp_path / "course")
    with pytest.raises(AssertionError, match="version"):
        add(course, "old", {"p": FILES / f"{name}.ipynb"})
