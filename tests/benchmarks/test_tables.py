"""The pages of figures, made of small samples."""

import hashlib
import json

import pytest
from figures import table, times
from marking_page import marking_page
from recipes_page import recipes_page
from speed_page import speed_page

STEP = {"ours ms": 2.0, "keras ms": 1.9, "ours / keras": 1.06, "stepwise / keras": 0.9}
NATIVE = {"native ms": 1.0, "stepwise / native": 1.5, "keras / native": 1.9}
NATIVE |= {"ours / native": 2.04, "channels_first / native": 1.3}
NATIVE |= {"channels_first stepwise / native": 1.2}
RECIPE = '"""What is trained: on this.\n\nMore."""\n\nGOAL = "at least 1"\n'


@pytest.fixture
def results(tmp_path):
    folder = tmp_path / "results"
    folder.mkdir()
    sampling = {"compiled ms": 1.0, "python ms": 20.0, "times as fast": 20.0}
    imports = {"keras s": 3.0, "added s": 0.05, "loads TensorFlow": False}
    store(folder, "training_step", "jax", {"mlp": STEP})
    store(folder, "training_step", "torch", {"cnn": STEP | NATIVE, "mlp": STEP})
    store(folder, "sampling", "jax", {"ddpm": sampling})
    store(folder, "imports", "torch", {"kerasdl": imports})
    return folder


def store(folder, kind, backend, entries):
    (folder / f"{kind}-{backend}.json").write_text(json.dumps(entries))


def test_a_ratio_above_its_limit_is_bold():
    assert times(1.06, 1.05) == "**1.06**"
    assert times(1.04, 1.05) == "1.04"
    assert times(None, 1.05) == "–"


def test_a_table_has_a_line_per_row():
    assert table(["a", "b"], [["1", "2"]]) == "| a | b |\n| --- | ---: |\n| 1 | 2 |\n"


def test_the_page_of_speed_shows_all_that_is_measured(results):
    page = speed_page(results)
    assert "| mlp | 2.00 | 1.90 | – | **1.06** | – | 0.90 | – | – | – |" in page
    line = "| cnn | 2.00 | 1.90 | 1.00 | **1.06** | – | 0.90 | **2.04** | – | 1.50 |"
    assert line in page
    assert "2.04 times native, and 1.50 times by `Stepwise`" in page
    assert "1.90 times native with the channels last, 1.30" in page
    assert "| ddpm | JAX | 1.0 | 20.0 | 20.0 |" in page
    assert "| PyTorch | 3.00 | 0.05 | not loaded |" in page


def test_the_page_of_marking_says_what_was_missed(results):
    entry = {"nbgrader s": 20.0, "ours s": 2.0, "computing s": 3.5, "overhead s": 0.5}
    entry |= {"hand-ins": 40, "times as fast": 10.0, "peak MB": 2000}
    entry["marks differ"] = []
    store(results, "marking", "jax", {"mlp": entry, "cnn": entry})
    sizes = {"500": [0.3, 900], "100": [0.4, 800]}
    names = ("seconds each", "peak MB")
    growth = {
        n: dict(zip(names, v, strict=True)) | {"report seconds each": 0.01}
        for n, v in sizes.items()
    }
    store(results, "growth", "jax", {"mlp": growth})
    page = marking_page(results)
    line = "| {} | JAX | 40 | 20.00 | 2.00 | 3.50 | **0.50** | {} | 2000 | 0 |"
    assert line.format("mlp", "**10.00**") in page
    assert line.format("cnn", "10.00") in page
    assert page.index("| JAX | 100 | 0.400 |") < page.index("| JAX | 500 | 0.300 |")


def test_the_same_results_make_the_same_page(results):
    assert speed_page(results) == speed_page(results)


def test_a_page_without_results_has_no_figures(tmp_path):
    assert "Where the time goes" not in speed_page(tmp_path)


def test_a_recipe_shows_its_words_and_how_often_it_reached_its_goal(results, tmp_path):
    recipes = tmp_path / "recipes"
    recipes.mkdir()
    (recipes / "net.py").write_text(RECIPE)
    key = hashlib.sha256(RECIPE.encode()).hexdigest()[:12]
    runs = {"0": [1.5, True, 2.0], "1": [0.5, False, 4.0]}
    store(results, "recipes", "jax", {"net": {"key": key, "runs": runs}})
    store(results, "recipes", "torch", {"net": {"key": "changed", "runs": runs}})
    page = recipes_page(results, recipes)
    counts = "– | 1 of 2; 0.5 to 1.5; 3.0 s | –"
    assert f"| net | What is trained: on this. | at least 1 | {counts} |" in page
