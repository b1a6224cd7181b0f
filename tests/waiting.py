"""Waiting for what a command or a thread does, however long that takes on a busy machine."""

import subprocess
import time
from collections.abc import Callable

import psutil

PATIENCE_S = 60.0


def wait_for(holds: Callable[[], object], process: subprocess.Popen[bytes] | None = None) -> None:
    """Return when it holds; fail if the process ends before, where one is given."""
    deadline = time.monotonic() + PATIENCE_S
    while not holds():
        assert process is None or process.poll() is None, "it ended before"
        assert time.monotonic() < deadline, "it did not come"
        time.sleep(0.002)


def wait_for_engine(process: subprocess.Popen[bytes]) -> psutil.Process:
    """Return the engine of a command, which is its only child."""
    parent = psutil.Process(process.pid)
    wait_for(parent.children, process)
    return parent.children()[0]
