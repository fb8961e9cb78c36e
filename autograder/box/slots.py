"""Numbers for marking processes: on one machine, no two have the same at a time."""

import errno
import itertools
import socket
import sys


def claim() -> tuple[int, socket.socket | None]:
    """The smallest free number; it stays claimed while the socket is open.

    The name that the socket is bound to lies in no folder, so nothing is left behind
    by a process that is killed. Other systems than Linux have no such names: there
    boxes have no users of their own, and the number is always 0.
    """
    if not sys.platform.startswith("linux"):
        return 0, None
    for slot in itertools.count():
        claimed = socket.socket(socket.AF_UNIX)
        try:
            claimed.bind(f"\0autograder-slot-{slot}")
            return slot, claimed
        except OSError as error:
            claimed.close()
            if error.errno != errno.EADDRINUSE:
                raise
