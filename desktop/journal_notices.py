"""What the journal's thread has to say, said in the window for as long as it holds."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from desktop.shell.notices import Notices

REFUSED = "journal"  # also of a document that cannot be left meanwhile
_CLOSING = "closing"  # the window stays open for the same reason


class JournalNotices(QObject):
    """`tell` and `follow` may be called from any thread.

    `changed` says that the disk refuses the journal, or takes it again.
    """

    changed = Signal()
    _told = Signal(str)
    _followed = Signal(str)

    def __init__(self, notices: Notices, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._notices = notices
        self.refused = False
        self._told.connect(self._say)
        self._followed.connect(self._show)

    def tell(self, sentence: str) -> None:
        """Say that a journal is broken, or cannot be read."""
        self._told.emit(sentence)

    def follow(self, refusal: str) -> None:
        """Say why the disk takes nothing; with an empty one, it does again."""
        self._followed.emit(refusal)

    def _say(self, sentence: str) -> None:
        self._notices.post("broken-journal", sentence, "bad")

    def _show(self, refusal: str) -> None:
        self.refused = bool(refusal)
        if refusal:
            self._notices.post(REFUSED, refusal, "bad")
        else:
            for key in (REFUSED, _CLOSING):
                self._notices.withdraw(key)
        self.changed.emit()
