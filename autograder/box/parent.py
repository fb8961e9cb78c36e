"""The warm parent: imports Keras once, never computes, forks a box per submission.

Run as `python -I -m autograder.box.parent FD FOLDER`, with an environment of its own,
a control socket at FD and an empty FOLDER of its own. Over the control socket come
`attach` requests, each with a further socket: a client, which may have one box at a
time by `start` (with the box's channel as a passed file descriptor) and `stop`. When a
client's socket closes, its box ends; when the control socket closes, also because the
supervisor was killed, everything ends.

With `cold` as a third argument nothing is forked: the first `start` turns this very
process into the box, for systems on which a fork is not safe.
"""

import array
import gc
import inspect
import json
import os
import selectors
import shutil
import signal
import socket
import sys
import warnings
from typing import Any

from autograder.box import deaths, keeper

MOST_REQUEST = 1 << 16


def main(descriptor: int, folder: str, cold: bool) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the supervisor's
    warnings.filterwarnings("ignore")
    control = socket.socket(fileno=descriptor)
    try:
        _import_all()
        _draw_once()
        _scan_modules()
        gc.freeze()  # what children only read is not copied by their collectors
        _reply(control, ready=True)
        Boxes(control, cold).serve()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    os._exit(0)


class Boxes:
    """The boxes of all clients."""

    def __init__(self, control: socket.socket, cold: bool) -> None:
        self.control, self.cold = control, cold
        self.baseline = _threads()
        self.boxes: dict[socket.socket, int] = {}
        self.selector = selectors.DefaultSelector()
        self.selector.register(control, selectors.EVENT_READ)

    def serve(self) -> None:
        """Answers requests until the control socket closes."""
        while True:
            for key, _ in self.selector.select():
                client = key.fileobj
                request, passed = _request(client)
                if client is self.control:
                    if request is None:
                        return self._end_all()
                    self._attach(passed)
                elif request is None:
                    self._detach(client)
                else:
                    self._answer(client, request, passed)

    def _attach(self, passed: int) -> None:
        client = socket.socket(fileno=passed)
        self.boxes[client] = 0
        self.selector.register(client, selectors.EVENT_READ)

    def _detach(self, client: socket.socket) -> None:
        _end(self.boxes.pop(client))
        self.selector.unregister(client)
        client.close()

    def _answer(
        self, client: socket.socket, request: dict[str, Any], channel: int
    ) -> None:
        code = _end(self.boxes[client], request.get("ending", False))
        self.boxes[client] = 0
        if request["op"] == "stop":
            _reply(client, stopped=True, code=code)
        elif _threads() != self.baseline:
            # A thread of a backend does not survive the fork: children would hang.
            self._end_all()
            sys.exit("the warm parent has computed something")
        elif self.cold:
            _reply(client, box=os.getpid())
            _live(channel, request["settings"])
        else:
            self.boxes[client] = self._fork(channel, request["settings"])
            _reply(client, box=self.boxes[client])

    def _fork(self, channel: int, settings: dict[str, Any]) -> int:
        box = os.fork()
        if box:
            os.close(channel)
            return box
        self.selector.close()
        for held in (self.control, *self.boxes):
            held.close()
        _live(channel, settings)

    def _end_all(self) -> None:
        for box in self.boxes.values():
            _end(box)


def _import_all() -> None:
    """Everything that a notebook is likely to import; nothing that computes."""
    import IPython.core.ultratb  # noqa: F401
    import keras  # noqa: F401
    import matplotlib.pyplot  # noqa: F401
    import matplotlib_inline.backend_inline  # noqa: F401
    import sklearn.datasets  # noqa: F401
    import stack_data  # noqa: F401

    import autograder.box.student  # noqa: F401
    import kerasdl  # noqa: F401


def _draw_once() -> None:
    """Draws a small figure, so that the list of fonts is read here and not by every
    student; the fonts are let go, since a box closes the files that they hold."""
    import io

    from matplotlib import font_manager, mathtext
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure()
    FigureCanvasAgg(figure)
    axes = figure.subplots()
    axes.plot([0, 1], label="$x$")
    axes.set_title("title")
    axes.legend()
    figure.savefig(io.BytesIO(), format="png", bbox_inches="tight")
    font_manager._get_font.cache_clear()
    mathtext.MathTextParser._parse_cached.cache_clear()
    del figure, axes
    gc.collect()


def _scan_modules() -> None:
    """Finds which file each module is of; else every student's first error would."""
    inspect.getmodule(compile("", "<cell>", "exec"))


def _threads() -> list[str]:
    """The names of this process's threads; nothing where the system has no /proc."""
    names = []
    folder = "/proc/self/task"
    for task in os.listdir(folder) if os.path.isdir(folder) else ():
        with open(f"{folder}/{task}/comm") as file:
            names.append(file.read())
    return sorted(names)


def _live(channel: int, settings: dict[str, Any]) -> None:
    """Becomes the box; never returns."""
    try:
        from autograder.box import kernel, student

        kernel.die_with_parent(signal.SIGTERM)
        student.live(socket.socket(fileno=channel), settings)
    except BaseException as error:
        _tell(channel, error)
    finally:
        os._exit(1)


def _tell(channel: int, error: BaseException) -> None:
    """The box could not be made: says why on its channel."""
    from autograder.box import wire

    failed = {"failed": f"{type(error).__name__}: {error}"}
    wire.send(socket.socket(fileno=os.dup(channel)), failed)


def _end(box: int, ending: bool = False) -> int:
    """Ends a box, if there is one; why it ended, as a code of `deaths`."""
    return keeper.end(box, ending) if box else deaths.ENDED


def _request(client: socket.socket) -> tuple[dict[str, Any] | None, int]:
    """The next request and a descriptor that came with it; None at the end."""
    size = array.array("i").itemsize
    try:
        data, ancillary, _, _ = client.recvmsg(MOST_REQUEST, socket.CMSG_SPACE(size))
    except ConnectionResetError:
        data, ancillary = b"", []
    if not data:
        return None, -1
    passed = -1
    for _, _, descriptors in ancillary:
        passed = array.array("i", descriptors[:size])[0]
    return json.loads(data), passed


def _reply(client: socket.socket, **reply: Any) -> None:
    try:
        client.send(json.dumps(reply).encode())
    except BrokenPipeError:
        pass  # it is gone: the next read says so


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], "cold" in sys.argv[3:])
