"""Starts warm parents, and gives out the sockets by which boxes are had of them."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

from autograder.box import deaths, slots
from autograder.box.client import Box, BoxError, Boxes, reply_of
from autograder.limits import Limits

START_SECONDS = 180
MOST_FAILURES = 4
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


class Parent:
    """A warm parent for one backend, shared by all that mark on this machine.

    Args:
        compiled: JAX's cache; boxes may read it, and write it only if `fills`.
        cold: nothing is forked; the process is good for one box.
    """

    def __init__(
        self,
        backend: str,
        isolation: str,
        compiled: Path | None = None,
        fills: bool = False,
        cold: bool = False,
    ) -> None:
        self.backend, self.isolation, self.cold = backend, isolation, cold
        self.compiled, self.fills = compiled, fills
        self.folder = ""
        self.retired = False
        self.failures, self.reason = 0, ""  # starts that failed one after the other
        self.process: subprocess.Popen[bytes] | None = None
        self.lock = threading.Lock()

    def attach(self) -> tuple[socket.socket, dict]:
        """A socket for `Boxes`, and the settings of its boxes; starts the process.

        Raises:
            BoxError: it does not start, or was retired.
        """
        with self.lock:
            self._warm()
            ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            try:
                socket.send_fds(self.control, [b'{"op": "attach"}'], [theirs.fileno()])
            except OSError as error:
                ours.close()
                raise BoxError(f"the warm parent ended ({error})") from None
            finally:
                theirs.close()
        kept = [str(self.compiled)] if self.compiled else []
        return ours, {
            "isolation": self.isolation,
            "root": self.folder,
            "visible": [] if self.fills else kept,
            "writable": kept if self.fills else [],
        }

    def boxes(self) -> Boxes:
        """Boxes for the calling process, one at a time."""
        return ColdBoxes(self) if self.cold else Boxes(*self.attach())

    def retire(self) -> None:
        """Ends for good: whoever still works with it gets a BoxError."""
        self.retired = True
        self.close()

    def close(self) -> None:
        """Ends the process, its boxes and all that they wrote."""
        with self.lock:
            self._close()

    def _warm(self) -> None:
        if self.retired:
            raise BoxError("the marking was stopped")
        if self.failures >= MOST_FAILURES:
            raise BoxError(self.reason)  # a class would wait for each start to fail
        if self.process is None or self.process.poll() is not None:
            self._start()

    def _close(self) -> None:
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
        self._close()
        self.folder = tempfile.mkdtemp(prefix="autograder-")
        self.control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        command = [sys.executable, "-I", "-m", "autograder.box.parent"]
        command += [str(theirs.fileno()), self.folder]
        self.process = subprocess.Popen(
            [*command, "cold"] if self.cold else command,
            pass_fds=[theirs.fileno()],
            env=self._environment(),
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        theirs.close()
        try:
            reply_of(self.control, START_SECONDS)
        except BoxError:
            self.process.kill()
            errors = self.process.communicate()[1].decode(errors="replace")
            self.failures += 1
            self.reason = (
                f"Keras on {self.backend} does not start. Is it installed? "
                f"The last lines: {errors.strip()[-600:]}"
            )
            raise BoxError(self.reason) from None
        self.failures = 0

    def _environment(self) -> dict[str, str]:
        environment = {
            **ENVIRONMENT,
            "KERAS_BACKEND": self.backend,
            "KERAS_HOME": self.folder,
            "HOME": tempfile.gettempdir(),
            "MPLCONFIGDIR": _font_cache(),
        }
        if self.compiled:
            environment["JAX_COMPILATION_CACHE_DIR"] = str(self.compiled)
        return environment


class ColdBoxes(Boxes):
    """Boxes that are a process each, started anew: for systems without a safe fork."""

    def __init__(self, parent: Parent) -> None:
        self.parent = parent
        self.slot, self.claimed = slots.claim()

    def box(self, limits: Limits) -> Box:
        self.parent.close()
        self.control, self.settings = self.parent.attach()
        return super().box(limits)

    def stop_box(self, ending: bool = False) -> int:
        self.parent.close()
        return deaths.ENDED

    def close(self) -> None:
        self.parent.close()
        if self.claimed:
            self.claimed.close()


def _font_cache() -> str:
    """Where Matplotlib keeps its list of fonts: building it anew takes seconds."""
    cache = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return os.environ.get("MPLCONFIGDIR") or os.path.join(cache, "matplotlib")
