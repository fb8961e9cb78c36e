"""The innermost process: runs cells and probes as the trusted side asks for them."""

import os
import socket
import sys
from typing import Any

from autograder.box import advice, probing, wire
from autograder.box.confinement import confine
from autograder.box.shell import Shell


def live(channel: socket.socket, settings: dict[str, Any]) -> None:
    """Enters the box and serves until the channel closes. Never returns."""
    confine(settings, channel.fileno())
    sys.path[:] = [path for path in sys.path if path]
    advice.limits.update(settings)
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
            names = ("inputs", "seconds", "forbids")
            asked = [request[name] for name in names]
            reply = probing.answer(request["source"], shell.user_ns, *asked)
        _send(channel, reply)


def _send(channel: socket.socket, reply: dict[str, Any]) -> None:
    try:
        wire.send(channel, reply)
    except (ValueError, MemoryError) as error:
        problem = {"type": "TooLarge", "message": str(error)[:500], "line": ""}
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
