"""What students wrote is found by problem, with checks of ours and without."""

from autograder.similarity.coursework import OWN, known_answers, students_answers
from tests.autograder import plain_courses
from tests.autograder.conftest import SOLUTIONS
from tests.autograder.notebooks import hand_in
from tests.autograder.recorded import put


def test_by_problem(course, toy):
    put(course, "ada", hand_in(toy, extra="mine = 1", mean="def mean(x): ..."))
    put(course, "bob", b"{")
    answers, unread = students_answers(course, "toy")
    assert set(answers) == {"double", "mean", OWN}
    assert answers["double"] == {"ada": toy.reference["double"]}
    assert answers["mean"] == {"ada": "def mean(x): ..."}
    assert answers[OWN] == {"ada": "mine = 1"}
    assert [(who, file) for who, file, _ in unread] == [("bob", "toy.ipynb")]


def test_what_all_may_have(course, toy):
    known = known_answers(course, "toy", SOLUTIONS)
    assert set(known) == {"double", "mean", OWN}
    (wheat,) = [one for one in toy.wheats if "double" in one.cells]
    assert wheat.cells["double"] in known["double"]
    assert any("return 2 * x" in source for source in known["mean"])  # the reference
    assert any("assert double(2) == 4" in source for source in known[OWN])
    without = known_answers(course, "toy", SOLUTIONS / "nowhere")
    assert wheat.cells["double"] not in without["double"]


def test_an_assignment_of_nbgraders_own(tmp_path):
    course = plain_courses.make(tmp_path / "course")
    hole = plain_courses.code("### BEGIN SOLUTION\nx = 1\n### END SOLUTION", "hole")
    hole.metadata.nbgrader["solution"] = True
    test = plain_courses.graded("assert x == 1", "test", 1)
    plain_courses.add(course, "ps", {"part": plain_courses.notebook(hole, test)})
    done = plain_courses.released(course, "ps", "part")
    done.cells[0].source = "x = 1 * 1"
    plain_courses.lay(course.submitted("ada", "ps"), {"part": done}, {})
    answers, unread = students_answers(course, "ps")
    assert answers == {"hole": {"ada": "x = 1 * 1"}, OWN: {}} and not unread
    assert "assert x == 1" in known_answers(course, "ps", SOLUTIONS)["hole"]
