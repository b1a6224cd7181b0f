"""What the Write workspace says above its text: why nothing comes, how far it is, what is left."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desktop.loaded_model import State
from desktop.shell.notices import Notices


class WritingNotices(QObject):
    """Posts one notice each; whoever knows that it is no longer true withdraws it by its key."""

    def __init__(self, notices: Notices, parent: QObject) -> None:
        super().__init__(parent)
        self._notices = notices

    def say_writing(self) -> None:
        self._post("writing", self.tr("The model is writing already: Esc stops it."))

    def say_empty(self) -> None:
        self._post(
            "empty", self.tr("There is no text yet: write a few words, and the model goes on.")
        )

    def say_model(self, state: State) -> None:
        """Say what a model that is not "ready" stands in the way with."""
        match state:
            case "none":
                sentence = self.tr("No model is at work: choose one in the library.")
                self._notices.post("no-model", sentence, "warning")
            case "resting":
                sentence = self.tr(
                    "The model has given its memory to others: wait until they are done, or stop "
                    "them."
                )
                self._notices.post("no-model", sentence, "warning")
            case "loading":
                self._post(
                    "loading",
                    self.tr("The model is being loaded: it writes as soon as it is ready."),
                )

    def say_reading(self, done: int, total: int) -> None:
        sentence = self.tr("The model reads your text: {done} of {total} tokens. Esc stops it.")
        self._post("reading", sentence.format(done=f"{done:,}", total=f"{total:,}"))

    def say_repeated(self) -> None:
        self._post(
            "repeated", self.tr("The same words came again: a higher temperature brings others.")
        )

    def say_forgotten(self, _forgotten: int, kept: int) -> None:
        sentence = self.tr(
            "The text is longer than the model's context: it sees only the last {kept} tokens."
        )
        self._post("forgotten", sentence.format(kept=f"{kept:,}"))

    def say_unread(self, forgotten: int, kept: int) -> None:
        sentence = self.tr(
            "The text is longer than the model's context: its first {forgotten} tokens are not "
            "read, and its last {kept} are."
        )
        self._post("forgotten", sentence.format(forgotten=f"{forgotten:,}", kept=f"{kept:,}"))

    def _post(self, key: str, sentence: str) -> None:
        self._notices.post(key, sentence, "information")
