"""What fails in the window though it should not: logged with its traceback, and said there."""

from __future__ import annotations

import contextlib
import logging
import sys
import threading
import traceback
from collections.abc import Iterator
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction

from desktop import error_log
from desktop.shell.notices import NoticeButton, Notices

KEY = "defect"


class Defects(QObject):
    """Hears of every error that nobody caught, in whatever thread.

    What is logged as a warning or worse goes into the log too; who logs it has said so himself.
    """

    _heard = Signal(str, str, str)  # what it is, its traceback, why it is not in the log

    def __init__(
        self, notices: Notices, open_log_folder: QAction, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._notices, self._open_log_folder = notices, open_log_folder
        self._lock = threading.Lock()
        self._last = self._refused = self._said = ""
        # queued: it may have come in the middle of a paint, and in any thread
        self._heard.connect(self._say, Qt.ConnectionType.QueuedConnection)

    @contextlib.contextmanager
    def listening(self) -> Iterator[None]:
        """Hear of what happens meanwhile; who heard of it before still does."""
        before, before_in_threads = sys.excepthook, threading.excepthook
        handler = _LogHandler(logging.WARNING)

        def hear(
            kind: type[BaseException], error: BaseException, trace: TracebackType | None
        ) -> None:
            before(kind, error, trace)
            self._hear(error)

        def hear_in_threads(args: threading.ExceptHookArgs) -> None:
            before_in_threads(args)
            self._hear(args.exc_value)

        sys.excepthook, threading.excepthook = hear, hear_in_threads
        logging.getLogger().addHandler(handler)
        try:
            yield
        finally:
            sys.excepthook, threading.excepthook = before, before_in_threads
            logging.getLogger().removeHandler(handler)

    def _hear(self, error: BaseException | None) -> None:
        if not isinstance(error, Exception):
            return  # Ctrl+C, and the like
        details = "".join(traceback.format_exception(error))
        with self._lock:
            if details != self._last:  # what fails in a paint fails sixty times a second
                self._last, self._refused = details, error_log.append(details)
            refused = self._refused
        self._heard.emit(f"{type(error).__name__}: {error}", details, refused)

    def _say(self, what: str, details: str, refused: str) -> None:
        if KEY in self._notices.keys and details == self._said:
            return
        self._said = details

        def sentence() -> str:
            said = self.tr(
                "Something failed in the window that should not ({what}): your text stays in the "
                "journal, and the details are in {log}."
            )
            if refused:
                said = self.tr(
                    "Something failed in the window that should not ({what}): your text stays in "
                    "the journal; the details could not be written to {log} ({reason})."
                )
            return said.format(what=what, log=error_log.log_path(), reason=refused)

        button = NoticeButton(self._open_log_folder.text, self._open_log_folder.trigger)
        self._notices.post(KEY, sentence, "bad", details, [button])


class _LogHandler(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        error_log.append(self.format(record))
