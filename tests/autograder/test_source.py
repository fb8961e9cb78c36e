"""Scripts are read into cells; mistakes of instructors are named with their place."""

import pytest

from autograder.assignment import Assignment
from autograder.source import SourceError, read_answer, read_cells

CHECKS = """
from autograder.checks import SameValues
checks = [SameValues({name!r}, "f", lambda rng: (1,), lambda x: x, "look")]
"""
NOTEBOOK = '# %% solution="f"\ndef f(x):\n    pass\n\n# %% test="f" points=2\nf(1)\n'


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "notebook.py").write_text(NOTEBOOK)
    (tmp_path / "checks.py").write_text(CHECKS.format(name="f/idea"))
    for kind in ("wheats", "chaffs"):
        (tmp_path / kind).mkdir()
    return tmp_path


def test_cells_have_roles_and_names(toy):
    roles = [(cell.role, cell.name) for cell in toy.cells]
    assert roles[:3] == [("text", "text-1"), ("given", "setup"), ("text", "text-2")]
    assert toy.points == 5 and toy.written == {"why": 1}
    assert toy.problems["mean"].solutions == ("mean",)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("# %%\nx = 1\n", "Expected exactly one of"),
        ('# %% solution="f" test="f"\nx = 1\n', "Expected exactly one of"),
        ('# %% solutoin="f"\nx = 1\n', "solutoin"),
        ('# %% test="f"\nx = 1\n', "points=0"),
        ('# %% solution="f" points=3\nx = 1\n', "points=3"),
        ('# %% given="f"\nx = 1\n# %% given="f"\ny = 1\n', "more than one cell"),
    ],
)
def test_bad_tags_are_named(tmp_path, text, words):
    path = tmp_path / "notebook.py"
    path.write_text(text)
    with pytest.raises(SourceError, match=words):
        read_cells(path)


def test_a_missing_file_is_named(folder):
    (folder / "checks.py").unlink()
    with pytest.raises(SourceError, match=r"no assignment"):
        Assignment(folder)


def test_checks_may_be_a_package(folder):
    (folder / "checks.py").unlink()
    (folder / "checks").mkdir()
    (folder / "checks" / "f.py").write_text(CHECKS.format(name="f/idea"))
    (folder / "checks" / "__init__.py").write_text("from .f import checks\n")
    read = Assignment(folder)
    assert [check.name for check in read.problems["f"].checks] == ["f/idea"]
    before = read.version
    (folder / "checks" / "f.py").write_text(CHECKS.format(name="f/other"))
    assert Assignment(folder).version != before
    assert Assignment(folder).problems["f"].checks[0].name == "f/other"


@pytest.mark.parametrize("name", ["g/idea", "idea"])
def test_a_check_of_no_problem_is_named(folder, name):
    (folder / "checks.py").write_text(CHECKS.format(name=name))
    with pytest.raises(SourceError, match="belongs to no problem"):
        Assignment(folder).validate()


def test_checks_that_do_not_run_are_named(folder):
    (folder / "checks.py").write_text("1/0")
    with pytest.raises(SourceError, match=r"checks\.py: ZeroDivisionError"):
        Assignment(folder).validate()


def test_a_chaff_must_say_what_catches_it(folder):
    chaff = folder / "chaffs" / "wrong.py"
    chaff.write_text('# a mistake\n# %% solution="f"\ndef f(x):\n    return 0\n')
    with pytest.raises(SourceError, match="caught by"):
        Assignment(folder).validate()
    chaff.write_text('# caught by: f/other\n# %% solution="f"\nf = 1\n')
    with pytest.raises(SourceError, match="checks of this assignment"):
        Assignment(folder).validate()


def test_an_answer_to_no_hole_is_named(folder):
    wheat = folder / "wheats" / "right.py"
    wheat.write_text('# Right.\n# %% solution="g"\ng = 1\n')
    with pytest.raises(SourceError, match="g"):
        Assignment(folder).validate()


def test_comments_and_cells_of_an_answer(toy):
    comments, cells = read_answer(toy.folder / "chaffs" / "sum_for_mean.py")
    assert comments[0] == "caught by: mean/values, mean/equal-numbers"
    assert list(cells) == ["mean"]
