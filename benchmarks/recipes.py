"""How often each recipe reaches its goal: 20 seeds on the backend that runs.

    KERAS_BACKEND=torch python benchmarks/recipes.py [NAME ...] [--seeds 20]

Figures go to `benchmarks/results/recipes-BACKEND.json` after every run: a measurement
that was stopped goes on where it ended. A recipe whose file has changed starts anew.
`python benchmarks/tables.py` makes `docs/recipes.md` of them.
"""

import argparse
import hashlib
import importlib
import os
import pathlib
import pkgutil
import time

os.environ.setdefault("OMP_NUM_THREADS", "1")

import keras  # noqa: E402
import results  # noqa: E402

import kerasdl.recipes  # noqa: E402


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", help="recipes; all if none is named")
    parser.add_argument("--seeds", type=int, default=20, help="seeds 0 to this less 1")
    options = parser.parse_args()
    known = [file.name for file in pkgutil.iter_modules(kerasdl.recipes.__path__)]
    unknown = set(options.names) - set(known)
    if unknown:
        parser.error(f"no recipe {', '.join(unknown)}; there are {', '.join(known)}")
    for name in options.names or known:
        measure(name, options.seeds)


def measure(name: str, seeds: int) -> None:
    """Run the seeds of a recipe that are not measured yet, and store each."""
    recipe = importlib.import_module(f"kerasdl.recipes.{name}")
    source = pathlib.Path(recipe.__file__).read_bytes()
    key = hashlib.sha256(source).hexdigest()[:12]
    if results.stored("recipes").get(name, {}).get("key") != key:
        results.store("recipes", name, {"key": key, "goal": recipe.GOAL, "runs": {}})
    for seed in range(seeds):
        entry = results.stored("recipes")[name]
        if str(seed) in entry["runs"]:
            continue
        start = time.perf_counter()
        figure = float(recipe.run(seed))
        seconds = round(time.perf_counter() - start, 2)
        reached = bool(recipe.reached(figure))
        entry["runs"][str(seed)] = [round(figure, 5), reached, seconds]
        results.store("recipes", name, entry)
        print(
            name, f"seed {seed}", round(figure, 4), reached, f"{seconds} s", flush=True
        )
        keras.utils.clear_session()


if __name__ == "__main__":
    main()
