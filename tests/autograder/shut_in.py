"""Runs Python code in a box without Keras: quick, and alike on every rung.

As a script: `python shut_in.py KIND OPTIONS` with the code as standard input.
"""

import json
import os
import subprocess
import sys
import tempfile
import traceback
from dataclasses import asdict, dataclass
from typing import Any

from autograder.box import deaths, keeper, landlock
from autograder.box.confinement import confine
from autograder.box.isolation import visible_paths
from autograder.box.watchdog import Watchdog
from autograder.limits import Limits


@dataclass(frozen=True)
class Outcome:
    """What the code printed before its process ended, and why that ended.

    Attributes:
        left: names in the folder that the box was built on.
    """

    printed: str
    code: int
    told: str
    left: list[str]


def run_in(
    kind: str,
    source: str,
    run: Any = subprocess.run,
    end_with: int = 0,
    landlock_version: int = 0,
    blind: bool = False,
    **limits: Any,
) -> Outcome:
    """Runs `source` with a function `say` in a box of this kind.

    Args:
        run: as `subprocess.run`.
        end_with: a signal for the outside process, sent after the first words.
        landlock_version: what to take the kernel's for, where that is not 0.
        blind: whether the watchdog sees no memory.
    """
    options = {"end_with": end_with, "blind": blind, "version": landlock_version}
    command = command_for(kind, limits=limits, **options)
    ran = run(command, input=source, capture_output=True, text=True, timeout=100)
    if ran.returncode:
        raise AssertionError(ran.stderr)
    return Outcome(**json.loads(ran.stdout))


def command_for(kind: str, **options: Any) -> list[str]:
    """What `run_in` runs."""
    usual = {"limits": {}, "end_with": 0, "version": 0, "blind": False}
    return [sys.executable, __file__, kind, json.dumps({**usual, **options})]


def main(
    kind: str, limits: dict[str, Any], end_with: int, version: int, blind: bool
) -> None:
    if blind:
        Watchdog._memory = lambda *_: 0
    if version:
        landlock.version = lambda: version
    source = sys.stdin.read()
    with tempfile.TemporaryDirectory() as root:
        settings = {
            **asdict(Limits(**limits)),
            "isolation": kind,
            "root": root,
            "user": 61_000,
            "visible": visible_paths(),
            "writable": [],
        }
        reading, writing = os.pipe()
        box = os.fork()
        if box == 0:
            _live(source, settings, writing)
        os.close(writing)
        printed = os.read(reading, 1 << 16)
        if end_with:
            os.kill(box, end_with)
        with open(reading, "rb") as pipe:
            printed += pipe.read()
        code = keeper.end(box, ending=True)
        left = os.listdir(root)
    text = printed.decode(errors="replace")
    outcome = Outcome(text, code, deaths.told(code, settings), left)
    print(json.dumps(asdict(outcome)))


def _live(source: str, settings: dict[str, Any], channel: int) -> None:
    def say(*values: Any) -> None:
        os.write(channel, (" ".join(map(str, values)) + "\n").encode())

    try:
        confine(settings, channel)
        exec(compile(source, "<box>", "exec"), {"say": say})
    except BaseException:
        say(traceback.format_exc())
    finally:
        os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1], **json.loads(sys.argv[2]))
