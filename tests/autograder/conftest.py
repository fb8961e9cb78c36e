"""A toy assignment, and a course and a warm parent for it."""

import os
from pathlib import Path

import pytest

from autograder.assignment import Assignment
from autograder.box import isolation
from autograder.box.client import Parent
from autograder.build import release_notebook
from autograder.course import init

SOLUTIONS = Path(__file__).parent / "solutions"
# The autograder's own tests need one backend; every backend marks in tests/solutions.
BACKEND = os.environ.get("KERAS_BACKEND", "torch")


@pytest.fixture(scope="session")
def toy():
    return Assignment(SOLUTIONS / "toy")


@pytest.fixture(scope="session")
def release(toy):
    return release_notebook(toy)


@pytest.fixture(scope="session")
def parent():
    warm = Parent(BACKEND, isolation.best())
    yield warm
    warm.close()


@pytest.fixture
def course(tmp_path):
    return init(tmp_path / "course", [SOLUTIONS / "toy"])
