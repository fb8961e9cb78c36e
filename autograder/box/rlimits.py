"""What the kernel limits for each process by itself. man 2 setrlimit."""

import resource
from typing import Any

MEGABYTE = 1 << 20
OPEN_FILES = 1024
CPU_GRACE = 2


def apply(settings: dict[str, Any], others: int | None = 0) -> None:
    """Limits this process and all that it will start, each by itself.

    Args:
        others: threads that the same user has already, outside the box; None where
            nobody knows: then their number stays as it is.
    """
    wanted = {
        "RLIMIT_CPU": int(settings["cpu_seconds"]) + 1 + CPU_GRACE,
        "RLIMIT_DATA": settings["memory_mb"] * MEGABYTE,
        "RLIMIT_FSIZE": settings["disk_mb"] * MEGABYTE,
        "RLIMIT_NOFILE": OPEN_FILES,
        "RLIMIT_CORE": 1,  # with 0, a system's program for crashes is called
        "RLIMIT_MSGQUEUE": 0,
        "RLIMIT_RTPRIO": 0,
    }
    if others is not None:
        wanted["RLIMIT_NPROC"] = settings["processes"] + others
    for name, most in wanted.items():
        which = getattr(resource, name, None)
        if which is None:
            continue  # not on this system
        hard = resource.getrlimit(which)[1]
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(which, (most, most))
    # At the lower one comes a signal that says why, at the upper one the end.
    upper = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (max(upper - CPU_GRACE, 1), upper))
