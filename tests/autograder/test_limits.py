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


BOMBS = {
    "many processes": """
import os, time
for _ in range(8):
    if os.fork() == 0:
        held = bytearray(b"x") * (60 << 20)
        time.sleep(30)
time.sleep(30)
""",
    "processes whose first thread has ended": """
import ctypes, os, threading, time
def hold():
    time.sleep(0.2)
    held = bytearray(b"x") * (60 << 20)
    time.sleep(30)
for _ in range(7):
    if os.fork() == 0:
        break
threading.Thread(target=hold).start()
ctypes.CDLL(None).pthread_exit(None)
""",
    "shared pages written to one by one": """
import os, time
held = bytearray(b"x") * (100 << 20)
for _ in range(5):
    if os.fork() == 0:
        time.sleep(0.3)
        for place in range(0, len(held), 4096):
            held[place] = 1
        time.sleep(30)
time.sleep(30)
""",
    "page tables": """
import mmap
kept = []
while True:
    flags = mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | 0x4000
    kept.append(mmap.mmap(-1, 64 << 30, flags=flags, prot=mmap.PROT_READ))
    for place in range(0, 64 << 30, 2 << 20):
        kept[-1][place]
""",
    "a program that is executed": """
import os, sys, time
for _ in range(8):
    if os.fork() == 0:
        held = "import time; held = bytearray(b'x') * (60 << 20); time.sleep(30)"
        os.execv(sys.executable, [sys.executable, "-c", held])
time.sleep(30)
""",
}


@pytest.mark.parametrize("name", BOMBS)
def test_memory_of_all_processes_is_summed(kind, run, name):
    outcome = run_in(kind, BOMBS[name], run, **SMALL)
    assert outcome.code == deaths.MEMORY and not outcome.printed
    assert outcome.told == "used more than 300 MB of memory and was ended"


def test_memory_of_all_processes_is_summed_as_root(kind):
    """Where there is a control group, too, the reason is the same."""
    outcome = run_in(kind, BOMBS["many processes"], **SMALL)
    assert outcome.code == deaths.MEMORY


UNCOUNTED = {
    "shared map": "import mmap; mmap.mmap(-1, 1 << 30)",
    "shared map of a device": "import mmap, os\n"
    "mmap.mmap(os.open('/dev/zero', os.O_RDWR), 1 << 30)",
    "memory file": "import os; os.memfd_create('x')",
    "locked memory": "import ctypes\nlibc = ctypes.CDLL(None, use_errno=True)\n"
    "held = ctypes.create_string_buffer(64 << 20)\n"
    "if libc.mlock(held, 64 << 20): raise OSError('refused')",
}


@pytest.mark.parametrize("name", UNCOUNTED)
def test_memory_that_nobody_counts_is_not_to_be_had(kind, run, name):
    assert "Error" in run_in(kind, UNCOUNTED[name], run).printed


def test_what_one_process_takes_is_an_error_that_it_can_catch(kind, run):
    source = """
try:
    held = [bytearray(b"x") * (50 << 20) for _ in range(10)]
except MemoryError:
    say("caught")
"""
    assert run_in(kind, source, run, **SMALL).printed == "caught\n"


HONEST = {
    "programs started by a large process": """
import subprocess
held = bytearray(b"x") * (170 << 20)
say([subprocess.run(["/bin/true"]).returncode for _ in range(50)])
""",
    "workers that read what their parent holds": """
import os, time
held = bytearray(b"x") * (150 << 20)
for _ in range(4):
    if os.fork() == 0:
        time.sleep(1)
        os._exit(held[5] != 120)
say([os.wait()[1] for _ in range(4)])
""",
}


def test_copies_that_could_fill_the_memory_at_once(kind, run):
    """Faster than anything but a control group could count."""
    source = """
import os, time
held = bytearray(b"x") * (150 << 20)
while True:
    if os.fork() == 0:
        time.sleep(30)
"""
    outcome = run_in(kind, source, run, **SMALL)
    assert outcome.code == deaths.COPIES and "copies of its memory" in outcome.told


@pytest.mark.parametrize("name", HONEST)
def test_what_processes_share_counts_once(kind, run, name):
    outcome = run_in(kind, HONEST[name], run, **SMALL)
    assert set(eval(outcome.printed)) == {0} and outcome.code == deaths.ENDED


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


def test_files_in_memory_count_as_memory(run):
    if not isolation.works("full"):
        pytest.skip("full does not work on this machine")
    source = """
import time
held = bytearray(b"x") * (150 << 20)
for folder in ("/tmp", "/dev/shm"):
    for number in range(2):
        with open(f"{folder}/file{number}", "wb") as file:
            file.write(bytes(45 << 20))
time.sleep(30)
"""
    outcome = run_in("full", source, run, memory_mb=300, disk_mb=100)
    assert outcome.code == deaths.MEMORY


@pytest.mark.parametrize("name", ["SIGSEGV", "SIGABRT", "SIGKILL"])
def test_how_it_ended_is_told(kind, name):
    source = f"import os, signal; os.kill(os.getpid(), signal.{name})"
    assert name in run_in(kind, source).told


@pytest.mark.parametrize("code", [deaths.MEMORY, deaths.CPU, 200])
def test_no_reason_can_be_forged_by_an_exit_code(kind, code):
    assert run_in(kind, f"import os; os._exit({code})").code == deaths.ENDED


PRLIMIT = """
import resource, os
for pid in (1, os.getppid()):
    try:
        resource.prlimit(pid, resource.RLIMIT_NOFILE, (0, 0))
    except OSError:
        pass
"""


def test_the_watchdog_cannot_be_blinded(kind, run):
    """It has to open files to see anything; the same user might forbid it that."""
    outcome = run_in(kind, PRLIMIT + BOMBS["many processes"], run, **SMALL)
    assert outcome.code == deaths.MEMORY


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
