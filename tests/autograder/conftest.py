"""A toy assignment, and a course and a warm parent for it."""

import functools
import os
import shutil
from pathlib import Path

import pytest

from autograder.assignment import Assignment
from autograder.box import isolation
from autograder.box.warm import Parent
from autograder.build import release_notebook
from autograder.course import Course, init
from autograder.workers.pool import Pool

SOLUTIONS = Path(__file__).parent / "solutions"
# The autograder's own tests need one backend; every backend marks in tests/solutions.
BACKEND = os.environ.get("KERAS_BACKEND", "torch")


@functools.cache
def shared_parent():
    """One for all batches of the tests: starting it takes most of their time."""
    return Parent(BACKEND, isolation.best())


class SharingPool(Pool):
    """A pool like any other, but that it leaves the warm parent running."""

    def __init__(self, task, isolated, jobs):
        super().__init__(task, isolated, jobs)
        self.parent = shared_parent()
        for marker in self.markers:
            marker.parent = self.parent

    def __exit__(self, *_):
        self.stopped.set()
        self.threads.shutdown(wait=False, cancel_futures=True)
        for marker in self.markers:
            marker.close()


def workers(jobs=2):
    """What marks a batch: processes of this machine."""
    return functools.partial(SharingPool, isolated=isolation.best(), jobs=jobs)


@pytest.fixture(scope="session")
def toy():
    return Assignment(SOLUTIONS / "toy")


@pytest.fixture(scope="session")
def release(toy):
    return release_notebook(toy)


@pytest.fixture(scope="session")
def parent():
    """Boxes of a warm parent, one at a time."""
    warm = Parent(BACKEND, isolation.best())
    yield warm.boxes()
    warm.close()


@pytest.fixture(scope="session")
def empty_course(tmp_path_factory):
    """Made once, since that takes nbgrader seconds; tests get copies."""
    return init(tmp_path_factory.mktemp("empty") / "course", [SOLUTIONS / "toy"])


@pytest.fixture
def course(empty_course, tmp_path):
    shutil.copytree(empty_course.root, tmp_path / "course")
    return Course(tmp_path / "course")
