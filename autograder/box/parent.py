"""The warm parent: imports Keras once, never computes, forks a box per submission.

Run as `python -I -m autograder.box.parent FD FOLDER`, with an environment of its own,
a control socket at FD and an empty FOLDER of its own. Requests: `start` (with the box's
channel as a passed file descriptor) and `stop`. When the control socket closes, also
because the supervisor was killed, it ends, and every box and the folder with it.
"""

import array
import json
import os
import shutil
import signal
import socket
import sys
import warnings
from typing import Any

MOST_REQUEST = 1 << 16


def main(descriptor: int, folder: str) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the supervisor's
    warnings.filterwarnings("ignore")
    try:
        _serve(socket.socket(fileno=descriptor))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    os._exit(0)


def _serve(control: socket.socket) -> None:
    _import_all()
    baseline = _threads()
    _reply(control, ready=True)
    box = 0
    while True:
        request, channel = _request(control)
        if request is None:
            break
        if request["op"] == "stop":
            _end(box)
            box = 0
            _reply(control, stopped=True)
        elif _threads() != baseline:
            # A thread of a backend does not survive the fork: children would hang.
            _reply(control, refused="the parent has computed something")
            break
        else:
            box = _fork(control, channel, request["settings"])
            _reply(control, box=box)
    _end(box)


def _import_all() -> None:
    """Everything that a notebook is likely to import; nothing that computes."""
    import IPython.core.ultratb  # noqa: F401
    import keras  # noqa: F401
    import matplotlib.pyplot  # noqa: F401
    import matplotlib_inline.backend_inline  # noqa: F401
    import sklearn.datasets  # noqa: F401

    import autograder.box.student  # noqa: F401
    import kerasdl  # noqa: F401


def _threads() -> list[str]:
    names = []
    for task in os.listdir("/proc/self/task"):
        with open(f"/proc/self/task/{task}/comm") as file:
            names.append(file.read())
    return sorted(names)


def _fork(control: socket.socket, channel: int, settings: dict[str, Any]) -> int:
    box = os.fork()
    if box:
        os.close(channel)
        return box
    status = 1
    try:
        control.close()
        from autograder.box import student

        student.live(socket.socket(fileno=channel), settings)
    except BaseException as error:
        _tell(channel, error)
    finally:
        os._exit(status)


def _tell(channel: int, error: BaseException) -> None:
    """The box could not be made: says why on its channel."""
    from autograder.box import wire

    failed = {"failed": f"{type(error).__name__}: {error}"}
    wire.send(socket.socket(fileno=os.dup(channel)), failed)


def _end(box: int) -> None:
    if box:
        try:
            os.kill(box, signal.SIGKILL)
            os.waitpid(box, 0)
        except (ProcessLookupError, ChildProcessError):
            pass


def _request(control: socket.socket) -> tuple[dict[str, Any] | None, int]:
    size = array.array("i").itemsize
    data, ancillary, _, _ = control.recvmsg(MOST_REQUEST, socket.CMSG_SPACE(size))
    if not data:
        return None, -1
    channel = -1
    for _, _, passed in ancillary:
        channel = array.array("i", passed[:size])[0]
    return json.loads(data), channel


def _reply(control: socket.socket, **reply: Any) -> None:
    control.send(json.dumps(reply).encode())


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
