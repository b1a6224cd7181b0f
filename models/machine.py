"""What this machine has: memory, processors.

psutil takes long to import, and the window is there before it is needed: not at the top.
"""

from __future__ import annotations

import os


def total_memory() -> int:
    """Return the main memory, in bytes."""
    import psutil

    return int(psutil.virtual_memory().total)


def available_memory() -> int:
    """Return the main memory that a program can have now, in bytes."""
    import psutil

    return int(psutil.virtual_memory().available)


def count_processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def choose_threads() -> int:
    """Return the number of physical cores, or of the processors this process may use if less.

    A second thread on a core slows decoding down.
    """
    import psutil

    allowed = count_processors()
    return min(psutil.cpu_count(logical=False) or allowed, allowed)
