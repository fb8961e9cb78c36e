"""Whatever of our own processes dies, and whatever fills, locks or shuts: the marks are
in the end those of an undisturbed run.

`KILLS=50` kills so many times instead of a few.
"""

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time

import psutil
import pytest

from autograder.course import Course
from autograder.grade import Batch
from autograder.returning.results import load_results
from tests.autograder.conftest import BACKEND, workers
from tests.autograder.gradebooks import contents
from tests.autograder.notebooks import WRONG, hand_in

SEED = "12345"
KILLS = int(os.environ.get("KILLS", "3"))
STUDENTS = 8


@pytest.fixture(scope="module")
def unmarked(tmp_path_factory, toy):
    """A course with a class that is not marked yet."""
    from autograder.course import init

    course = init(tmp_path_factory.mktemp("class") / "course", [toy.folder])
    for number in range(STUDENTS):
        folder = course.submitted(f"s{number}", "toy")
        folder.mkdir(parents=True)
        data = hand_in(toy, **({"double": WRONG} if number % 2 else {}))
        (folder / "toy.ipynb").write_bytes(data)
    return course


@pytest.fixture(scope="module")
def undisturbed(unmarked, tmp_path_factory):
    """What stands in the gradebook after an undisturbed run."""
    course = copied(unmarked, tmp_path_factory.mktemp("undisturbed"))
    assert graded(course).returncode == 0
    return contents(course, "toy")


@pytest.fixture
def course(unmarked, tmp_path):
    return copied(unmarked, tmp_path)


def copied(course, folder):
    shutil.copytree(course.root, folder / "course", symlinks=True)
    return Course(folder / "course")


def started(course):
    """`autograder grade` as a person starts it."""
    command = [sys.executable, "-m", "autograder", "grade", "--course"]
    return subprocess.Popen(
        [*command, str(course.root), "--backend", BACKEND, "--jobs", "2"],
        env={**os.environ, "AUTOGRADER_SEED": SEED, "COLUMNS": "200"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def graded(course):
    """A whole run, with what it printed as `printed`."""
    process = started(course)
    process.printed = process.communicate(timeout=300)[0]
    return process


def parts_of(pid, name):
    """The processes below `pid` that run the module `autograder.NAME`."""
    found = []
    for process in psutil.Process(pid).children(recursive=True):
        try:
            arguments = process.cmdline()
        except psutil.Error:
            continue
        if f"autograder.{name}" in arguments:
            found.append(process)
    return found


@pytest.mark.parametrize("name", ["workers.marker", "box.parent"])
def test_parts_that_are_killed_are_replaced(course, undisturbed, name):
    moments, kills = random.Random(int(SEED)), 0
    for _ in range(10 * KILLS):
        if kills == KILLS:
            break
        process = started(course)
        threading.Thread(target=process.stdout.read, daemon=True).start()
        while process.poll() is None and kills < KILLS:
            time.sleep(moments.uniform(0.1, 1.5))
            running = parts_of(process.pid, name) if process.poll() is None else []
            if running:
                moments.choice(running).kill()
                kills += 1
        process.wait(timeout=300)
        if kills < KILLS:  # there must be something left to disturb
            for path in (course.work_of("toy") / "results").glob("s[0-3].json"):
                path.unlink()
    assert kills == KILLS
    assert graded(course).returncode == 0
    assert contents(course, "toy") == undisturbed


def test_a_supervisor_that_is_killed_goes_on(course, undisturbed):
    moments, marked = random.Random(int(SEED)), {}
    for _ in range(KILLS):
        process = started(course)
        time.sleep(moments.uniform(1, 12))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        stored = {
            path.name: path.stat().st_mtime_ns
            for path in (course.work_of("toy") / "results").glob("s*.json")
            if '"recorded": true' in path.read_text()
        }
        assert marked.items() <= stored.items(), "marked a second time"
        marked = stored
    assert graded(course).returncode == 0
    assert contents(course, "toy") == undisturbed


def test_a_locked_gradebook_loses_nothing(course, undisturbed):
    other = sqlite3.connect(course.root / "gradebook.db", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    try:
        run = graded(course)
    finally:
        other.close()
    assert run.returncode != 0 and "locked" in run.printed
    assert graded(course).returncode == 0
    assert contents(course, "toy") == undisturbed


@pytest.fixture
def small_disk(unmarked, tmp_path):
    """A course on a file system of its own, and what its mount can be changed with."""
    folder = tmp_path / "disk"
    folder.mkdir()
    size = "size=6m,mode=755"
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", size, "none", folder])
    if made.returncode:
        pytest.skip("mounting is not allowed here")
    yield copied(unmarked, folder)
    subprocess.run(["umount", "--lazy", folder], check=True)


def test_a_full_disk_loses_nothing(small_disk, undisturbed):
    filler = small_disk.root / "filler"
    free = shutil.disk_usage(small_disk.root).free
    filler.write_bytes(b"." * (free - (60 << 10)))
    run = graded(small_disk)
    assert run.returncode != 0, run.printed
    assert "No space left" in run.printed or "full" in run.printed
    filler.unlink()
    assert graded(small_disk).returncode == 0
    assert contents(small_disk, "toy") == undisturbed


def test_a_read_only_course_is_said(small_disk, undisturbed):
    folder = small_disk.root.parent
    subprocess.run(["mount", "-o", "remount,ro", folder], check=True)
    run = graded(small_disk)
    assert run.returncode == 2 and "Read-only" in run.printed
    assert "Traceback" not in run.printed
    subprocess.run(["mount", "-o", "remount,rw", folder], check=True)
    assert graded(small_disk).returncode == 0
    assert contents(small_disk, "toy") == undisturbed


def test_a_clock_that_jumps_does_not_matter(course, undisturbed, monkeypatch):
    now, moments = time.time, random.Random(int(SEED))
    monkeypatch.setattr(time, "time", lambda: now() + moments.uniform(-1e6, 1e6))
    monkeypatch.setenv("AUTOGRADER_SEED", SEED)
    students = course.students("toy")
    Batch(course, "toy", BACKEND).run(students, workers(), lambda *_: None)
    assert contents(course, "toy") == undisturbed
    assert not [r for r in load_results(course, "toy").values() if r.reason]
