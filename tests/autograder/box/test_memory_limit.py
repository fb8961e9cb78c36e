"""Memory is limited for all processes of a box together, whatever kind it is of."""

import os
import tempfile
from pathlib import Path

import pytest

from autograder.box import deaths, isolation
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
    try:
        if os.fork() == 0:
            time.sleep(30)
    except OSError:  # as many as it may have, before anybody looked
        time.sleep(0.01)
"""
    outcome = run_in(kind, source, run, **SMALL)
    assert outcome.code == deaths.COPIES and "copies of its memory" in outcome.told


@pytest.mark.parametrize("name", HONEST)
def test_what_processes_share_counts_once(kind, run, name):
    outcome = run_in(kind, HONEST[name], run, **SMALL)
    assert set(eval(outcome.printed)) == {0} and outcome.code == deaths.ENDED


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
