"""A job in a process of its own, as its caller sees it; the child is `converters.job_worker`.

The child gets one task on stdin and answers with reports, one JSON line each. A native abort ends
it and not its caller, and to stop it is to end it. It ends with its stdin, so it never outlives the
caller.
"""

from __future__ import annotations

import contextlib
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from typing import Any

import msgspec

from models.engine import protocol
from models.engine.client import describe_exit
from models.errors import Cancelled, InputError, JobError
from models.folder import find_folders
from models.interrupts import interrupts_delayed
from models.log_file import open_log

Lines = queue.SimpleQueue[bytes]

STOP_S = 0.1  # how often is asked whether to stop


class Complete(msgspec.Struct, frozen=True, tag_field="event", tag=str.lower):
    """Everything was sent."""


def follow(
    module: str,
    task: msgspec.Struct,
    decode: Callable[[bytes], Any],
    *,
    what: str,
    log: str,
    stopped: Callable[[], bool],
) -> Iterator[Any]:
    """Let `python -m module` do the task; yields its reports, as `decode` reads them.

    `what` is the subject of the sentence about its death. What native code prints goes into the
    file `log` of the logs. Closing the iterator ends the child. Raises Cancelled if `stopped` says
    so, InputError or JobError as the child did, JobError if it died.
    """
    with contextlib.ExitStack() as ends:
        with interrupts_delayed():
            child, reader, lines = _start(module, log)
            ends.callback(_end, child, reader)
        last_words = ""
        with contextlib.suppress(OSError):  # it has died: the end of its output tells
            assert child.stdin is not None
            child.stdin.write(msgspec.json.encode(task) + b"\n")
            child.stdin.flush()
        while line := _next_line(lines, stopped):
            match decode(line):
                case protocol.Aborting(message=words):
                    last_words = words
                case protocol.Failed(kind="input", message=text):
                    raise InputError(text)
                case protocol.Failed(kind="job", message=text):
                    raise JobError(text)
                case protocol.Failed(message=text, traceback=frames):
                    raise RuntimeError(f"{text}\n{frames}")
                case Complete():
                    return
                case report:
                    yield report
        raise JobError(f"{what} ended: {describe_exit(child.wait(), last_words)}.")


def _start(module: str, log: str) -> tuple[subprocess.Popen[bytes], threading.Thread, Lines]:
    """Return the child, and what gets its lines; an empty one is the end."""
    with open_log(find_folders().logs / log, kept_bytes=0) as output:
        child = subprocess.Popen(
            # -P: a folder named models where the program was started must not be imported
            [sys.executable, "-P", "-m", module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=output,
            env=os.environ | {"PYTHONUTF8": "1", "OPENBLAS_NUM_THREADS": "1"},
        )
    lines = Lines()
    reader = threading.Thread(target=_pass_lines, args=(child, lines), name=module)
    reader.start()
    return child, reader, lines


def _end(child: subprocess.Popen[bytes], reader: threading.Thread) -> None:
    assert child.stdin is not None
    assert child.stdout is not None
    child.kill()
    child.wait()
    reader.join()
    child.stdout.close()
    with contextlib.suppress(OSError):  # of what it did not read any more
        child.stdin.close()


def _pass_lines(child: subprocess.Popen[bytes], lines: Lines) -> None:
    assert child.stdout is not None
    for line in child.stdout:
        if line.endswith(b"\n"):  # else the half of a line that a dying process wrote
            lines.put(line)
    lines.put(b"")


def _next_line(lines: Lines, stopped: Callable[[], bool]) -> bytes:
    while True:
        if stopped():
            raise Cancelled
        try:
            return lines.get(timeout=STOP_S)
        except queue.Empty:
            continue
