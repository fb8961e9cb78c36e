"""What is shut in stays in: on each rung of the ladder, for root and ordinary users."""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from autograder.box import isolation
from tests.autograder import break_outs, ordinary
from tests.autograder.shut_in import run_in

ATTEMPTS = Path(break_outs.__file__).read_text()
LEAST = 110  # attempts: so that none is lost unseen
OUTSIDE = Path("/tmp/from-the-box")


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


@pytest.fixture
def outside():
    """A file, sockets and a process, and where they are."""
    heard = []
    before = signal.signal(signal.SIGUSR1, lambda *_: heard.append("a signal"))
    with (
        tempfile.TemporaryDirectory() as folder,
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.socket(socket.AF_UNIX) as at_path,
        socket.socket(socket.AF_UNIX) as abstract,
    ):
        secret, path = Path(folder) / "secret", f"{folder}/socket"
        secret.write_text("secret")
        name = f"kerasdl-{os.getpid()}"
        for one, address in ((at_path, path), (abstract, "\0" + name)):
            one.bind(address)
            one.listen()
        for reached, mode in ((folder, 0o777), (secret, 0o666), (path, 0o777)):
            os.chmod(reached, mode)
        facts = {"pid": os.getpid(), "port": server.getsockname()[1], "path": path}
        yield {**facts, "abstract": name, "secret": str(secret)}
        assert not heard
        assert secret.read_text() == "secret" and secret.stat().st_mode & 0o777 == 0o666
        assert {p.name for p in Path(folder).iterdir()} == {"secret", "socket"}
    signal.signal(signal.SIGUSR1, before)
    assert not OUTSIDE.exists()


def attempted(facts, names=None):
    call = f"went_through({facts!r}, {names!r})"
    return f"{ATTEMPTS}\nimport json\nsay(json.dumps({call}))"


def test_no_way_leads_out(kind, run, outside):
    if run is not subprocess.run:  # what belongs to the same user is the hardest
        ordinary.give(Path(outside["secret"]))
    outcome = run_in(kind, attempted(outside), run)
    tried, through = json.loads(outcome.printed)
    assert through == [] and tried >= LEAST


@pytest.mark.parametrize("version", [3, 4, 5])
def test_an_older_landlock_holds_too(run, outside, version):
    """It keeps no signals in: the filter of system calls does."""
    if not isolation.works("landlock"):
        pytest.skip("landlock does not work on this machine")
    ordinary.give(Path(outside["secret"]))
    source = attempted(outside)
    outcome = run_in("landlock", source, run, landlock_version=version)
    tried, through = json.loads(outcome.printed)
    assert through == [] and tried >= LEAST


def test_the_attempts_are_real_ones(outside):
    """Without a box an ordinary user gets through."""
    names = ["read", "list", "tcp", "udp", "unix socket", "abstract socket", "mount"]
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        run = ordinary.runner(Path(folder))
        outcome = run_in("none", attempted(outside, names), run)
    assert json.loads(outcome.printed)[1] == names[:-1]


SEEN = """
import os, sys
say(sorted(os.listdir("/proc/self/fd")), dict(os.environ), os.getuid())
from pathlib import Path
status = Path("/proc/self/status").read_text()
say([line for line in status.splitlines() if line.startswith(("Cap", "NoNew", "Sec"))])
say(sorted(name for name in os.listdir("/") if name not in {visible}))
"""


def test_little_can_be_seen(kind, run):
    """Own descriptors, own processes, no rights, no environment but what was given."""
    os.environ["KERASDL_SECRET"] = "a token"
    try:
        tops = {path.split("/")[1] for path in isolation.visible_paths()}
        outcome = run_in(kind, SEEN.replace("{visible}", repr(tops)), run)
    finally:
        del os.environ["KERASDL_SECRET"]
    lines = outcome.printed.splitlines()
    rights = [word for word in eval(lines[1]) if word.startswith("Cap")]
    assert all(int(line.split()[1], 16) == 0 for line in rights) and len(rights) == 5
    assert "NoNewPrivs:\\t1" in lines[1] and "Seccomp:\\t2" in lines[1]
    if kind == "full":
        assert set(eval(lines[2])) <= {"dev", "proc", "tmp"}
    descriptors = eval(lines[0].partition("]")[0] + "]")
    assert len(descriptors) == 5  # three, the channel, and the listing's own


def test_an_unknown_kind_is_refused():
    """It must never mean less than was asked for."""
    outcome = run_in("namespaces", "say('ran')")
    assert "KeyError" in outcome.printed and "ran\n" not in outcome.printed


def test_what_is_there_is_enough_for_python(kind, run):
    source = """
import json, os, subprocess, sys, tempfile
with tempfile.NamedTemporaryFile() as file:
    file.write(b"x")
say(subprocess.run(["sh", "-c", "echo from a shell"], capture_output=True).stdout)
ran = subprocess.run([sys.executable, "-c", "import numpy; print(numpy.ones(2))"],
    capture_output=True, env={"OMP_NUM_THREADS": "1"})
say(ran.stdout, ran.stderr)
"""
    printed = run_in(kind, source, run).printed
    assert "from a shell" in printed and "[1. 1.]" in printed


def test_the_probe_refuses_what_does_not_hold():
    """The proof that is run before marking fails where nothing is shut in."""
    command = [sys.executable, "-I", "-m", "autograder.box.proof", "none"]
    assert subprocess.run(command, capture_output=True).returncode == 1
