"""The graders' page of similarity: complete, safe to open, and not for students."""

import csv

from click.testing import CliRunner

from autograder.cli import main
from autograder.similarity.report import pieces
from tests.autograder.conftest import SOLUTIONS
from tests.autograder.notebooks import hand_in
from tests.autograder.recorded import put
from tests.autograder.similarity.test_similarity import OWN

DOUBLE = OWN.replace("solve", "double")
EVIL = "x = '<script>alert(1)</script><img src=x onerror=alert(2)>'\n"


def run(course, *more):
    where = ["--course", str(course.root), "--solutions", str(SOLUTIONS), *more]
    done = CliRunner().invoke(main, ["similarity", *where])
    assert done.exit_code == 0, done.output
    page = course.root / "reports" / "toy-similarity.html"
    with open(page.with_suffix(".csv"), newline="") as file:
        return done.output, page.read_text(), list(csv.DictReader(file))


def test_from_hand_ins_to_a_page(course, toy):
    put(course, "ada", hand_in(toy, double=EVIL + DOUBLE))
    put(course, "=bob", hand_in(toy, double=DOUBLE.replace("best", "top")))
    put(course, "dan", hand_in(toy))
    put(course, "eve", b"no notebook")
    put(course, "fay", hand_in(toy, mean="def mean(x:\n  return ("))
    output, page, lines = run(course)
    assert "1 pairs, 2 not compared" in output and "=bob and ada" in output
    (line,) = lines
    assert (line["student_a"], line["student_b"]) == ("'=bob", "ada")
    assert line["problem"] == "double" and int(line["tokens"]) >= 40
    assert "eve, toy.ipynb: " in page and "fay, mean: " in page
    assert "<script" not in page and "<img" not in page and "&lt;script&gt;" in page
    assert "default-src 'none'" in page and "<mark>" in page
    assert not (course.root / "feedback").exists()


def test_cells_that_students_add_are_compared(course, toy):
    for student, name in (("ada", "solve"), ("bob", "work")):
        extra = OWN.replace("solve", name)
        put(course, student, hand_in(toy, extra=extra))
    _, page, (line,) = run(course)
    assert line["problem"] == "own cells" and "own cells" in page


def test_nobody_is_alike_where_all_handed_in_the_reference(course, toy):
    for student in ("ada", "bob", "dan"):
        put(course, student, hand_in(toy))
    output, page, lines = run(course)
    assert "0 pairs" in output and "No two answers" in page and not lines


def test_without_wheats_it_says_so(course, toy, tmp_path):
    put(course, "ada", hand_in(toy))
    output, _, _ = run(course, "--solutions", str(tmp_path))
    assert "has no wheats" in " ".join(output.split())


def test_texts_are_cut_at_spans():
    assert pieces("abcdef", [(1, 3), (2, 4), (5, 6)]) == [
        ("a", False),
        ("bc", True),
        ("", False),
        ("d", True),
        ("e", False),
        ("f", True),
        ("", False),
    ]
