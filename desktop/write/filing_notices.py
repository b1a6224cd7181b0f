"""What the window says above its text of the document's file, and the choices that it offers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject

from desktop.journal_notices import REFUSED
from desktop.shell.notices import NoticeButton, Notices, Said, Severity

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

    def say(self, sentence: Said, severity: Severity = "bad") -> None:
        """Say what was the matter with a file."""
        self._notices.post(FILE, sentence, severity)

    def say_taken(self, name: str) -> None:
        self.say(
            lambda: self.tr(
                "{name} is open in another window of Inkglass: go on writing there."
            ).format(name=name),
            "warning",
        )

    def say_read_only(self, name: str) -> None:
        self.say(
            lambda: self.tr(
                "{name} is read-only: to keep changes, save under another name."
            ).format(name=name),
            "warning",
        )

    def say_other(self, name: str) -> None:
        self.say(
            lambda: self.tr(
                "{name} was changed by another program since it was open here: this is the "
                "file as it is now, and the versions of the older text are not shown."
            ).format(name=name),
            "information",
        )

    def say_unsaved(self, name: str, show_saved: Callable[[], None]) -> None:
        self._post_choice(
            RESTORED,
            lambda: self.tr("{name} is shown with the changes that you have not saved yet.").format(
                name=name
            ),
            self._saved_file(show_saved),
        )

    def say_ended(self, when: datetime, show_saved: Callable[[], None] | None) -> None:
        self._post_choice(
            RESTORED,
            lambda: self.tr(
                "Inkglass ended without closing. Your text is as it was at {time}, with all "
                "versions."
            ).format(time=f"{when:%H:%M:%S}"),
            *([] if show_saved is None else [self._saved_file(show_saved)]),
        )

    def say_kept(self, bring_back: Callable[[], None]) -> None:
        self._post_choice(
            KEPT,
            lambda: self.tr("This is the saved file. Your text that is not saved is kept."),
            NoticeButton(lambda: self.tr("Show my text again"), bring_back),
        )

    def say_gone(self, name: str) -> None:
        self._notices.post(
            DISK,
            lambda: self.tr(
                "{name} was deleted or moved by another program. Your text is here: save "
                "to write it again."
            ).format(name=name),
            "warning",
        )

    def say_changed(
        self, name: str, show: Callable[[], None], overwrite: Callable[[], None], *, since: bool
    ) -> None:
        """With `since`, it may have been this program, with another text."""

        def sentence() -> str:
            if since:
                said = self.tr(
                    "{name} has changed since this text was saved. Which one is to stay?"
                )
            else:
                said = self.tr("{name} was changed by another program. Which one is to stay?")
            return said.format(name=name)

        buttons = [
            NoticeButton(lambda: self.tr("Show the file"), show),
            NoticeButton(lambda: self.tr("Keep mine, write over it"), overwrite),
        ]
        self._notices.post(DISK, sentence, "warning", buttons=buttons)

    def say_refused(self) -> None:
        self._notices.post(
            REFUSED,
            lambda: self.tr(
                "The journal takes nothing at the moment, and this text would be lost: make "
                "room on the disk, or save the document, then try again."
            ),
            "bad",
        )

    def _post_choice(self, key: str, sentence: Said, *buttons: NoticeButton) -> None:
        self._notices.post(key, sentence, "information", buttons=buttons)

    def _saved_file(self, show: Callable[[], None]) -> NoticeButton:
        return NoticeButton(lambda: self.tr("Show the saved file"), show)
