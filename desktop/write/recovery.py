"""Texts that are in no file: each can be opened again, or deleted for good."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QDateTime, QLocale, QObject

from desktop.manuscript.journal import Journal, Recoverable
from desktop.shell.notices import NoticeButton, Notices
from desktop.write.filing_notices import KEPT
from models.errors import InputError

_NOTICE = "unsaved"


class Recovery(QObject):
    """Offers what the journal holds beside the document on show, in one notice."""

    def __init__(
        self,
        journal: Journal,
        notices: Notices,
        shown: Callable[[], str],
        restore: Callable[[Recoverable], None],
        parent: QObject | None = None,
    ) -> None:
        """`shown` is the id of the document on show; `restore` shows another one in its place."""
        super().__init__(parent)
        self._journal = journal
        self._notices = notices
        self._shown = shown
        self._restore = restore
        self._offered: Sequence[Recoverable] = ()

    def offer(self) -> None:
        """Offer all texts that are in no file; where there are none, say so."""
        if not self.offer_of(self._journal.recoverable()):
            self._notices.post(
                _NOTICE, lambda: self.tr("All other texts are in their files."), "information"
            )

    def offer_of(self, found: Sequence[Recoverable]) -> bool:
        """Offer those of `found` whose text is in no file; returns whether there are any."""
        self._offered = unsaved = self._unsaved(found)
        self._notices.withdraw(_NOTICE)
        if unsaved:
            self._notices.post(
                _NOTICE,
                lambda: self.tr(
                    "Further documents hold text that is in no file.", "", len(unsaved)
                ),
                "information",
                buttons=[
                    NoticeButton(
                        lambda: self.tr("Show them"), choices=[self._choice(d) for d in unsaved]
                    )
                ],
            )
        return bool(unsaved)

    def refresh(self) -> None:
        """Bring the notice up to date, if it is there, as for another document on show."""
        if _NOTICE in self._notices.keys:
            found = self._unsaved(self._journal.recoverable())
            if found != self._offered:
                self.offer_of(found)

    def _unsaved(self, found: Sequence[Recoverable]) -> Sequence[Recoverable]:
        return [d for d in found if d.unsaved and d.document_id != self._shown()]

    def _choice(self, document: Recoverable) -> NoticeButton:
        when = QDateTime.fromSecsSinceEpoch(int(document.edited_at))

        def title() -> str:
            shown = QLocale().toString(when, QLocale.FormatType.ShortFormat)
            return f"{self._title(document)} ({shown})"

        return NoticeButton(
            title,
            choices=[
                NoticeButton(lambda: self.tr("Open"), lambda: self._open(document)),
                NoticeButton(lambda: self.tr("Delete for good…"), lambda: self._ask(document)),
            ],
        )

    def _title(self, document: Recoverable) -> str:
        return document.title or self.tr("Untitled")

    def _open(self, document: Recoverable) -> None:
        if document.document_id != self._shown():
            self._restore(self._journal.describe(document.document_id) or document)
        self._offer_rest()

    def _ask(self, document: Recoverable) -> None:
        self._notices.post(
            _NOTICE,
            lambda: self.tr(
                "“{title}”: is what was never saved of it to be deleted for good, with all "
                "versions? A file of it stays as it is."
            ).format(title=self._title(document)),
            "warning",
            buttons=[
                NoticeButton(lambda: self.tr("Delete it"), lambda: self._forget(document)),
                NoticeButton(lambda: self.tr("Keep it"), self._offer_rest),
            ],
        )

    def _offer_rest(self) -> None:
        self.offer_of(self._journal.recoverable())

    def _forget(self, document: Recoverable) -> None:
        if document.document_id != self._shown():  # it may have been opened in the meantime
            try:
                self._journal.forget(document.document_id)
                self._notices.withdraw(KEPT)  # it may have been that one
            except InputError as error:
                self._notices.post("document", str(error), "bad")
        self._offer_rest()
