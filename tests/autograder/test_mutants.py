"""Mutants: small changes of a reference, each made once, that checks must notice."""

import ast
import shutil

import pytest

from autograder.assignment import Assignment
from autograder.mutants import answer_of, explained, mutants
from autograder.source import SourceError
from tests.autograder.conftest import SOLUTIONS

CELL = '''
def scaled(x, by=2.0, axis=-1):
    """Adds 1 + 1 to nothing."""
    if x > 0 and by < 3:
        x = np.sum(x * by, axis=axis, keepdims=True)
    x += 1
    print(f"{x:.2f}")
    return 0.5 * x - μ(x, by)
'''
CHANGED = {
    "x = np.sum((x / by), axis=axis, keepdims=True)",
    "x = np.sum(x * by, axis=axis)",
    "x = np.sum(x * by, keepdims=True)",
    "x = np.sum(x * by, axis=axis, keepdims=False)",
    "return 1.0 * x - μ(x, by)",
    "return (0.5 * x + μ(x, by))",
    "return 0.5 * x - μ(by, x)",
    "if (x >= 0) and by < 3:",
    "if x > 0 and by < 4:",
    "x += 2",
    "pass",
}


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(SOLUTIONS / "toy", tmp_path / "toy")


@pytest.fixture
def changed(folder, monkeypatch):
    reference = property(lambda self: {"scaled": CELL})
    monkeypatch.setattr(Assignment, "reference", reference)
    return mutants(Assignment(folder))


def test_mutants_change_operators_constants_arguments_and_statements(changed):
    assert {m.becomes for m in changed} >= CHANGED


def test_each_mutant_is_another_program(changed):
    trees = [ast.dump(ast.parse(m.source)) for m in changed]
    assert len({m.source for m in changed} | {CELL}) == len(changed) + 1
    assert ast.dump(ast.parse(CELL)) not in trees


def test_texts_and_docstrings_are_left_alone(changed):
    for mutant in changed:
        assert '"""Adds 1 + 1 to nothing."""' in mutant.source
        assert "{x:.2f}" in mutant.source or mutant.becomes == "pass"


def test_a_mutant_is_the_matter_of_its_own_problem(folder):
    assignment = Assignment(folder)
    for mutant in mutants(assignment):
        (problem,) = answer_of(mutant, assignment).problems
        assert mutant.cell in assignment.problems[problem].solutions


def test_an_explanation_names_a_mutant_and_a_reason(folder):
    assignment = Assignment(folder)
    one = mutants(assignment)[0]
    entry = "[[equivalent]]\ncell = {!r}\nwas = '''{}'''\nbecomes = '''{}'''\n"
    text = entry.format(one.cell, one.was, one.becomes)
    path = folder / "equivalent.toml"
    path.write_text(text + "reason = 'the same'\n")
    assert explained(assignment) == {one.key: "the same"}
    for wrong in (text, text.replace(one.was, "nothing of it") + "reason = 'why'\n"):
        path.write_text(wrong)
        with pytest.raises(SourceError, match="an entry has"):
            explained(assignment)
