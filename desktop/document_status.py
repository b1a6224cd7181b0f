"""What the window says of its document: on the top line, in the title and on the status line."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from desktop.journal_notices import JournalNotices
from desktop.settings import Settings
from desktop.shell.main_window import MainWindow
from desktop.write.filing import Filing
from desktop.write.page import Page
from desktop.write.word_count import count_text

COUNT_MS = 400  # after the last key, the words are counted
WORD_CHARACTERS = 12  # more than these a word, and the text is counted in characters


class DocumentStatus(QObject):
    """Follows the text and its file."""

    def __init__(
        self,
        page: Page,
        filing: Filing,
        journal: JournalNotices,
        main: MainWindow,
        settings: Settings,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._page = page
        self._filing = filing
        self._journal = journal
        self._main = main
        self._settings = settings
        self._count = QTimer(self, singleShot=True, interval=COUNT_MS)
        self._count.timeout.connect(self.show)
        page.changed.connect(lambda _position: self._count.start())
        filing.changed.connect(self.show)
        journal.changed.connect(self.show)

    def show(self) -> None:
        """Show name, state and length, in the language of the window."""
        words, characters = count_text(self._page.manuscript.text)
        in_characters = characters > WORD_CHARACTERS * max(1, words)
        self._main.set_document(
            self._filing.name,
            edited=self._filing.edited,
            count=characters if in_characters else words,
            unit="characters" if in_characters else "words",
        )
        self._main.set_recent([Path(path) for path in self._settings.recent])
        self._show_saved()

    def _show_saved(self) -> None:
        at = self._filing.saved_at
        if self._filing.edited and self._journal.refused:
            text = self.tr("not kept: the disk takes nothing")
        elif self._filing.edited:
            text = self.tr("kept in the journal") if self._page.manuscript.length else ""
        elif at is None:
            text = ""
        else:
            today = at.date() == datetime.now().date()
            time = f"{at:%H:%M}" if today else f"{at:%Y-%m-%d %H:%M}"
            text = self.tr("saved at {time}").format(time=time)
        self._main.status_line.set_saved(text)
