"""Waiting for what a command or a thread does, however long that takes on a busy machine."""

import os
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import psutil

PATIENCE_S = 60.0
STOP_ENGINE = """
import os, signal, sys
if "models.engine.worker" in sys.orig_argv:
    os.kill(os.getpid(), signal.SIGSTOP)
"""


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


def environment_with_stopped_engine(folder: Path) -> dict[str, str]:
    """An environment in which an engine stands still as soon as it has begun.

    `folder` gets what does that.
    """
    (folder / "sitecustomize.py").write_text(STOP_ENGINE)
    known = os.environ.get("PYTHONPATH", "")
    return os.environ | {"PYTHONPATH": f"{folder}{os.pathsep}{known}"}


def wait_for_stopped_engine(process: subprocess.Popen[bytes]) -> psutil.Process:
    """Return the engine of a command, when it stands still."""
    engine = wait_for_engine(process)
    wait_for(lambda: engine.status() == psutil.STATUS_STOPPED, process)
    return engine
