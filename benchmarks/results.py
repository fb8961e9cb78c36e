"""Measured figures, kept as `benchmarks/results/KIND-BACKEND.json`, a net at a time."""

import json
import os
import pathlib

import keras

FOLDER = pathlib.Path(__file__).parent / "results"


def stored(kind: str) -> dict:
    """All entries of a kind, for the backend that runs."""
    path = _path(kind)
    return json.loads(path.read_text()) if path.exists() else {}


def store(kind: str, name: str, entry: dict) -> None:
    """Add or replace an entry; whole or not at all, if the process is stopped."""
    FOLDER.mkdir(exist_ok=True)
    text = json.dumps(stored(kind) | {name: entry}, indent=1, sort_keys=True)
    draft = _path(kind).with_suffix(f".{os.getpid()}")
    draft.write_text(text + "\n")
    draft.replace(_path(kind))


def _path(kind: str) -> pathlib.Path:
    return FOLDER / f"{kind}-{keras.config.backend()}.json"
