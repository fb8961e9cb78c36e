"""What one submission may use of the machine."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Limits of one submission; an assignment's `checks.py` may set its own.

    Seconds are wall-clock. A cell or check that runs longer is interrupted, and its
    process is killed `grace_seconds` later if that did not help. `memory_mb` counts a
    process's private data (RLIMIT_DATA); below 1000 no backend trains reliably.
    """

    cell_seconds: float = 30
    check_seconds: float = 20
    submission_seconds: float = 300
    grace_seconds: float = 5
    memory_mb: int = 2500
    processes: int = 256
    disk_mb: int = 256
    output_bytes: int = 1_000_000  # of a cell; ten times that of a notebook
    restarts: int = 5
