"""The page: the editor that shows a manuscript, and the manuscript that follows it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from desktop.manuscript.manuscript import Manuscript
from desktop.manuscript.passages import Change
from desktop.manuscript.text_buffer import encode_utf16
from desktop.write.editor import Editor


class Page(QObject):
    """Keeps editor and manuscript the same, whoever changes which.

    `changed` follows every change of the text with its position in UTF-16 code units, `edited`
    those of the person alone, and `opened` the coming of another manuscript; `left` comes before,
    while this one is still open, and `stayed` where nothing came of it. `proposal_changed` follows
    whether there is a proposal.
    """

    changed = Signal(int)
    left = Signal()
    stayed = Signal()
    edited = Signal()
    opened = Signal()
    proposal_changed = Signal()

    def __init__(
        self, editor: Editor, manuscript: Manuscript, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.editor = editor
        self.manuscript = manuscript
        self._marked: tuple[int, int] | None = None
        self._proposes = False
        editor.set_text(manuscript.text)
        editor.edited.connect(self._follow)

    def leave(self) -> None:
        """Take in what an input method composes, and let go of the manuscript."""
        self.editor.end_composition()
        self.left.emit()

    def stay(self) -> None:
        """Take `leave` back: the manuscript stays on show."""
        self.stayed.emit()

    def open(self, manuscript: Manuscript) -> None:
        """Show another manuscript."""
        self.manuscript, self._marked = manuscript, None
        self.editor.set_text(manuscript.text)
        self.show_pending()
        self.opened.emit()
        self.changed.emit(0)

    def apply(self, change: Change, *, join: bool = False, follow: bool = False) -> None:
        """Show a change that the manuscript has made; with `join`, as one undo step with the last.

        The person's cursor stays where it is; with `follow`, the end of the change stays in view.
        """
        if change.removed or change.inserted:
            self.editor.replace(
                change.position, change.removed, change.inserted, join=join, follow=follow
            )
        grown = (
            None if change.removed else change.position + len(encode_utf16(change.inserted)) // 2
        )
        self.show_pending(change.position, grown)
        self.changed.emit(change.position)

    def replace_all(self, text: str) -> None:
        """Put another text in the place of this one, as the person would: one step of undo."""
        removed = self.manuscript.length
        self.editor.replace(0, removed, text)
        self._follow(0, removed, text)

    def mark(self, marked: tuple[int, int] | None) -> None:
        """Mark what a change on the card is about, in the place of a proposal."""
        self._marked = marked
        self.show_pending()

    def show_pending(self, start: int = 0, end: int | None = None) -> None:
        """Show which part of the text is only proposed; nothing has changed before `start`, and
        with `end` nothing behind it.
        """
        pending = self._marked or self.manuscript.pending
        self.editor.set_pending(pending)
        self.editor.refresh_heat(start, end)
        if self._proposes != (pending is not None):
            self._proposes = pending is not None
            self.proposal_changed.emit()

    def _follow(self, position: int, removed: int, inserted: str) -> None:
        self.manuscript.edit(position, removed, inserted)
        self.show_pending(position)
        self.changed.emit(position)
        self.edited.emit()
