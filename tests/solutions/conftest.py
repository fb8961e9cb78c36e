"""The assignments, each read once."""

from pathlib import Path

import pytest

from autograder.assignment import NOTEBOOK, Assignment

ROOT = Path(__file__).parents[2]
NAMES = sorted(path.parent.name for path in (ROOT / "solutions").glob(f"*/{NOTEBOOK}"))
ASSIGNMENTS = {name: Assignment(ROOT / "solutions" / name) for name in NAMES}


@pytest.fixture(params=NAMES)
def assignment(request):
    return ASSIGNMENTS[request.param]
