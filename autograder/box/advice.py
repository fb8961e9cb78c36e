"""Which limit an error in a student's code may come from, and how much it was."""

import errno
from typing import Any

# Those of this box; empty in an ordinary kernel, which has none.
limits: dict[str, Any] = {}

FULL = (errno.ENOSPC, errno.EFBIG, errno.EDQUOT)
# What backends say in errors of their own types.
OUT_OF_MEMORY = (
    "can't allocate memory",
    "RESOURCE_EXHAUSTED",
    "OOM when allocating",
    "out of memory",
    "Unable to allocate",
    "bad_alloc",
)
NO_THREAD = ("can't start new thread", "Resource temporarily unavailable")
SENTENCES = {
    "memory": "A notebook may use {memory_mb} MB of memory here.",
    "disk": "A notebook may write {disk_mb} MB here.",
    "processes": "A notebook may have {processes} processes and threads here.",
    "network": "There is no network here.",
}


def on(error: BaseException) -> str:
    """A sentence to go with the error; empty where no limit explains it."""
    which = _limit(error) if limits else ""
    return SENTENCES[which].format(**limits) if which else ""


def _limit(error: BaseException) -> str:
    try:
        text = str(error)[:2000]
    except BaseException:  # a student's own class may raise anything
        return ""
    number = error.errno if isinstance(error, OSError) else None
    if isinstance(error, MemoryError) or number == errno.ENOMEM:
        return "memory"
    if number in FULL:
        return "disk"
    if number == errno.EAGAIN or any(words in text for words in NO_THREAD):
        return "processes"
    if number in (errno.ENETUNREACH, errno.EAFNOSUPPORT) or "name resolution" in text:
        return "network"
    return "memory" if any(words in text for words in OUT_OF_MEMORY) else ""
