"""An ordinary nbgrader assignment of three notebooks, with files beside them."""

from pathlib import Path

from autograder.course import Course
from tests.autograder.plain_courses import add, code, graded, make, notebook, text

VISIBLE = "assert double(1) == 2"
HIDDEN = (
    f"{VISIBLE}\n### BEGIN HIDDEN TESTS\nassert double(3) == 6\n### END HIDDEN TESTS"
)
CODE = notebook(
    code("offset = 1", "given", locked=True),
    code("def double(x):\n    ### BEGIN SOLUTION\n    return 2 * x\n    "
         "### END SOLUTION", "solution", solution=True),
    graded(HIDDEN, "hidden", 2),
    graded("1.5 if double(2) == 4 else 0.5", "part", 2.5),
    graded("assert offset == 1", "locked", 1),
    graded("assert double(0) == 0", "free", 0),
    graded("double(4) and 'no number'", "words", 1),
    graded("import warnings\nassert double(5) == 10", "quiet", 1),
)  # fmt: skip
WRITTEN = notebook(
    text("YOUR ANSWER HERE", "why", grade=True, solution=True, points=2),
    code("### BEGIN SOLUTION\n1\n### END SOLUTION", "own", grade=True, solution=True,
         points=3),
    text("Find a use.", "todo", task=True, locked=True, points=4),
    text("Read only.", "read", locked=True),
)  # fmt: skip
DATA = notebook(
    code("### BEGIN SOLUTION\nimport helper\ntext = open('data/x.csv').read()\n"
         "### END SOLUTION", "load", solution=True),
    graded("assert helper.twice(2) == 4 and text == 'a,b'", "loaded", 1),
)  # fmt: skip
FILES = {"helper.py": "def twice(x):\n    return 2 * x\n", "data/x.csv": "a,b"}
RIGHT = "def double(x):\n    return 2 * x"
EVERYTHING = {"hidden": 2, "part": 1.5, "locked": 1, "free": 0, "words": 1, "quiet": 1}


def exercise(root: Path) -> Course:
    """A course with the one assignment `ex`."""
    course = make(root, "c.Execute.timeout = 4")
    add(course, "ex", {"code": CODE, "written": WRITTEN, "data": DATA}, FILES)
    return course
