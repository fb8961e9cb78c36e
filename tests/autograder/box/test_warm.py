"""Warm parents: shared, replaced when killed, gone with their supervisor."""

import os
import signal
import subprocess
import sys
import time

import pytest

from autograder.box import isolation
from autograder.box import parent as module
from autograder.box import warm as warm_module
from autograder.box.client import BoxDied, BoxError
from autograder.box.warm import Parent
from autograder.limits import Limits
from tests.autograder.conftest import BACKEND

LIMITS = Limits(grace_seconds=1)


@pytest.fixture(scope="module")
def warm():
    parent = Parent(BACKEND, isolation.best())
    yield parent
    parent.close()


def test_a_second_box_starts_warm(warm):
    boxes = warm.boxes()
    started = time.monotonic()
    with boxes.box(LIMITS) as box:
        box.run_cell("import keras", 5)
    assert time.monotonic() - started < 2  # importing anew takes longer


def test_several_have_boxes_of_one_parent_at_the_same_time(warm):
    one, two = warm.boxes(), warm.boxes()
    first = one.box(LIMITS)
    first.run_cell("x = 1", 5)
    with two.box(LIMITS) as second:
        assert second.run_cell("x", 5)["ended"] == "error"
        one.close()
        with pytest.raises(BoxError):  # its box ended with it
            first.run_cell("import time; time.sleep(30)", 5)
        assert second.run_cell("1", 5)["ended"] == "ok"
    two.close()


def test_a_killed_parent_is_the_machines_fault_and_is_replaced(warm):
    boxes = warm.boxes()
    box = boxes.box(LIMITS)
    warm.process.kill()
    with pytest.raises(BoxError):
        box.run_cell("import time; time.sleep(30)", 5)
    with warm.boxes().box(LIMITS) as box:
        assert box.run_cell("1", 5)["ended"] == "ok"


def test_a_box_that_ends_itself_is_the_students_fault(warm):
    boxes = warm.boxes()
    box = boxes.box(LIMITS)
    with pytest.raises(BoxDied):
        box.run_cell("import os; os._exit(0)", 5)
    with boxes.box(LIMITS) as box:
        assert box.run_cell("1", 5)["ended"] == "ok"


def test_without_a_safe_fork_each_box_is_a_process_of_its_own():
    cold = Parent(BACKEND, isolation.best(), cold=True)
    boxes = cold.boxes()
    with boxes.box(LIMITS) as box:
        box.run_cell("import keras; keras.left = 1", 5)
    with boxes.box(LIMITS) as box:
        assert box.run_cell("keras.left", 5)["ended"] == "error"
        with pytest.raises(BoxDied):
            box.run_cell("import os; os._exit(0)", 5)
    boxes.close()
    assert cold.process is None


def test_a_backend_that_does_not_start_is_named():
    broken = Parent("no-such-backend", "none")
    with pytest.raises(BoxError, match="no-such-backend"):
        broken.boxes()
    broken.close()


def test_a_parent_that_has_computed_forks_no_more(monkeypatch):
    """Children would hang on the threads that a fork does not copy."""
    import socket

    threads = iter([["main"], ["main", "tf_Compute"]])
    monkeypatch.setattr(module, "_threads", lambda: next(threads))
    client, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    control, _ = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    boxes = module.Boxes(control, cold=False)
    boxes.boxes[theirs] = 0
    with pytest.raises(SystemExit, match="computed"):
        boxes._answer(theirs, {"op": "start", "settings": {}}, -1)
    client.setblocking(False)
    with pytest.raises(BlockingIOError):  # it had no box
        client.recv(100)


def test_a_parent_whose_supervisor_was_killed_ends_and_cleans_up():
    program = (
        "import time; from autograder.box.warm import Parent\n"
        f"parent = Parent({BACKEND!r}, 'none'); parent.attach()\n"
        "print(parent.process.pid, parent.folder, flush=True); time.sleep(60)"
    )
    command = [sys.executable, "-c", program]
    supervisor = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    pid, folder = supervisor.stdout.readline().split()
    supervisor.send_signal(signal.SIGKILL)
    supervisor.wait()
    deadline = time.monotonic() + 10
    while os.path.exists(f"/proc/{pid}") and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not os.path.exists(f"/proc/{pid}") and not os.path.exists(folder)


def test_a_backend_that_never_starts_is_not_tried_for_every_student():
    parent = Parent("no_such_backend", isolation.best())
    for _ in range(warm_module.MOST_FAILURES):
        with pytest.raises(BoxError, match="no_such_backend does not start"):
            parent.boxes()
    started = time.monotonic()
    with pytest.raises(BoxError, match="no_such_backend does not start"):
        parent.boxes()
    assert time.monotonic() - started < 0.1


def test_a_students_error_is_not_the_first_to_look_at_all_modules(warm):
    boxes = warm.boxes()
    with boxes.box(LIMITS) as box:
        box.run_cell("import inspect; known = len(inspect.modulesbyfile)", 5)
        box.run_cell("1 / 0", 5)
        told = box.run_cell("0 < len(inspect.modulesbyfile) - known < known / 10", 5)
    assert told["outputs"][0]["data"]["text/plain"] == "True"
