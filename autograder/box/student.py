"""The innermost process: runs cells and probes as the trusted side asks for them."""

import os
import resource
import socket
import sys
import tempfile
from typing import Any

from autograder.box import jail, probing, wire
from autograder.box.shell import Shell


def live(channel: socket.socket, settings: dict[str, Any]) -> None:
    """Enters the box and serves until the channel closes. Never returns."""
    inside = None
    if settings["isolation"] == "namespaces":
        names = ("root", "user", "visible", "writable", "disk_mb")
        inside = jail.Jail(*(settings[name] for name in names))
        jail.enter(inside)
    else:
        jail.die_with_parent()
        os.setsid()
    _close_all_but(channel.fileno())
    _limit(settings)
    home = tempfile.mkdtemp(dir="/tmp") if inside is None else "/tmp"
    os.environ.update(HOME=home, KERAS_HOME=home, MPLCONFIGDIR=home)
    tempfile.tempdir = None
    os.chdir(home)
    sys.path[:] = [path for path in sys.path if path]
    shell = Shell.started(settings["output_bytes"])
    try:
        wire.send(channel, {"ready": True})
        _serve(channel, shell)
    except wire.WireError:
        pass
    os._exit(0)


def _serve(channel: socket.socket, shell: Shell) -> None:
    while True:
        request = wire.receive(channel)
        if request["op"] == "cell":
            reply = _run_cell(shell, request["source"], request["seconds"])
        else:
            reply = probing.answer(
                request["source"], shell.user_ns, request["inputs"], request["seconds"]
            )
        _send(channel, reply)


def _send(channel: socket.socket, reply: dict[str, Any]) -> None:
    try:
        wire.send(channel, reply)
    except ValueError as error:
        problem = {"type": "TooLarge", "message": str(error), "line": ""}
        wire.send(channel, {"error": problem})


def _run_cell(shell: Shell, source: str, seconds: float) -> dict[str, Any]:
    shell.outputs.start()
    ended = "ok"
    try:
        with probing.time_limit(seconds):
            result = shell.run_cell(source, store_history=True)
            ended = "ok" if result.success else "error"
            if isinstance(result.error_in_exec, probing.TimeLimit):
                ended = "time"
    except BaseException as error:
        ended = "error"
        shell._showtraceback(type(error), error, [repr(error)[:500]])
    return {"outputs": shell.outputs.taken(), "ended": ended}


def _close_all_but(kept: int) -> None:
    null = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(null, standard)
    for name in os.listdir("/proc/self/fd"):
        if int(name) > 2 and int(name) != kept:
            try:
                os.close(int(name))
            except OSError:
                pass  # the listing's own


def _limit(settings: dict[str, Any]) -> None:
    seconds, megabyte = int(settings["submission_seconds"]), 1 << 20
    for what, most in (
        (resource.RLIMIT_CPU, 4 * seconds),
        (resource.RLIMIT_DATA, settings["memory_mb"] * megabyte),
        (resource.RLIMIT_FSIZE, settings["disk_mb"] * megabyte),
        (resource.RLIMIT_NPROC, settings["processes"]),
        (resource.RLIMIT_NOFILE, 1024),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(what)[1]
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (most, most))
