"""Each limit is kept, on each rung and without a control group, and is named."""

import os
import tempfile
from pathlib import Path

import pytest

from autograder.box import advice, deaths, isolation
from autograder.limits import Limits
from tests.autograder import ordinary
from tests.autograder.shut_in import run_in

SMALL = dict(memory_mb=300, processes=40, disk_mb=60)


@pytest.fixture(params=["full", "landlock"])
def kind(request):
    if not isolation.works(request.param):
        pytest.skip(f"{request.param} does not work on this machine")
    return request.param


@pytest.fixture
def run():
    """As an ordinary user: no control group helps."""
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        yield ordinary.runner(Path(folder))


CPU = {
    "one": "while True: pass",
    "several": "import os\nos.fork(); os.fork()\nwhile True: pass",
    "one after the other": """
import os, time
while True:
    if os.fork() == 0:
        until = time.process_time() + 0.2
        while time.process_time() < until: pass
        os._exit(0)
    os.wait()
""",
}


@pytest.mark.parametrize("name", CPU)
def test_computing_time_of_all_processes_is_summed(kind, run, name):
    outcome = run_in(kind, CPU[name], run, cpu_seconds=0.7)
    assert outcome.code == deaths.CPU
    assert outcome.told == "used more than 0.7 s of computing time and was ended"


FORKS = """
import os, time
made = 0
try:
    while True:
        if os.fork() == 0:
            time.sleep({sleep})
            os._exit(0)
        made += 1
except BlockingIOError:
    say(made)
"""


@pytest.mark.parametrize("sleep", [30, 0], ids=["living", "dead"])
def test_processes_and_zombies_are_counted(kind, run, sleep):
    outcome = run_in(kind, FORKS.format(sleep=sleep), run, **SMALL)
    made = int(outcome.printed or 0)
    assert 10 < made <= 40 or outcome.code == deaths.PROCESSES


def test_threads_count_as_processes(kind, run):
    source = """
import threading, time
try:
    for made in range(200):
        threading.Thread(target=time.sleep, args=(30,), daemon=True).start()
except RuntimeError:
    say(made)
"""
    outcome = run_in(kind, source, run, **SMALL)
    assert outcome.code == deaths.PROCESSES or 10 < int(outcome.printed) <= 40


def test_root_without_rights_may_have_no_more_processes():
    """The kernel does not count them for that user: the watchdog does."""
    if os.geteuid() or not isolation.works("landlock"):
        pytest.skip("needs root, and Landlock")
    source = FORKS.format(sleep=30)
    outcome = run_in("landlock", f"{source}\nimport time; time.sleep(9)", **SMALL)
    assert outcome.code == deaths.PROCESSES or int(outcome.printed) <= 40
    words = "had more than 40 processes and threads and was ended"
    assert deaths.told(deaths.PROCESSES, SMALL) == words


DISK = {
    "one file": "open('big', 'wb').write(bytes(100 << 20))",
    "many files": """
for number in range(10):
    with open(f"file{number}", "wb") as file:
        file.write(bytes(20 << 20))
import time; time.sleep(30)
""",
    "empty files": """
for number in range(100_000):
    open(f"file{number}", "wb").close()
import time; time.sleep(30)
""",
    "folders inside folders": """
import os, time
for _ in range(100_000):
    os.mkdir("folder" * 20)
    os.chdir("folder" * 20)
time.sleep(30)
""",
}


@pytest.mark.parametrize("name", DISK)
def test_disk_space_is_limited(kind, run, name):
    outcome = run_in(kind, DISK[name], run, **SMALL)
    assert "OSError" in outcome.printed or outcome.code == deaths.DISK


def test_shared_memory_files_are_limited():
    if not isolation.works("full"):
        pytest.skip("full does not work on this machine")
    source = """
for number in range(10):
    with open(f"/dev/shm/file{number}", "wb") as file:
        file.write(bytes(20 << 20))
"""
    assert "No space left" in run_in("full", source, **SMALL).printed


@pytest.mark.parametrize("name", ["SIGSEGV", "SIGABRT", "SIGKILL"])
def test_how_it_ended_is_told(kind, name):
    source = f"import os, signal; os.kill(os.getpid(), signal.{name})"
    assert name in run_in(kind, source).told


@pytest.mark.parametrize("code", [deaths.MEMORY, deaths.CPU, 200])
def test_no_reason_can_be_forged_by_an_exit_code(kind, code):
    assert run_in(kind, f"import os; os._exit({code})").code == deaths.ENDED


ERRORS = {
    MemoryError(): "2500 MB of memory",
    OSError(28, "No space left on device"): "256 MB",
    OSError(27, "File too large"): "256 MB",
    BlockingIOError(11, "Resource temporarily unavailable"): "256 processes",
    RuntimeError("can't start new thread"): "256 processes",
    RuntimeError("DefaultCPUAllocator: can't allocate memory"): "2500 MB of memory",
    RuntimeError("RESOURCE_EXHAUSTED: Out of memory allocating 9"): "2500 MB",
    OSError(101, "Network is unreachable"): "no network",
}


@pytest.mark.parametrize("error", ERRORS, ids=str)
def test_an_error_says_which_limit_it_comes_from(error, monkeypatch):
    monkeypatch.setattr(advice, "limits", vars(Limits()))
    assert ERRORS[error] in advice.on(error)
    assert advice.on(ValueError("anything")) == ""


def test_in_a_kernel_without_limits_errors_are_as_they_are():
    assert advice.on(MemoryError()) == ""
