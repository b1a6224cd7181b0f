"""What the window says above its text of the document's file, and the choices that it offers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject

from desktop.journal_notices import REFUSED
from desktop.shell.notices import NoticeButton, Notices, Severity

FILE, DISK, RESTORED, KEPT = "document", "disk", "restored", "kept"


class FilingNotices(QObject):
    """Posts one notice each; whoever knows that it is no longer true withdraws it by its key."""

    def __init__(self, notices: Notices, parent: QObject) -> None:
        super().__init__(parent)
        self._notices = notices

    def withdraw(self, *keys: str) -> None:
        """End these notices, where they are there."""
        for key in keys:
            self._notices.withdraw(key)

    def say(self, sentence: str, severity: Severity = "bad") -> None:
        """Say what was the matter with a file."""
        self._notices.post(FILE, sentence, severity)

    def say_taken(self, name: str) -> None:
        sentence = self.tr("{name} is open in another window of Inkglass: go on writing there.")
        self.say(sentence.format(name=name), "warning")

    def say_read_only(self, name: str) -> None:
        sentence = self.tr("{name} is read-only: to keep changes, save under another name.")
        self.say(sentence.format(name=name), "warning")

    def say_other(self, name: str) -> None:
        sentence = self.tr(
            "{name} was changed by another program since it was open here: this is the "
            "file as it is now, and the versions of the older text are not shown."
        )
        self.say(sentence.format(name=name), "information")

    def say_unsaved(self, name: str, show_saved: Callable[[], None]) -> None:
        sentence = self.tr("{name} is shown with the changes that you have not saved yet.")
        self._post_choice(RESTORED, sentence.format(name=name), self._saved_file(show_saved))

    def say_ended(self, when: datetime, show_saved: Callable[[], None] | None) -> None:
        sentence = self.tr(
            "Inkglass ended without closing. Your text is as it was at {time}, with all versions."
        ).format(time=f"{when:%H:%M:%S}")
        buttons = [] if show_saved is None else [self._saved_file(show_saved)]
        self._post_choice(RESTORED, sentence, *buttons)

    def say_kept(self, bring_back: Callable[[], None]) -> None:
        self._post_choice(
            KEPT,
            self.tr("This is the saved file. Your text that is not saved is kept."),
            NoticeButton(self.tr("Show my text again"), bring_back),
        )

    def say_gone(self, name: str) -> None:
        sentence = self.tr(
            "{name} was deleted or moved by another program. Your text is here: save "
            "to write it again."
        )
        self._notices.post(DISK, sentence.format(name=name), "warning")

    def say_changed(
        self, name: str, show: Callable[[], None], overwrite: Callable[[], None], *, since: bool
    ) -> None:
        """With `since`, it may have been this program, with another text."""
        if since:
            sentence = self.tr(
                "{name} has changed since this text was saved. Which one is to stay?"
            )
        else:
            sentence = self.tr("{name} was changed by another program. Which one is to stay?")
        buttons = [
            NoticeButton(self.tr("Show the file"), show),
            NoticeButton(self.tr("Keep mine, write over it"), overwrite),
        ]
        self._notices.post(DISK, sentence.format(name=name), "warning", buttons=buttons)

    def say_refused(self) -> None:
        self._notices.post(
            REFUSED,
            self.tr(
                "The journal takes nothing at the moment, and this text would be lost: make "
                "room on the disk, or save the document, then try again."
            ),
            "bad",
        )

    def _post_choice(self, key: str, sentence: str, *buttons: NoticeButton) -> None:
        self._notices.post(key, sentence, "information", buttons=buttons)

    def _saved_file(self, show: Callable[[], None]) -> NoticeButton:
        return NoticeButton(self.tr("Show the saved file"), show)
