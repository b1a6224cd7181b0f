"""Ctrl+C, where KeyboardInterrupt must not strike just anywhere.

Ctrl+C in a terminal reaches the whole group: the program and each process that it has started.
"""

from __future__ import annotations

import contextlib
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from types import FrameType


@contextlib.contextmanager
def interrupts_handled_by(handle: Callable[[int, FrameType | None], None]) -> Iterator[None]:
    """Call `handle` at Ctrl+C.

    Nothing is changed where it is ignored, or in another thread than the main one, which does not
    hear of it.
    """
    before = signal.getsignal(signal.SIGINT)
    if threading.current_thread() is not threading.main_thread() or not callable(before):
        yield
        return
    signal.signal(signal.SIGINT, handle)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@contextlib.contextmanager
def interrupts_delayed() -> Iterator[None]:
    """Delay Ctrl+C until the end, for the caller and for a process that is started meanwhile.

    Such a process inherits the mask: it calls `ignore_interrupts` when it can. A mask alone would
    not keep KeyboardInterrupt from the caller: the system gives the signal to another of its
    threads, and Python hands it on to the main one.
    """
    pressed = threading.Event()
    try:
        with interrupts_handled_by(lambda _number, _frame: pressed.set()), _interrupts_masked():
            yield
    finally:
        if pressed.is_set():
            signal.raise_signal(signal.SIGINT)


def ignore_interrupts() -> None:
    """Ignore Ctrl+C in this process, which its caller ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})


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
