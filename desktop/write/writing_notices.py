"""What the Write workspace says above its text: why nothing comes, how far it is, what is left."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desktop.loaded_model import State
from desktop.shell.notices import Notices, Said


class WritingNotices(QObject):
    """Posts one notice each, and withdraws what is no longer true."""

    def __init__(self, notices: Notices, parent: QObject) -> None:
        super().__init__(parent)
        self._notices = notices

    def forget_document(self) -> None:
        """Another document is open: what was said of the one before is no longer true."""
        self._withdraw("forgotten", "repeated", "engine")

    def forget_beginning(self) -> None:
        """The model begins anew: how the last time ended is no longer said."""
        self._withdraw("forgotten", "repeated", "engine", "empty", "writing")

    def follow(self, state: State, *, writing: bool, reading: bool, working: bool) -> None:
        """Withdraw what is over: the model writes, it reads, or is to do something at all."""
        if not working or state != "loading":
            self._withdraw("loading")
        if state in {"ready", "loading"}:
            self._withdraw("no-model")
        if not writing:
            self._withdraw("writing")
        if not reading:
            self._withdraw("reading")

    def say_writing(self) -> None:
        self._post("writing", lambda: self.tr("The model is writing already: Esc stops it."))

    def say_empty(self) -> None:
        self._post(
            "empty",
            lambda: self.tr("There is no text yet: write a few words, and the model goes on."),
        )

    def say_no_model(self, state: State) -> None:
        """Say why there is no model to write with, if there is none."""
        if state == "none":
            self._notices.post(
                "no-model",
                lambda: self.tr("No model is at work: choose one in the library."),
                "warning",
            )
        elif state == "resting":
            self._notices.post(
                "no-model",
                lambda: self.tr(
                    "The model has given its memory to others: wait until they are done, or stop "
                    "them."
                ),
                "warning",
            )

    def say_loading(self) -> None:
        self._post(
            "loading",
            lambda: self.tr("The model is being loaded: it writes as soon as it is ready."),
        )

    def say_reading(self, done: int, total: int) -> None:
        self._post(
            "reading",
            lambda: self.tr(
                "The model reads your text: {done} of {total} tokens. Esc stops it."
            ).format(done=f"{done:,}", total=f"{total:,}"),
        )

    def say_repeated(self) -> None:
        self._post(
            "repeated",
            lambda: self.tr("The same words came again: a higher temperature brings others."),
        )

    def say_forgotten(self, _forgotten: int, kept: int) -> None:
        self._post(
            "forgotten",
            lambda: self.tr(
                "The text is longer than the model's context: it sees only the last {kept} tokens."
            ).format(kept=f"{kept:,}"),
        )

    def say_unread(self, forgotten: int, kept: int) -> None:
        self._post(
            "forgotten",
            lambda: self.tr(
                "The text is longer than the model's context: its first {forgotten} tokens are not "
                "read, and its last {kept} are."
            ).format(forgotten=f"{forgotten:,}", kept=f"{kept:,}"),
        )

    def _post(self, key: str, sentence: Said) -> None:
        self._notices.post(key, sentence, "information")

    def _withdraw(self, *keys: str) -> None:
        for key in keys:
            self._notices.withdraw(key)
