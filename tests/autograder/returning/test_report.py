"""Pages and tables show what happened, and run nothing that a student wrote."""

import csv

import pytest

from autograder.course import init
from autograder.grade import Batch
from autograder.returning import report
from tests.autograder.conftest import BACKEND, workers
from tests.autograder.notebooks import WRONG, hand_in

PAGE = "<script>alert(1)</script><img src=x onerror=alert(2)>"
SHOW = f"""
from IPython.display import HTML, Javascript, display
display(HTML({PAGE!r}), Javascript("alert(3)"))
import matplotlib.pyplot as plt
plt.plot([1, 2]);
print({PAGE!r})
"""


@pytest.fixture(scope="module")
def course(tmp_path_factory, toy):
    made = init(tmp_path_factory.mktemp("report") / "course", [toy.folder])
    raises = f"def double(x):\n    raise ValueError({PAGE!r})"
    for student, data in {
        "ada": hand_in(toy, double=WRONG),
        "bob": hand_in(toy, double=WRONG, mean=WRONG.replace("double", "mean")),
        "eve": hand_in(toy, extra=SHOW, double=raises),
        "-2+3": b"no notebook",
        "=SUM(1)": hand_in(toy),
    }.items():
        folder = made.submitted(student, "toy")
        folder.mkdir(parents=True)
        (folder / "toy.ipynb").write_bytes(data)
    batch = Batch(made, "toy", BACKEND)
    batch.run(made.students("toy"), workers(), lambda *_: None)
    report.write(made, "toy")
    return made


def test_every_student_has_a_page_with_marks_and_sentences(course):
    for student in course.students("toy"):
        assert course.feedback(student, "toy").is_file()
    page = course.feedback("ada", "toy").read_text()
    assert "mind the multiplier" in page and "0 / 2" in page and "3 / 3" in page
    assert "Not marked" in course.feedback("-2+3", "toy").read_text()


def test_nothing_that_a_student_wrote_runs_in_a_page(course):
    page = course.feedback("eve", "toy").read_text()
    assert "<script" not in page and "<img src=x" not in page
    assert "Content-Security-Policy" in page and "default-src 'none'" in page
    assert 'src="data:image/png;base64,' in page  # the figure is shown
    assert "<script" not in (course.root / "reports" / "toy.html").read_text()


def test_the_class_page_counts_misunderstandings(course, toy):
    lines = report.rows(course, "toy")
    found = report.misconceptions(toy, lines)
    assert [(name, count) for name, count, _ in found] == [
        ("double/values", 3),
        ("mean/values", 1),
        ("mean/equal-numbers", 1),
    ]


def test_the_table_of_marks_is_safe_for_spreadsheets(course):
    with open(course.root / "grades.csv", newline="") as file:
        table = {row["student"]: row for row in csv.DictReader(file)}
    assert set(table) == {"ada", "bob", "eve", "'-2+3", "'=SUM(1)"}
    assert table["ada"]["automatic"] == "3.0"
    assert table["'-2+3"]["automatic"] == "" and "JSON" in table["'-2+3"]["note"]


def test_one_students_page_alone(course):
    page = course.feedback("ada", "toy")
    page.unlink()
    course.feedback("bob", "toy").unlink()
    report.write(course, "toy", ["ada"])
    assert page.is_file() and not course.feedback("bob", "toy").exists()
