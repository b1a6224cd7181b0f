"""A job in a process of its own: the caller's side (`follow`) and the child's (`serve`).

The child gets one task on stdin and answers with reports, one JSON line each. A native abort ends
it and not its caller, and to stop it is to end it. It ends with its stdin, so it never outlives the
caller.
"""

from __future__ import annotations

import contextlib
import faulthandler
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO, TypeVar

import msgspec

from models.engine import protocol
from models.engine.client import describe_exit
from models.errors import Cancelled, InputError, JobError
from models.folder import find_folders

STOP_S = 0.1  # how often is asked whether to stop

TaskT = TypeVar("TaskT", bound=msgspec.Struct)
Emit = Callable[[msgspec.Struct], None]


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
    path = find_folders().logs / log
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as output:
        child = subprocess.Popen(
            # -P: a folder named models where the program was started must not be imported
            [sys.executable, "-P", "-m", module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=output,
            env=os.environ | {"PYTHONUTF8": "1", "OPENBLAS_NUM_THREADS": "1"},
        )
    assert child.stdin is not None
    assert child.stdout is not None
    lines: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    reader = threading.Thread(target=_pass_lines, args=(child, lines), name=module)
    reader.start()
    try:
        last_words = ""
        with contextlib.suppress(OSError):  # it has died: the end of its output tells
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
    finally:
        child.kill()
        child.wait()
        reader.join()
        child.stdout.close()
        with contextlib.suppress(OSError):  # of what it did not read any more
            child.stdin.close()


def serve(task_type: type[TaskT], work: Callable[[TaskT, Emit], None]) -> None:
    """Do the one task of this process, and report what came of it.

    As in the engine process, descriptors 0 and 1 are moved away first, so that no native library
    can touch a message.
    """
    from models.engine.llama import start_backend
    from models.engine.worker import describe_assertion, failure

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in a terminal reaches the whole group
    commands, events = os.fdopen(os.dup(0), "rb"), os.dup(1)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)
    faulthandler.enable()

    def emit(report: msgspec.Struct) -> None:
        line = memoryview(msgspec.json.encode(report) + b"\n")
        while line:
            line = line[os.write(events, line) :]

    task = msgspec.json.decode(commands.readline(), type=task_type)
    threading.Thread(target=_end_with, args=(commands,), name="caller", daemon=True).start()
    start_backend(lambda text: emit(protocol.Aborting(describe_assertion(text))))
    try:
        work(task, emit)
    except Exception as error:
        emit(failure(0, error))
    else:
        emit(Complete())


def report_loading(emit: Emit) -> Callable[[float], bool]:
    """Return what a model being read is given as `progress`: it tells fifty times at most."""
    last = -1

    def report(part: float) -> bool:
        nonlocal last
        if int(part * 50) != last:
            last = int(part * 50)
            emit(protocol.Loading(0, part))
        return True

    return report


def _end_with(stream: BinaryIO) -> None:
    """End the process when the caller is gone."""
    stream.read()
    os._exit(1)


def _pass_lines(child: subprocess.Popen[bytes], lines: queue.SimpleQueue[bytes]) -> None:
    assert child.stdout is not None
    for line in child.stdout:
        if line.endswith(b"\n"):  # else the half of a line that a dying process wrote
            lines.put(line)
    lines.put(b"")


def _next_line(lines: queue.SimpleQueue[bytes], stopped: Callable[[], bool]) -> bytes:
    while True:
        if stopped():
            raise Cancelled
        try:
            return lines.get(timeout=STOP_S)
        except queue.Empty:
            continue
