"""A job in a process of its own, as the child sees it; `converters.job_process` is its caller."""

from __future__ import annotations

import faulthandler
import os
import threading
from collections.abc import Callable
from typing import BinaryIO, TypeVar

import msgspec

from converters.job_process import Complete
from models.engine import protocol
from models.engine.llama import start_backend
from models.engine.worker import describe_assertion, failure
from models.interrupts import ignore_interrupts

TaskT = TypeVar("TaskT", bound=msgspec.Struct)
Emit = Callable[[msgspec.Struct], None]


def serve(task_type: type[TaskT], work: Callable[[TaskT, Emit], None]) -> None:
    """Do the one task of this process, and report what came of it.

    As in the engine process, descriptors 0 and 1 are moved away first, so that no native library
    can touch a message.
    """
    ignore_interrupts()
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
