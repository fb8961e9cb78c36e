"""What every assignment has, and how it is built."""

import json

from autograder.build import filled_in, release_notebook, text_of
from autograder.needed import left_out
from autograder.submission import probed
from tests.solutions.conftest import ROOT


def test_there_are_enough_wheats_and_chaffs_and_each_check_is_tried(assignment):
    assert len(assignment.wheats) >= 8 and len(assignment.chaffs) >= 30
    checks = {c.name for p in assignment.problems.values() for c in p.checks}
    tried = {name for chaff in assignment.chaffs for name in chaff.caught_by}
    assert checks == tried
    assert all(chaff.mistake for chaff in assignment.chaffs)


def test_problems_and_points_are_as_many_as_an_exercise_has(assignment):
    assert 6 <= len(assignment.problems) <= 10
    assert 20 <= assignment.points <= 30 and sum(assignment.written.values()) > 0
    assert [cell for cell in assignment.cells if cell.role == "picture"]


def test_chaffs_that_say_the_same_twice_are_one_too_many(assignment):
    bodies = [json.dumps(chaff.cells, sort_keys=True) for chaff in assignment.chaffs]
    assert len(set(bodies)) == len(bodies)


def test_the_exercise_in_the_repository_is_the_one_that_is_built(assignment):
    path = ROOT / "exercises" / assignment.name / f"{assignment.name}.ipynb"
    text = path.read_text(encoding="utf-8")
    assert text == text_of(release_notebook(assignment))


def test_nothing_depends_on_what_is_to_look_at(assignment):
    cells = filled_in(assignment, assignment.reference).cells
    out = {
        cells[n].metadata.nbgrader.grade_id
        for n in left_out(cells, probed(assignment, 3))
    }
    tests = {f"visible-{name}" for name in assignment.problems}
    pictures = {f"picture-{c.name}" for c in assignment.cells if c.role == "picture"}
    assert out == tests | pictures


def test_every_hole_stops_with_an_error_and_none_runs_silently(assignment):
    cells = release_notebook(assignment).cells
    holes = [cell for cell in cells if cell.id.startswith("solution-")]
    assert len(holes) == len(assignment.reference)
    for cell in holes:
        assert "raise NotImplementedError()" in cell.source
        compile(cell.source, cell.id, "exec")
