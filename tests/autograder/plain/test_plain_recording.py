"""What the gradebook and the autograded folder hold of a plain assignment."""

import copy
import json

import nbformat
import pytest
from nbgrader.utils import determine_grade

from autograder.gradebook.record import Recorder
from autograder.plain.marking import mark_plain
from autograder.submission import Result
from autograder.workers.parcel import gathered
from tests.autograder.plain_courses import lay, released
from tests.autograder.plain_exercise import FILES, RIGHT, exercise


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    return exercise(tmp_path_factory.mktemp("recorded") / "course")


@pytest.fixture(scope="module")
def assignment(course):
    return course.assignment("ex")


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
        data = gathered(folder, assignment.ignore)
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
