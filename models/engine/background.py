"""A thread for what need not hold up the model."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from typing import Self

MOST_WAITING = 8  # pieces of work; whoever gives more waits, so that memory does not fill


class Background:
    """Does one piece of work after another, in their order, beside the thread that gives them.

    After a piece that raises, no other is done until `do` or `wait` has raised the same. Used in a
    `with` statement, whose end is that of the thread.
    """

    def __init__(self) -> None:
        self._work: queue.SimpleQueue[Callable[[], None] | threading.Event | None]
        self._work = queue.SimpleQueue()
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="background", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_raised: object) -> None:
        self._work.put(None)
        self._thread.join()

    def do(self, piece: Callable[[], None]) -> None:
        """Have `piece` done soon."""
        if self._work.qsize() >= MOST_WAITING or self._error is not None:
            self.wait()
        self._work.put(piece)

    def wait(self) -> None:
        """Return when all that was given is done."""
        done = threading.Event()
        self._work.put(done)
        done.wait()
        error, self._error = self._error, None
        if error is not None:
            raise error

    def _run(self) -> None:
        while (piece := self._work.get()) is not None:
            if isinstance(piece, threading.Event):
                piece.set()
            elif self._error is None:
                try:
                    piece()
                except BaseException as error:
                    self._error = error
