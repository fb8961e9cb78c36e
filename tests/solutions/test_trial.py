"""Right answers get every point, and wrong ones lose them at the idea they get wrong.

A part of `make trial`: the reference on every backend; each wheat, and for each check a
chaff that it must catch, on one backend in turn.
"""

import secrets

import pytest

from autograder import trial
from autograder.assignment import Answer, Assignment
from autograder.box import isolation
from autograder.commands.options import BACKENDS
from tests.solutions.conftest import ASSIGNMENTS, NAMES


def stratum(assignment: Assignment, backend: str) -> list[Answer]:
    """The answers that this backend tries."""
    turn = BACKENDS.index(backend)
    reference, *_ = trial.answers(assignment)
    chaffs, caught = [], set()
    for chaff in assignment.chaffs:
        if not chaff.caught_by <= caught:
            caught |= chaff.caught_by
            chaffs.append(chaff)
    others = [*assignment.wheats, *chaffs]
    return [reference, *others[turn :: len(BACKENDS)]]


@pytest.mark.parametrize("backend", BACKENDS)
def test_answers_end_as_they_must(assignment, backend):
    some = stratum(assignment, backend)
    outcomes = trial.trial(
        assignment,
        some,
        backend,
        isolation.best(),
        2,
        [secrets.randbits(63)],
        lambda: None,
    )
    surprises = {o.answer.name: o.surprise for o in outcomes if not o.as_expected}
    assert surprises == {}
    chaffs = [outcome for outcome in outcomes if not outcome.is_wheat]
    assert {o.answer.name: o.told for o in chaffs if not o.names_the_idea} == {}


@pytest.mark.parametrize("name", NAMES)
def test_the_part_that_is_tried_holds_every_check_and_every_wheat(name):
    assignment = ASSIGNMENTS[name]
    tried = [answer for b in BACKENDS for answer in stratum(assignment, b)]
    checks = {c.name for p in assignment.problems.values() for c in p.checks}
    assert set().union(*(answer.caught_by for answer in tried)) == checks
    assert {wheat.name for wheat in assignment.wheats} <= {a.name for a in tried}
