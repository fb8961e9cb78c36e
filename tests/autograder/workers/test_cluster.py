"""Submissions are marked on the workers of a Dask cluster as they are here."""

import os
import signal
import socket
import subprocess
import sys
import time

import pytest

from autograder.course import CourseError
from autograder.grade import Batch
from autograder.returning.results import load_results
from autograder.workers.pool import Task
from tests.autograder.conftest import BACKEND, workers
from tests.autograder.gradebooks import contents
from tests.autograder.notebooks import WRONG, hand_in

distributed = pytest.importorskip("distributed")

from autograder.workers.cluster import Cluster  # noqa: E402


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory):
    """A scheduler's address, and a function that starts a worker of two threads."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    folder, started = tmp_path_factory.mktemp("dask"), []

    def start(*command):
        process = subprocess.Popen(
            [sys.executable, "-m", "dask", *command],
            cwd=folder,
            env={**os.environ, "OMP_NUM_THREADS": "1"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        started.append(process)
        return process

    port = address.rpartition(":")[2]
    start("scheduler", "--host", "127.0.0.1", "--port", port, "--no-dashboard")
    yield (
        address,
        lambda: start(
            "worker", address, "--nthreads", "2", "--no-nanny", "--no-dashboard"
        ),
    )
    for process in started:
        process.kill()
        process.wait()


@pytest.fixture(scope="module")
def worker(scheduler):
    process = scheduler[1]()
    with distributed.Client(scheduler[0]) as client:
        client.wait_for_workers(1, timeout=60)
    return process


def put(course, student, data):
    folder = course.submitted(student, "toy")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "toy.ipynb").write_bytes(data)


def on(address):
    return lambda task: Cluster(task, "auto", address)


def test_a_cluster_gives_the_marks_of_this_machine(
    course, toy, scheduler, worker, monkeypatch
):
    monkeypatch.setenv("AUTOGRADER_SEED", "7")
    put(course, "ada", hand_in(toy))
    put(course, "bob", hand_in(toy, double=WRONG))
    put(course, "eve", b"no notebook")
    done = []
    batch = Batch(course, "toy", BACKEND)
    batch.run(["ada", "bob", "eve"], on(scheduler[0]), lambda who, _: done.append(who))
    assert sorted(done) == ["ada", "bob", "eve"]
    there = contents(course, "toy")
    assert load_results(course, "toy")["ada"].earned == 5
    Batch(course, "toy", BACKEND, force=True).run(
        ["ada", "bob", "eve"], workers(), lambda *_: None
    )
    assert contents(course, "toy") == there


def test_a_worker_that_is_killed_is_replaced_by_the_others(
    course, toy, scheduler, worker
):
    students = [f"s{number}" for number in range(8)]
    for student in students:
        put(course, student, hand_in(toy))
    second, killed = scheduler[1](), []
    with distributed.Client(scheduler[0]) as client:
        client.wait_for_workers(2, timeout=60)

    def progress(student, result):
        if not killed:
            os.kill(second.pid, signal.SIGKILL)
            killed.append(time.monotonic())

    results = Batch(course, "toy", BACKEND).run(students, on(scheduler[0]), progress)
    assert {result.earned for result in results.values()} == {5}


def test_nobody_at_the_address_is_said(course, toy, monkeypatch):
    monkeypatch.setattr("autograder.workers.cluster.CONNECT_SECONDS", 0.5)
    task = Task(course.assignment("toy"), course.root, BACKEND)
    with pytest.raises(CourseError, match="dask scheduler"):
        Cluster(task, "auto", "tcp://127.0.0.1:9")


def test_a_worker_with_other_versions_is_refused(
    course, toy, scheduler, worker, monkeypatch
):
    task = Task(course.assignment("toy"), course.root, BACKEND)
    monkeypatch.setattr("autograder.workers.cluster.versions", lambda: ["keras 2.0"])
    with pytest.raises(CourseError, match="keras 2.0"):
        Cluster(task, "auto", scheduler[0])
