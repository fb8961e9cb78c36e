"""An IPython shell that keeps a cell's outputs as a notebook would."""

import io
import subprocess
import sys
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from autograder.box import advice

MOST_ERROR = 4000
MOST_ITEMS = 500
CUT = f"\n[output cut: more than {{}} bytes, or {MOST_ITEMS} outputs]\n"


class Outputs:
    """The outputs of one cell, in notebook form, cut at a number of bytes."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.start()

    def start(self) -> None:
        self.items: list[dict[str, Any]] = []
        self.size = 0
        self.cut = False

    def add_text(self, name: str, text: str) -> None:
        room = self._room(len(text))
        if not room:
            return
        last = self.items[-1] if self.items else {}
        if last.get("name") == name:
            last["text"].append(text[:room])
        else:
            item = {"output_type": "stream", "name": name, "text": [text[:room]]}
            self.items.append(item)
        self._cut_after(room, len(text), name)

    def add(self, item: dict[str, Any], size: int) -> None:
        room = self._room(size)
        if room >= size:
            self.items.append(item)
        self._cut_after(room, size, "stdout")

    def taken(self) -> list[dict[str, Any]]:
        """The outputs so far, text joined."""
        return [
            {**item, "text": "".join(item["text"])} if "text" in item else item
            for item in self.items
        ]

    def _room(self, size: int) -> int:
        full = self.cut or len(self.items) >= MOST_ITEMS
        return 0 if full else min(size, self.most - self.size)

    def _cut_after(self, room: int, size: int, name: str) -> None:
        self.size += room
        if room < size and not self.cut:
            self.cut = True
            text = [CUT.format(self.most)]
            self.items.append({"output_type": "stream", "name": name, "text": text})


class Stream(io.TextIOBase):
    """A `sys.stdout` that writes into the outputs."""

    encoding = "utf-8"

    def __init__(self, name: str, outputs: Outputs) -> None:
        self.name, self.outputs = name, outputs

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        self.outputs.add_text(self.name, str(text))
        return len(text)


class Result(DisplayHook):
    """Keeps the value of a cell's last expression."""

    outputs: Outputs

    def start_displayhook(self) -> None:
        pass

    def write_output_prompt(self) -> None:
        pass

    def write_format_data(self, format_dict, md_dict=None) -> None:
        _add_data(self.outputs, "execute_result", format_dict, md_dict)

    def finish_displayhook(self) -> None:
        pass


class Publisher(DisplayPublisher):
    """Keeps what a cell displays, figures too."""

    outputs: Outputs

    def publish(self, data, metadata=None, **_) -> None:
        _add_data(self.outputs, "display_data", data, metadata)

    def clear_output(self, wait=False) -> None:
        self.outputs.start()


def _add_data(outputs: Outputs, kind: str, data: dict, metadata: dict | None) -> None:
    data = {str(name): _text(value) for name, value in data.items()}
    size = sum(len(value) for value in data.values())
    item = {"output_type": kind, "data": data, "metadata": {}}
    if kind == "execute_result":
        item["execution_count"] = None
    outputs.add(item, size)


def _text(value: Any) -> str:
    if isinstance(value, bytes):
        import base64

        return base64.b64encode(value).decode()
    return value if isinstance(value, str) else repr(value)


class Shell(InteractiveShell):
    """Runs cells; everything they show lands in `outputs`."""

    displayhook_class = Result
    display_pub_class = Publisher
    outputs: Outputs

    @classmethod
    def started(cls, most_output: int) -> "Shell":
        config = Config()
        config.HistoryManager.enabled = False
        config.InteractiveShell.colors = "NoColor"
        config.InteractiveShell.xmode = "Context"
        shell = cls.instance(config=config)
        shell.outputs = Outputs(most_output)
        shell.displayhook.outputs = shell.display_pub.outputs = shell.outputs
        sys.stdout = Stream("stdout", shell.outputs)
        sys.stderr = Stream("stderr", shell.outputs)
        shell.enable_matplotlib("inline")
        return shell

    def system(self, cmd: str) -> None:
        """Runs `!command`. IPython's own needs a terminal, and a box has none."""
        ran = subprocess.run(
            self.var_expand(cmd, depth=1),
            shell=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        sys.stdout.write(ran.stdout.decode(errors="replace"))
        self.user_ns["_exit_code"] = ran.returncode

    def enable_gui(self, gui=None) -> None:
        """There is no screen; figures are kept as outputs."""

    def _showtraceback(self, etype, evalue, stb) -> None:
        lines = stb if isinstance(stb, list) else [str(stb)]
        if isinstance(evalue, BaseException) and (advised := advice.on(evalue)):
            lines = [*lines, advised]
        item = {
            "output_type": "error",
            "ename": str(getattr(etype, "__name__", etype)),
            "evalue": _short(evalue),
            "traceback": [str(line)[:MOST_ERROR] for line in lines[:50]],
        }
        self.outputs.items.append(item)  # also past the cut: it says how a cell ended


def _short(value: Any) -> str:
    try:
        return str(value)[:2000]
    except BaseException:  # a student's own class may raise anything
        return "(an error that cannot be shown)"
