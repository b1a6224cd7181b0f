"""Waiting until processes rest: an engine reads ahead what it has written, a window paints."""

import time
from collections.abc import Sequence

import psutil

LOOK_S = 0.3
IDLE_S = 0.015  # of work in LOOK_S: the system counts in steps of 10 ms
LONGEST_S = 60.0


def wait_until_idle(processes: Sequence[psutil.Process]) -> None:
    """Return when they use the processor no more. Raises TimeoutError if they never rest."""
    before, end = -LONGEST_S, time.monotonic() + LONGEST_S
    while (now := sum(sum(process.cpu_times()[:2]) for process in processes)) - before > IDLE_S:
        if time.monotonic() > end:
            raise TimeoutError("something works on and on: nothing can be measured beside it")
        before = now
        time.sleep(LOOK_S)
