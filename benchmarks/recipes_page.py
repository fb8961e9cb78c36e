"""The page of recipes: what each trains, its goal, and how often it is reached."""

import ast
import hashlib
import pathlib
import statistics

from figures import BACKENDS, number, stored, table

HEAD = """# Recipes

Made by `benchmarks/tables.py` from `benchmarks/results`. `kerasdl/recipes/NAME.py`
trains one model, and `run(seed)` returns one figure. For each backend: how many seeds
reached the goal, the lowest and the highest figure of all seeds (one of them is the
worst), and the median seconds of a run on one thread, compilation included.
"""


def recipes_page(results: pathlib.Path, recipes: pathlib.Path) -> str:
    entries = stored(results, "recipes")
    head = ["recipe", "what", "goal", *BACKENDS.values()]
    rows = [
        [path.stem, *_words(path), *(_reached(path, entries[b]) for b in BACKENDS)]
        for path in sorted(recipes.glob("*.py"))
        if path.stem != "__init__"
    ]
    return HEAD + "\n" + table(head, rows).replace("---:", "---")


def _words(path: pathlib.Path) -> list[str]:
    """The first line of a recipe's docstring, and its goal."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assigned = [node for node in tree.body if isinstance(node, ast.Assign)]
    goals = [
        ast.literal_eval(node.value)
        for node in assigned
        if getattr(node.targets[0], "id", None) == "GOAL"
    ]
    return [ast.get_docstring(tree).splitlines()[0], *goals]


def _reached(path: pathlib.Path, entries: dict) -> str:
    """The runs of the recipe as it is now; a dash if it has changed since."""
    key = hashlib.sha256(path.read_bytes()).hexdigest()[:12]
    entry = entries.get(path.stem, {})
    if entry.get("key") != key or not entry["runs"]:
        return "–"
    figures, reached, seconds = zip(*entry["runs"].values(), strict=True)
    low, high = f"{min(figures):.4g}", f"{max(figures):.4g}"
    middle = number(statistics.median(seconds), 1)
    return f"{sum(reached)} of {len(reached)}; {low} to {high}; {middle} s"
