"""Waiting until processes rest: an engine reads ahead what it has written, a window paints."""

import time
from collections.abc import Sequence

import psutil

LOOK_S = 0.3
IDLE_S = 0.015  # of work in LOOK_S: the system counts in steps of 10 ms
QUIET_LOOKS = 2  # in a row: where the machine is busy, one may fall into a wait for a core
LONGEST_S = 60.0


def wait_until_idle(processes: Sequence[psutil.Process]) -> None:
    """Return when they use the processor no more. Raises TimeoutError if they never rest."""

    def worked() -> float:
        return sum(sum(process.cpu_times()[:2]) for process in processes)

    quiet, before, end = 0, worked(), time.monotonic() + LONGEST_S
    while quiet < QUIET_LOOKS:
        if time.monotonic() > end:
            raise TimeoutError("something works on and on: nothing can be measured beside it")
        time.sleep(LOOK_S)
        now = worked()
        quiet = quiet + 1 if now - before <= IDLE_S else 0
        before = now
