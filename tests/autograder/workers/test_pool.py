"""Marking processes: they compare under limits of their own and are replaced."""

import threading
import time

import psutil
import pytest

from autograder.box import isolation
from autograder.workers.parcel import Parcel
from autograder.workers.pool import Pool, Task
from tests.autograder.conftest import BACKEND, workers
from tests.autograder.notebooks import WRONG, hand_in


def parcel(toy, **cells):
    return Parcel({"toy": hand_in(toy, **cells)})


@pytest.fixture(scope="module")
def pool(toy):
    with workers()(Task(toy, None, BACKEND)) as made:
        yield made


def test_hand_ins_are_marked_side_by_side(pool, toy):
    futures = [pool.submit(parcel(toy), seed) for seed in range(3)]
    futures.append(pool.submit(parcel(toy, double=WRONG), 3))
    earned = [future.result(60).earned for future in futures]
    assert earned[:3] == [5, 5, 5] and earned[3] < 5


def test_a_marking_process_that_is_killed_is_replaced(pool, toy):
    pool.submit(parcel(toy), 1).result(60)
    for marker in pool.markers:
        if marker.process:
            psutil.Process(marker.process.pid).kill()
    assert pool.submit(parcel(toy), 1).result(60).earned == 5


def test_the_parent_that_is_killed_is_replaced(pool, toy):
    slow = parcel(
        toy, double="import time; time.sleep(1.5)\n" + toy.reference["double"]
    )
    future = pool.submit(slow, 1)
    time.sleep(0.7)
    pool.parent.process.kill()
    assert future.result(120).earned == 5


def test_a_course_that_ends_takes_its_processes_along(toy):
    with Pool(Task(toy, None, BACKEND), isolation.best(), 1) as pool:
        pool.submit(parcel(toy), 1).result(60)
        started = [pool.markers[0].process.pid, pool.parent.process.pid]
    deadline = time.monotonic() + 10
    while any(map(psutil.pid_exists, started)) and time.monotonic() < deadline:
        for marker in pool.markers:
            marker.process.poll()
        time.sleep(0.05)
    assert not any(map(psutil.pid_exists, started))
    assert threading.active_count() < 20


HEAVY = """
import numpy as np

from autograder.checks import Check, Verdict


class Slow(Check):
    name = "double/slow"

    @staticmethod
    def run(student):
        return 1

    def mark(self, result, inputs):
        {body}
        return Verdict(1.0)
"""


@pytest.mark.parametrize(
    "body",
    ["while True: pass", "np.ones((1 << 40,))"],
)
def test_comparing_that_does_not_end_costs_one_check(toy, tmp_path, body):
    from autograder.assignment import Assignment

    folder = tmp_path / "toy"
    folder.mkdir()
    for path in toy.files:
        (folder / path.name).write_text(path.read_text())
    text = (folder / "checks.py").read_text() + HEAVY.format(body=body)
    text += "\nchecks.append(Slow())\nfrom autograder.checks import Limits\n"
    text += "limits = Limits(mark_seconds=1)\n"
    (folder / "checks.py").write_text(text)
    changed = Assignment(folder)
    with workers(1)(Task(changed, None, BACKEND)) as pool:
        result = pool.submit(parcel(toy), 1).result(60)
    lost = [m for p in result.problems.values() for m in p.marks if m.share < 1]
    assert [mark.check for mark in lost] == ["double/slow"]
