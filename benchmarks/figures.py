"""Stored figures to tables in Markdown; nothing here imports Keras."""

import json
import pathlib

BACKENDS = {"tensorflow": "TensorFlow", "jax": "JAX", "torch": "PyTorch"}


def stored(folder: pathlib.Path, kind: str) -> dict[str, dict]:
    """The entries of a kind, by backend and name; empty where nothing is measured."""
    paths = {backend: folder / f"{kind}-{backend}.json" for backend in BACKENDS}
    return {
        backend: json.loads(path.read_text()) if path.exists() else {}
        for backend, path in paths.items()
    }


def table(head: list[str], rows: list[list[str]]) -> str:
    """A table; all columns but the first are numbers."""
    line = ["---"] + ["---:"] * (len(head) - 1)
    return "\n".join(f"| {' | '.join(row)} |" for row in [head, line, *rows]) + "\n"


def number(value: float | None, digits: int = 2) -> str:
    """A figure; a dash where there is none."""
    return "–" if value is None else f"{value:.{digits}f}"


def times(value: float | None, limit: float = float("inf")) -> str:
    """A ratio, bold above its limit."""
    text = number(value)
    return f"**{text}**" if value is not None and value > limit else text
