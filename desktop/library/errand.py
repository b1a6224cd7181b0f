"""Work that takes a moment, done beside the window: reading headers, planning levels, deleting."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from models.errors import InputError, JobError

Result = TypeVar("Result")
Failure = InputError | JobError


class Errand(QObject):
    """One piece of work at a time: of several, only the last one that was started is heard of."""

    _returned = Signal(int, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = threading.Lock()
        self._closed = False
        self._number = 0
        self._then: Callable[[object], None] = lambda result: None
        self._returned.connect(self._deliver)

    def run(
        self,
        work: Callable[[], Result],
        then: Callable[[Result], None],
        failed: Callable[[Failure], None],
    ) -> None:
        """Call `work` in a thread, then `then` or, for an InputError or JobError, `failed` here."""

        def hear(result: object) -> None:
            if isinstance(result, InputError | JobError):
                failed(result)
            else:
                then(result)  # type: ignore[arg-type]  # what the same call's work has returned

        self._number += 1
        self._then = hear
        threading.Thread(
            target=self._work, args=(self._number, work), name="library errand", daemon=True
        ).start()

    def close(self) -> None:
        """Let what still works come to nothing."""
        with self._lock:
            self._closed = True

    def _work(self, number: int, work: Callable[[], object]) -> None:
        result: object
        try:
            result = work()
        except (InputError, JobError) as error:
            result = error
        except Exception as error:
            logging.getLogger(__name__).exception("an errand of the library failed")
            result = JobError(f"Inkglass failed here ({type(error).__name__}: {error}).")
        with self._lock:
            if not self._closed:
                self._returned.emit(number, result)

    def _deliver(self, number: int, result: object) -> None:
        if number == self._number:
            self._then(result)
