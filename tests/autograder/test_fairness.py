"""The table of what trials found grows run by run."""

from autograder.fairness import Found, Table


def test_what_another_run_found_of_the_same_version_is_kept(tmp_path):
    path = tmp_path / "fairness.md"
    Table(path).update("toy", "jax", Found("a", [9, 9], [30, 30], [50, 2, 0]))
    Table(path).update("toy", "torch", Found("a", [9, 9], [30, 30]))
    Table(path).update("toy", "jax", Found("a", [8, 9], [30, 30], seeds=[20, 1]))
    rows = path.read_text().splitlines()[-2:]
    assert rows == [
        "| toy | jax | 8 of 9 | 30 of 30 | 50 | 2 | 0 | 20 | 1 | 0.0 |",
        "| toy | torch | 9 of 9 | 30 of 30 | – | – | – | – | – | 0.0 |",
    ]


def test_figures_of_an_older_version_go(tmp_path):
    path = tmp_path / "fairness.md"
    Table(path).update("toy", "jax", Found("a", [9, 9], [30, 30], [50, 2, 0]))
    Table(path).update("toy", "jax", Found("b", [9, 9], [31, 31]))
    assert "| 31 of 31 | – | – | – |" in path.read_text()
