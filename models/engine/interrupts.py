"""Ctrl+C while a process is being started."""

from __future__ import annotations

import contextlib
import signal
import sys
import threading
from collections.abc import Iterator
from types import FrameType


@contextlib.contextmanager
def interrupts_held() -> Iterator[None]:
    """Keep SIGINT from a process that is started, and from whoever starts it, until it is there.

    Ctrl+C in a terminal reaches the whole group, also an engine that has only begun: it inherits
    the mask, and says itself when it wants no SIGINT. The mask does not keep KeyboardInterrupt from
    the caller: the system gives the signal to another of its threads, and Python hands it on.
    """
    held: list[FrameType | None] = []
    before = signal.getsignal(signal.SIGINT)
    raises = threading.current_thread() is threading.main_thread() and callable(before)
    if raises:
        signal.signal(signal.SIGINT, lambda _number, frame: held.append(frame))
    try:
        with _interrupts_masked():
            yield
    finally:
        if raises:
            signal.signal(signal.SIGINT, before)
    if held and callable(before):
        before(signal.SIGINT, held[0])


@contextlib.contextmanager
def _interrupts_masked() -> Iterator[None]:
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
