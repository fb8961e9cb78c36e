"""Makes `docs/benchmarks.md` and `docs/recipes.md` of `benchmarks/results/*.json`.

python benchmarks/tables.py
"""

import pathlib

from marking_page import marking_page
from recipes_page import recipes_page
from speed_page import speed_page

HERE = pathlib.Path(__file__).parent


def main() -> None:
    docs, recipes = HERE.parent / "docs", HERE.parent / "kerasdl" / "recipes"
    pages = {
        "benchmarks.md": speed_page(HERE / "results") + marking_page(HERE / "results"),
        "recipes.md": recipes_page(HERE / "results", recipes),
    }
    for name, text in pages.items():
        (docs / name).write_text(text, encoding="utf-8")
        print(docs / name)


if __name__ == "__main__":
    main()
