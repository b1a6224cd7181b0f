"""A comparison beside the window: one thread waits for the process that reads the models."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from converters.comparison import compare
from models.errors import Cancelled, InputError, JobError


class ComparisonRun(QObject):
    """One comparison at a time.

    told(event)      what `compare` yields
    ended(sentence)  it is over: empty when it was done or cancelled, else what went wrong
    """

    told = Signal(object)
    ended = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None

    def start(
        self,
        reference: Path,
        levels: Sequence[Path],
        text: str,
        *,
        chunks: int | None,
        threads: int | None,
    ) -> None:
        """Begin; nothing else may run."""
        self._stopped = stopped = threading.Event()

        def work() -> None:
            sentence = ""
            try:
                for event in compare(
                    reference,
                    levels,
                    text,
                    chunks=chunks,
                    threads=threads,
                    any_reference=True,  # the page says which ones measure well
                    stopped=stopped.is_set,
                ):
                    self.told.emit(event)
            except Cancelled:
                pass
            except (InputError, JobError) as error:
                sentence = str(error)
            except Exception as error:
                logging.getLogger(__name__).exception("a comparison failed")
                sentence = f"Inkglass failed here ({type(error).__name__}: {error})."
            self.ended.emit(sentence)

        self._thread = threading.Thread(target=work, name="comparison", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Ask it to end; `ended` follows."""
        self._stopped.set()

    def close(self) -> None:
        """End it, and wait until its process is gone."""
        self._stopped.set()
        if self._thread is not None:
            self._thread.join()
