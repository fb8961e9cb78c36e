"""The demo class of the first assignment, marked on each backend and by nbgrader."""

import csv
import functools
import shutil

import pytest

from autograder import demo
from autograder.box import isolation
from autograder.collecting.collect import collect
from autograder.commands.options import BACKENDS
from autograder.course import Course
from autograder.grade import Batch
from autograder.returning import report
from autograder.workers.pool import Pool
from tests.autograder.gradebooks import automatic
from tests.autograder.test_nbgrader import nbgrader
from tests.solutions.conftest import ASSIGNMENTS

MLP = ASSIGNMENTS["mlp"]


@pytest.fixture(scope="module")
def marked(tmp_path_factory):
    """Backend to the demo class, collected and marked, and the same class unmarked."""
    made = {}

    def mark(backend):
        if backend not in made:
            folder = tmp_path_factory.mktemp(backend)
            course = demo.set_up(folder / "demo", [MLP])
            collect(course, "mlp", demo.hand_ins(course, MLP))
            shutil.copytree(course.root, folder / "unmarked")
            batch = Batch(course, "mlp", backend)
            workers = functools.partial(Pool, isolated=isolation.best(), jobs=2)
            batch.run(course.students("mlp"), workers, lambda *_: None)
            report.write(course, "mlp")
            made[backend] = course, Course(folder / "unmarked")
        return made[backend]

    return mark


@pytest.mark.parametrize("backend", BACKENDS)
def test_every_hand_in_of_the_demo_class_ends_as_it_must(marked, backend):
    course, _ = marked(backend)
    rows = {row.student: row for row in report.rows(course, "mlp")}
    expected = demo.expectations(MLP)
    missed = {name: expected[name].missed(rows[name], MLP) for name in expected}
    assert {name: words for name, words in missed.items() if words} == {}
    assert rows["odd-blank"].automatic == 0
    assert len(expected) == 40
    with open(course.root / "grades.csv", newline="") as file:
        assert {line["student"] for line in csv.DictReader(file)} == set(expected)
    assert all(course.feedback(name, "mlp").is_file() for name in expected)


def test_plain_nbgrader_gives_the_honest_ones_the_same_marks(marked):
    course, plain = marked("torch")
    honest = ["odd-blank", "odd-half-finished", "odd-late", "odd-exception-in-a-cell"]
    right = [n for n in course.students("mlp") if n.startswith("wheat-")]
    wrong = [n for n in course.students("mlp") if n.startswith("chaff-")]
    honest += right[:4] + wrong[:4]
    for name in set(plain.students("mlp")) - set(honest):
        shutil.rmtree(plain.root / "submitted" / name)
    ran = nbgrader(plain, "autograde", "mlp", backend="torch")
    assert ran.returncode == 0, ran.stderr[-2000:]
    ours = automatic(course, "mlp")
    assert automatic(plain, "mlp") == {name: ours[name] for name in honest}
