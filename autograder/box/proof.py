"""Proves that a kind of isolation holds here: `python -I -m autograder.box.proof KIND`.

Exit code 0: a process that was shut in could neither read nor write a file of ours,
reach a port of ours or signal us, and its system calls are filtered.
"""

import os
import signal
import socket
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from autograder.box import keeper
from autograder.box.confinement import confine
from autograder.box.isolation import visible_paths
from autograder.limits import Limits

USER = 61_000
HELD = b"held"
FILTERED = b"Seccomp:\t2"


def main(kind: str) -> int:
    signals: list[int] = []
    signal.signal(signal.SIGUSR1, lambda number, _: signals.append(number))
    with tempfile.TemporaryDirectory() as folder, socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        secret = Path(folder) / "secret"
        secret.write_text("secret")
        secret.chmod(0o666)
        root = Path(folder) / "root"
        root.mkdir()
        attempts = _attempts(secret, os.getpid(), server.getsockname()[1])
        answer = _answer(_settings(kind, str(root)), attempts)
    if answer == HELD and not signals:
        return 0
    print(answer.decode(errors="replace"), file=sys.stderr)
    return 1


def _settings(kind: str, root: str) -> dict[str, Any]:
    return {
        **asdict(Limits()),
        "isolation": kind,
        "root": root,
        "user": USER,
        "visible": visible_paths(),
        "writable": [],
    }


def _attempts(secret: Path, pid: int, port: int) -> list[Callable[[], object]]:
    """What must raise OSError inside."""
    return [
        secret.read_bytes,
        lambda: secret.write_text("changed"),
        lambda: socket.create_connection(("127.0.0.1", port), 1),
        Path(f"/proc/{pid}/environ").read_bytes,
    ]


def _answer(settings: dict[str, Any], attempts: list[Callable[[], object]]) -> bytes:
    """What a process that is shut in says: HELD where no attempt went through."""
    supervisor = os.getpid()
    reading, writing = os.pipe()
    box = os.fork()
    if box == 0:
        try:
            confine(settings, kept=writing)
            _signal(supervisor)
            held = _filtered() and not any(map(_goes_through, attempts))
            os.write(writing, HELD if held else b"something went through")
        except BaseException as error:
            os.write(writing, f"{type(error).__name__}: {error}".encode())
        finally:
            os._exit(0)
    os.close(writing)
    with open(reading, "rb") as pipe:
        answer = pipe.read()
    keeper.end(box, ending=True)
    return answer


def _signal(supervisor: int) -> None:
    try:
        os.kill(supervisor, signal.SIGUSR1)
    except OSError:
        pass


def _goes_through(attempt: Callable[[], object]) -> bool:
    try:
        attempt()
    except OSError:
        return False
    return True


def _filtered() -> bool:
    return FILTERED in Path("/proc/self/status").read_bytes()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
