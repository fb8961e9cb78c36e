"""What one submission may use of the machine."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Limits of one submission; an assignment's `checks.py` may set its own.

    Seconds are wall-clock, but for `cpu_seconds`, which is the computing time of all of
    a submission's processes. A cell or check that runs longer is interrupted, and its
    process is killed `grace_seconds` later if that did not help. `memory_mb` counts all
    processes together, and what lies in `/tmp` and `/dev/shm`, beyond what the warm
    parent holds; below 1000 no backend trains reliably. `processes` counts threads.
    """

    cell_seconds: float = 30
    check_seconds: float = 20
    mark_seconds: float = 10  # of comparing one answer, outside the box
    submission_seconds: float = 300
    cpu_seconds: float = 600
    grace_seconds: float = 5
    memory_mb: int = 2500
    processes: int = 256
    disk_mb: int = 256
    output_bytes: int = 1_000_000  # of a cell; ten times that of a notebook
    restarts: int = 5
