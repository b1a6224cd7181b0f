"""Text, units and input for the tests of the editor."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from desktop.write.editor import Editor

PARAGRAPH = "The mill stood where two rivers met, and it ground what either of them brought. "
LONG = "\n".join(f"{i}. {PARAGRAPH * 4}" for i in range(60))


class Word(NamedTuple):
    start: int
    end: int
    probability: float


class Words:
    """Units given one by one."""

    def __init__(self, *words: Word) -> None:
        self.words = words

    def units_between(self, start: int, end: int) -> Sequence[Word]:
        return [word for word in self.words if word.end > start and word.start < end]


class Copy:
    """A text that follows what an editor says was edited."""

    def __init__(self, editor: Editor) -> None:
        self.units = editor.text().encode("utf-16-le")
        self.edits: list[tuple[int, int, str]] = []
        editor.edited.connect(self.follow)

    @property
    def text(self) -> str:
        return self.units.decode("utf-16-le")

    def follow(self, position: int, removed: int, inserted: str) -> None:
        assert removed or inserted
        self.edits.append((position, removed, inserted))
        self.replace(position, removed, inserted)

    def replace(self, position: int, removed: int, inserted: str) -> None:
        start, end = 2 * position, 2 * (position + removed)
        assert end <= len(self.units)
        self.units = self.units[:start] + inserted.encode("utf-16-le") + self.units[end:]


def compose(editor: Editor, preedit: str, commit: str = "") -> None:
    """Send what an input method sends."""
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(commit)
    QApplication.sendEvent(editor, event)
