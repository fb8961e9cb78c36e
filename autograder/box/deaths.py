"""Why a box ended: the exit status of its outer process, and the words for it.

Those who watch a box set the status, never what runs in it.
"""

import os
import signal
from typing import Any

ENDED, FAILED = 0, 1
MEMORY, CPU, PROCESSES, DISK, COPIES = 101, 102, 103, 104, 105
SIGNALLED = 128  # and the number of the signal
WORDS = {
    MEMORY: "used more than {memory_mb} MB of memory and was ended",
    CPU: "used more than {cpu_seconds:g} s of computing time and was ended",
    PROCESSES: "had more than {processes} processes and threads and was ended",
    COPIES: "had so many processes with copies of its memory that they could have "
    "come to use more than {memory_mb} MB, and was ended",
    DISK: "wrote more than {disk_mb} MB, or too many files, and was ended",
}


def of(status: int) -> int:
    """The code for a student's process that ended with this wait status."""
    if not os.WIFSIGNALED(status):
        return ENDED
    number = os.WTERMSIG(status)
    return CPU if number == signal.SIGXCPU else SIGNALLED + number


def told(code: int, settings: dict[str, Any]) -> str:
    """What happened, to go after "this cell" or "your code"."""
    if code in WORDS:
        return WORDS[code].format(**settings)
    if code > SIGNALLED:
        return f"ended its own process ({_name(code - SIGNALLED)})"
    return "ended its own process (exit or crash)"


def _name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
