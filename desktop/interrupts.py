"""Ctrl+C in the terminal: an exception in a command, a wish to close for a window."""

from __future__ import annotations

import contextlib
import math
import signal
import socket
import threading
import time
from types import FrameType

from models.interrupts import interrupts_handled_by


class RaisedInterrupts:
    """Ctrl+C as Python handles it, and when it was.

    Raised inside of an import, KeyboardInterrupt can come out as another error: as a RuntimeError
    from `__set_name__`, as a SyntaxError where a codec was being loaded.
    """

    WITHIN_S = 1.0

    def __init__(self) -> None:
        self._at_s = -math.inf
        self._before = signal.getsignal(signal.SIGINT)

    def __enter__(self) -> RaisedInterrupts:
        if self._before is signal.default_int_handler:
            signal.signal(signal.SIGINT, self)
        return self

    def __exit__(self, *_: object) -> None:
        if self._before is signal.default_int_handler:
            signal.signal(signal.SIGINT, self._before)

    def __call__(self, number: int, frame: FrameType | None) -> None:
        self._at_s = time.monotonic()
        signal.default_int_handler(number, frame)

    def is_recent(self) -> bool:
        """Whether it came so lately that an error must be its doing."""
        return time.monotonic() - self._at_s < self.WITHIN_S


class HeldInterrupts:
    """Ctrl+C, kept until somebody takes it; what nobody took is raised at the end.

    Qt's own modules do not survive an exception while they are loaded, and in its event loop one is
    only printed. Where Ctrl+C is ignored it stays so.
    """

    def __init__(self) -> None:
        self._ends = contextlib.ExitStack()
        self._here, self._there = socket.socketpair()
        self._here.setblocking(False)
        self._there.setblocking(False)

    def __enter__(self) -> HeldInterrupts:
        if threading.current_thread() is threading.main_thread():
            self._ends.callback(signal.set_wakeup_fd, signal.set_wakeup_fd(self._there.fileno()))
        self._ends.enter_context(interrupts_handled_by(lambda _number, _frame: None))
        return self

    def __exit__(self, *_: object) -> None:
        self._ends.close()
        left = self.take()
        self._here.close()
        self._there.close()
        if left:
            signal.raise_signal(signal.SIGINT)

    def fileno(self) -> int:
        """Return a descriptor that can be read from when there is something to take."""
        return self._here.fileno()

    def take(self) -> bool:
        """Return whether Ctrl+C was pressed since it was asked last."""
        with contextlib.suppress(BlockingIOError):
            return signal.SIGINT in self._here.recv(4096)
        return False

    def raise_taken(self) -> None:
        """Raise KeyboardInterrupt if Ctrl+C was pressed since it was asked last."""
        if self.take():
            raise KeyboardInterrupt
