"""Copies are found, renamed and reordered; answers of one's own are not."""

import random

import pytest

from autograder.assignment import Assignment
from autograder.similarity.alike import EVIDENCE, many, similarity
from tests.autograder.conftest import SOLUTIONS
from tests.autograder.variants import in_an_own_way, renamed, reordered

MLP = Assignment(SOLUTIONS.parents[2] / "solutions" / "mlp")
COPIERS, STUDENTS, OWN_LINES = 10, 60, 6


def right_answers(problem, answers):
    """The problem's source in each of some answers, the reference's included."""
    cells = [MLP.reference, *({**MLP.reference, **a.cells} for a in answers)]
    made = ("\n\n".join(c[name] for name in problem.solutions) for c in cells)
    return list(dict.fromkeys(made))


@pytest.fixture(scope="module")
def classroom():
    """Students who answer in own ways, and ten who copy from the one before them."""
    rng, answers, known = random.Random(1), {}, {}
    for problem in MLP.problems.values():
        known[problem.name] = right_answers(problem, MLP.wheats)
        made = {}
        for number in range(STUDENTS):
            source = renamed(rng.choice(known[problem.name]), number)
            made[f"s{number}"] = in_an_own_way(source, number, OWN_LINES)
        for number in range(0, 2 * COPIERS, 2):
            copy = renamed(made[f"s{number}"], 10_000 + number)
            made[f"s{number + 1}"] = reordered(copy, number)
        answers[problem.name] = made
    return answers, known


def pairs(found):
    return {tuple(sorted(pair.students)) for pair in found.pairs}


def test_copies_are_found_and_nobody_else(classroom):
    copies = {tuple(sorted((f"s{n}", f"s{n + 1}"))) for n in range(0, 2 * COPIERS, 2)}
    assert pairs(similarity(*classroom)) == copies


def test_right_answers_are_no_evidence(classroom):
    """Also where the class has more students than known ways to be right."""
    _, known = classroom
    answers = {
        name: {f"s{i}": renamed(one, i) for i, one in enumerate([*some, *some])}
        for name, some in known.items()
    }
    found = similarity(answers, known)
    assert not found.pairs and not found.unread


def test_independent_answers_are_not_alike_where_nothing_is_known():
    """The wheats and chaffs as a class of its own, with the reference alone known."""
    names, cells = ["loops", "functional", "classes", "subclassed", "vectorised"], {}
    wheats = [wheat for wheat in MLP.wheats if wheat.name in names]
    assert len(wheats) == len(names)
    for problem in MLP.problems.values():
        cells[problem.name] = {
            wheat.name: "\n\n".join(
                {**MLP.reference, **wheat.cells}[name] for name in problem.solutions
            )
            for wheat in wheats
        }
    known = {p.name: right_answers(p, []) for p in MLP.problems.values()}
    assert not similarity(cells, known).pairs


OWN = """
def solve(data):
    best, seen = data[0] * 3.25, sorted(set(data), key=lambda one: -one % 17)
    for place in range(2, len(seen) - 1, 3):
        best = max(best, seen[place] - seen[place - 2] * 0.125, key=abs)
    return best if best > 41 else [best ** 0.5, *seen[::-2]]
"""
OTHER = """
def solve(data):
    total = 0
    while data:
        total += data.pop() * 7 % 11 - len(data) // 5
    return {"total": total, "rest": [one for one in data if one.real < 0.75]}
"""


def class_of(*copies, others=20):
    filler = [OTHER.replace("7", str(100 + n)) for n in range(others)]
    sources = [*copies, *filler]
    return {"p": {f"s{i}": source for i, source in enumerate(sources)}}


def test_what_a_pair_shares_is_shown_in_both_texts():
    answers = class_of(OWN, "# mine\n" + renamed(OWN, 3), others=3)
    (pair,) = similarity(answers, {"p": []}).pairs
    (passages,) = pair.passages
    assert pair.evidence == passages.evidence >= EVIDENCE
    for student, spans in zip(pair.students, passages.spans, strict=True):
        shown = [answers["p"][student][a:b] for a, b in spans]
        assert any("0.125" in text for text in shown)
        assert not any("# mine" in text for text in shown)


def test_what_many_have_is_how_one_writes_it():
    assert pairs(similarity(class_of(*[OWN] * 4), {"p": []})) != set()
    assert pairs(similarity(class_of(*[OWN] * 5), {"p": []})) == set()
    assert [many(n) for n in (5, 100, 250, 500, 5000)] == [4, 4, 5, 10, 10]


def test_what_was_given_is_no_evidence():
    assert not similarity(class_of(OWN, OWN), {"p": [OWN]}).pairs


def test_short_answers_are_no_evidence():
    short = "def double(x):\n    return 2 * ops.abs(x) - 0.125 * len(x)\n"
    assert not similarity(class_of(short, short), {"p": []}).pairs


def test_evidence_of_several_problems_adds_up():
    lines = OWN.strip().splitlines()
    one, two = ("\n".join(some) for some in (lines[:3], lines[::4]))
    first, second = class_of(one, one)["p"], class_of(two, two)["p"]
    known = {"p": [], "q": []}
    for some in ({"p": first}, {"p": second}, {"p": first, "q": first}):
        assert not similarity(some, known).pairs  # the same lines twice add nothing
    (pair,) = similarity({"p": first, "q": second}, known).pairs
    assert [passages.problem for passages in pair.passages] == ["p", "q"]


def test_what_cannot_be_cut_into_tokens_is_listed():
    found = similarity(class_of(OWN, OWN, "x = (1,"), {"p": ["!ls ("]})
    assert pairs(found) == {("s0", "s1")}
    assert [(who, problem) for who, problem, _ in found.unread] == [("s2", "p")]
