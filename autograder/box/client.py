"""The trusted side of a box: starts parents and boxes, asks, gives up in time."""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

from autograder.box import wire
from autograder.box.isolation import visible_paths
from autograder.limits import Limits

START_SECONDS = 180
STUDENT = 61_000  # the first of the user ids inside, where the caller is root
ENVIRONMENT = {
    "OMP_NUM_THREADS": "1",
    "TF_NUM_INTRAOP_THREADS": "1",
    "TF_NUM_INTEROP_THREADS": "1",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "TF_ENABLE_ONEDNN_OPTS": "0",
    "CUDA_VISIBLE_DEVICES": "",
    "JAX_PLATFORMS": "cpu",
    # Else the keys of the cache depend on the folder that it lies in.
    "JAX_PERSISTENT_CACHE_ENABLE_XLA_CACHES": "none",
    "JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS": "0",
    "JAX_PERSISTENT_CACHE_MIN_ENTRY_SIZE_BYTES": "-1",
    "XLA_FLAGS": "--xla_cpu_multi_thread_eigen=false",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    "NBGRADER_EXECUTION": "autograde",
    "LANG": "C.UTF-8",
    "PATH": "/usr/local/bin:/usr/bin:/bin",
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONHASHSEED": "0",
}


class BoxError(Exception):
    """A box or its parent could not be started: a fault of this machine."""


class BoxDied(Exception):
    """The student's process ended, or had to be ended; the message says how."""


class Parent:
    """A warm parent for one backend; makes one box at a time.

    Attributes:
        compiled: JAX's cache; boxes may read it, and write it only if `fills`.
        slot: number among parents that work at the same time: their boxes run as
            different users where the caller is root.
    """

    def __init__(
        self,
        backend: str,
        isolation: str,
        compiled: Path | None = None,
        fills: bool = False,
        slot: int = 0,
    ) -> None:
        self.backend, self.isolation = backend, isolation
        self.compiled, self.fills, self.slot = compiled, fills, slot
        self.folder = ""
        self.retired = False
        self.process: subprocess.Popen[bytes] | None = None

    def warm(self) -> None:
        """Starts the process where it does not run. Raises BoxError if it cannot."""
        if self.retired:
            raise BoxError("the marking was stopped")
        if self.process is None or self.process.poll() is not None:
            self._start()

    def retire(self) -> None:
        """Ends for good: whoever still works with it gets a BoxError."""
        self.retired = True
        self.close()

    def box(self, limits: Limits) -> "Box":
        """A fresh box."""
        self.warm()
        ours, theirs = socket.socketpair()
        kept = [str(self.compiled)] if self.compiled else []
        settings = {
            **asdict(limits),
            "isolation": self.isolation,
            "root": self.folder,
            "user": STUDENT + self.slot,
            "visible": [*visible_paths(), *([] if self.fills else kept)],
            "writable": kept if self.fills else [],
        }
        request = json.dumps({"op": "start", "settings": settings}).encode()
        try:
            socket.send_fds(self.control, [request], [theirs.fileno()])
            reply = self._reply(30)
        except (OSError, BoxError):
            reply = {}
        finally:
            theirs.close()
        if "box" not in reply:
            ours.close()
            self.close()
            raise BoxError(f"the warm parent made no box ({reply or 'it ended'})")
        self._wait_until_ready(ours)
        return Box(self, ours, limits)

    def stop_box(self) -> None:
        """Ends the box and everything that it started."""
        try:
            self.control.send(b'{"op": "stop"}')
            self._reply(30)
        except (OSError, BoxError):
            self.close()

    def close(self) -> None:
        """Ends the process, its box and all that they wrote; `warm` begins anew."""
        if self.process is None:
            return
        self.control.close()
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)
        self.process = None

    def _start(self) -> None:
        self.close()
        self.folder = tempfile.mkdtemp(prefix="autograder-")
        self.control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        home = Path(tempfile.gettempdir())
        environment = {
            **ENVIRONMENT,
            "KERAS_BACKEND": self.backend,
            "KERAS_HOME": self.folder,
            "HOME": str(home),
            "MPLCONFIGDIR": _font_cache(),
        }
        if self.compiled:
            environment["JAX_COMPILATION_CACHE_DIR"] = str(self.compiled)
        command = [sys.executable, "-I", "-m", "autograder.box.parent"]
        self.process = subprocess.Popen(
            [*command, str(theirs.fileno()), self.folder],
            pass_fds=[theirs.fileno()],
            env=environment,
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        theirs.close()
        try:
            self._reply(START_SECONDS)
        except BoxError:
            self.process.kill()
            errors = self.process.communicate()[1].decode(errors="replace")
            raise BoxError(
                f"Keras on {self.backend} does not start. Is it installed? "
                f"The last lines: {errors.strip()[-600:]}"
            ) from None

    def _wait_until_ready(self, channel: socket.socket) -> None:
        """The box's first words come before any word of the student's."""
        try:
            first = wire.receive(channel, time.monotonic() + START_SECONDS)
        except wire.WireError as error:
            first = {"failed": str(error)}
        if "failed" in first:
            channel.close()
            self.stop_box()
            raise BoxError(f"the box could not be closed: {first['failed']}")

    def _reply(self, seconds: float) -> dict[str, Any]:
        self.control.settimeout(seconds)
        try:
            data = self.control.recv(1 << 16)
        except TimeoutError:
            data = b""
        if not data:
            raise BoxError("no reply from the warm parent")
        return json.loads(data)


class Box:
    """One student's process."""

    def __init__(self, parent: Parent, channel: socket.socket, limits: Limits) -> None:
        self.parent, self.channel, self.limits = parent, channel, limits

    def run_cell(self, source: str, seconds: float) -> dict[str, Any]:
        """The cell's `outputs` (notebook form, untrusted) and how it `ended`."""
        request = {"op": "cell", "source": source, "seconds": seconds}
        return self._ask(request, seconds)

    def probe(self, source: str, inputs: dict[str, Any], seconds: float) -> Any:
        """`{"value": ...}` or `{"error": ...}`, untrusted plain data."""
        request = {
            "op": "probe",
            "source": source,
            "inputs": inputs,
            "seconds": seconds,
        }
        return self._ask(request, seconds)

    def close(self) -> None:
        self.channel.close()
        self.parent.stop_box()

    def __enter__(self) -> "Box":
        return self

    def __exit__(self, *_: Any) -> None:
        self.close()

    def _ask(self, request: dict[str, Any], seconds: float) -> dict[str, Any]:
        deadline = time.monotonic() + seconds + self.limits.grace_seconds
        self.channel.settimeout(seconds + self.limits.grace_seconds)
        try:
            wire.send(self.channel, request)
            reply = wire.receive(self.channel, deadline)
        except wire.OutOfTime:
            raise BoxDied(f"did not stop after {seconds:g} s and was ended") from None
        except wire.Closed:
            raise BoxDied("ended its own process (exit, crash or memory)") from None
        except wire.WireError as error:
            raise BoxDied(f"sent what is not an answer ({error})") from None
        if not isinstance(reply, dict):
            raise BoxDied("sent what is not an answer")
        return reply


def _font_cache() -> str:
    """Where Matplotlib keeps its list of fonts: building it anew takes seconds."""
    cache = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return os.environ.get("MPLCONFIGDIR") or os.path.join(cache, "matplotlib")
