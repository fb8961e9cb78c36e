"""When a box ends, or whoever holds it, nothing of it is left."""

import os
import signal
import subprocess
import tempfile
import time
from pathlib import Path

import pytest

from autograder.box import isolation
from tests.autograder import ordinary
from tests.autograder.shut_in import command_for, run_in


@pytest.fixture(params=["full", "landlock"])
def kind(request):
    if not isolation.works(request.param):
        pytest.skip(f"{request.param} does not work on this machine")
    return request.param


@pytest.fixture(params=["as the tests", "as an ordinary user"])
def run(request):
    """Runs a command as root where the tests are root, and as nobody in particular."""
    if request.param == "as the tests":
        yield subprocess.run
        return
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        yield ordinary.runner(Path(folder))


DAEMONS = """
import os, signal, time
for number in range(1, 60):
    try:
        signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError):
        pass
for how in range(3):
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            if how == 1:
                os.kill(os.getpid(), signal.SIGSTOP)
            if how == 2:
                os.execv("/bin/sleep", ["sleep-in-the-box", "4321"])
            time.sleep(4321)
        os._exit(0)
time.sleep(0.5)
say("started")
{end}
"""


@pytest.mark.parametrize(
    "end", ["os._exit(0)", "os.abort()", "os.kill(os.getpid(), 9)"]
)
def test_nothing_is_left_running(kind, run, end):
    before = processes_now()
    outcome = run_in(kind, DAEMONS.replace("{end}", end), run)
    assert outcome.printed == "started\n"
    assert not left_running(before)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_when_the_outside_process_is_ended_all_ends(kind, run, number):
    """Also where nobody is left to clean up."""
    before = processes_now()
    source = DAEMONS.replace("{end}", "time.sleep(4321)")
    outcome = run_in(kind, source, run, end_with=int(number))
    assert outcome.printed
    assert not left_running(before)


def test_when_the_warm_parent_is_killed_all_ends(kind):
    before = processes_now()
    options = {"stdin": subprocess.PIPE, "stdout": subprocess.DEVNULL}
    with subprocess.Popen(command_for(kind), text=True, **options) as parent:
        parent.stdin.write(DAEMONS.replace("{end}", "time.sleep(4321)"))
        parent.stdin.close()
        deadline = time.monotonic() + 20
        while len(boxed(before)) < 6 and time.monotonic() < deadline:
            time.sleep(0.05)
        assert len(boxed(before)) >= 6
        parent.kill()
    assert not left_running(before)


def test_an_older_landlock_ends_all_too(run):
    if not isolation.works("landlock"):
        pytest.skip("landlock does not work on this machine")
    before = processes_now()
    source = DAEMONS.replace("os.kill(os.getpid(), signal.SIGSTOP)", "pass")
    source = source.replace("{end}", "os._exit(0)")
    outcome = run_in("landlock", source, run, landlock_version=4)
    assert outcome.printed == "started\n"
    assert not left_running(before)


def processes_now():
    return {int(name) for name in os.listdir("/proc") if name.isdecimal()}


def left_running(before):
    """New processes of a box that are there after three seconds."""
    deadline = time.monotonic() + 3
    while True:
        found = boxed(before)
        if not found or time.monotonic() > deadline:
            return found
        time.sleep(0.05)


def boxed(before):
    return [pid for pid in processes_now() - before if of_a_box(pid)]


def of_a_box(pid):
    try:
        command = Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False
    return b"shut_in.py" in command or b"sleep-in-the-box" in command


LINKS = """
import os
os.symlink({outside!r}, "link")
os.makedirs("a/b")
for _ in range(2000):
    os.mkdir("deep" * 10)
    os.chdir("deep" * 10)
"""


def test_cleaning_up_follows_no_link_and_goes_to_any_depth(run):
    if not isolation.works("landlock"):
        pytest.skip("landlock does not work on this machine")
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o777)
        kept = Path(folder) / "kept"
        kept.write_text("kept")
        outcome = run_in("landlock", LINKS.format(outside=folder), run)
        assert kept.read_text() == "kept"
    assert not outcome.left
