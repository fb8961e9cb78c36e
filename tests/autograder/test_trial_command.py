"""`autograder trial`: right and wrong answers, mutants, many seeds, and a table."""

import json
import shutil

import pytest
from click.testing import CliRunner

from autograder.cli import main
from tests.autograder.conftest import BACKEND, SOLUTIONS

EXPLAINED = """
[[equivalent]]
cell = "mean"
was = "return ops.mean(x, axis=-1)"
becomes = "return ops.mean(x, axis=(1))"
reason = "The checks give matrices only."
"""


@pytest.fixture
def folder(tmp_path):
    shutil.copytree(SOLUTIONS / "toy", tmp_path / "solutions" / "toy")
    return tmp_path


def trial(folder, *options):
    where = ["--solutions", str(folder / "solutions"), "--backend", BACKEND]
    return CliRunner().invoke(main, ["trial", *where, *options])


def test_a_mutant_that_no_check_notices_is_shown_until_it_is_explained(folder):
    done = trial(folder, "--mutants")
    assert done.exit_code == 1
    assert "survived: mean: return ops.mean(x, axis=-1) ->" in done.output
    (folder / "solutions" / "toy" / "equivalent.toml").write_text(EXPLAINED)
    done = trial(folder, "--mutants", "--table", str(folder / "fairness.md"))
    assert done.exit_code == 0 and "1 equivalent, 0 unexplained" in done.output
    (row,) = json.loads((folder / "fairness.json").read_text()).values()
    assert row["mutants"] == [5, 1, 0] and row["chaffs"] == [1, 1]


def test_every_wheat_is_marked_with_each_seed(folder):
    done = trial(folder, "--seeds", "3", "--table", str(folder / "fairness.md"))
    assert done.exit_code == 0
    assert "0 of 6 markings of wheats lost marks" in done.output
    assert "| 3 | 0 |" in (folder / "fairness.md").read_text()
