"""The real command, run by an ordinary user without capabilities, on each rung."""

import os
import re
import sys
import tempfile
from pathlib import Path

import nbformat
import pytest

from autograder.box import isolation
from autograder.course import init
from autograder.returning.results import load_results
from tests.autograder import ordinary
from tests.autograder.attack import stricter
from tests.autograder.attacks import ATTACKS
from tests.autograder.conftest import BACKEND, SOLUTIONS
from tests.autograder.gradebooks import automatic
from tests.autograder.notebooks import WRONG, hand_in

ATTACK = """
import os, socket
def tried(name, attempt):
    try:
        attempt()
        print("OUT", name)
    except OSError as error:
        print("IN", name, type(error).__name__)
tried("read", lambda: open({secret!r}).read())
tried("write", lambda: open({secret!r}, "w"))
tried("course", lambda: os.listdir({course!r}))
tried("make", lambda: open({course!r} + "/made", "w"))
tried("signal", lambda: os.kill({pid}, 0))
tried("network", lambda: socket.create_connection(("127.0.0.1", {port}), 1))
tried("packages", lambda: open(os.__file__, "a"))
tried("mount", lambda: os.chroot("/tmp"))
"""
ATTEMPTS = 8
MEMORY = ATTACKS["fills the memory with children"]


@pytest.fixture
def course(toy):
    """A course that belongs to the ordinary user, and a secret beside it."""
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        toy_folder = Path(folder) / "toy"
        made = init(Path(folder) / "course", [stricter(SOLUTIONS / "toy", toy_folder)])
        secret = Path(folder) / "secret"
        secret.write_text("secret")
        attack = ATTACK.format(
            secret=str(secret), course=str(made.root), pid=os.getpid(), port=9
        )
        hand_ins = {
            "ada": hand_in(toy),
            "bob": hand_in(toy, double=WRONG),
            "eve": hand_in(toy, extra=attack, double=WRONG),
            "mal": with_cells(hand_in(toy, double=WRONG), MEMORY.cells),
        }
        for student, data in hand_ins.items():
            place = made.submitted(student, "toy")
            place.mkdir(parents=True)
            (place / "toy.ipynb").write_bytes(data)
        yield made
        assert secret.read_text() == "secret"


def with_cells(data, sources):
    notebook = nbformat.reads(data.decode(), as_version=4)
    notebook.cells[:0] = [nbformat.v4.new_code_cell(source) for source in sources]
    return nbformat.writes(notebook).encode()


@pytest.mark.parametrize("kind", ["full", "landlock"])
def test_a_class_is_marked(course, kind):
    if not isolation.works(kind):
        pytest.skip(f"{kind} does not work on this machine")
    command = [sys.executable, "-m", "autograder", "grade", "--backend", BACKEND]
    command += ["--jobs", "2", "--isolation", kind, "--course", str(course.root)]
    run = ordinary.runner(course.root.parent)
    ran = run(command, capture_output=True, text=True, timeout=110)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert f"isolation: {kind}" in ran.stdout
    wrong = {"check-double": 0, "check-mean": 3}
    right = {"check-double": 2, "check-mean": 3}
    marks = automatic(course, "toy")
    assert marks == {"ada": right, "bob": wrong, "eve": wrong, "mal": wrong}
    shown = course.root / "autograded" / "eve" / "toy" / "toy.ipynb"
    found = re.findall(r"\b(IN|OUT) \w+", shown.read_text())
    assert found == ["IN"] * ATTEMPTS
    events = " ".join(load_results(course, "toy")["mal"].events)
    assert MEMORY.told in events
    assert not (course.root / "made").exists()
    owner = (course.root / "gradebook.db").stat().st_uid
    assert owner == (ordinary.USER if os.geteuid() == 0 else os.geteuid())
