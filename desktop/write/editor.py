"""The page on which a person writes and a model's words stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import (
    QEvent,
    QMimeData,
    QPointF,
    QStringListModel,
    Qt,
    QTextBoundaryFinder,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QTextCursor,
)
from PySide6.QtWidgets import QMenu, QWidget

from desktop.manuscript.text_buffer import encode_utf16, unify_line_ends
from desktop.theme.theme import Theme
from desktop.write.editor_text import Edit, TextMirror, to_qt
from desktop.write.editor_view import PageView
from desktop.write.typesetting_markdown import heading_level

_KEEP = QTextCursor.MoveMode.KeepAnchor
_MOVE = QTextCursor.MoveMode.MoveAnchor
_PLAIN = Qt.KeyboardModifier.NoModifier
_MODIFIER_KEYS = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta)
_PHRASE = re.compile(r"\s*(?:[々一-鿿]+[ぁ-ゖ]*|[ぁ-ゖ]+)")


class _Replacement(NamedTuple):
    position: int
    removed: int
    inserted: str
    join: bool
    follow: bool


class Editor(PageView):
    """A page to write on; see `PageView` for what it shows.

    edited               the person changed the text (typing, paste, undo ...): position, how much
                         was removed, what was inserted; applied to a copy, it equals the document
    insertion_begins     the person is about to type or paste right before a proposal
    tab_pressed          Tab, while there is a proposal
    word_accept_pressed  Ctrl+Right, while there is a proposal
    composition_changed  an input method began to compose, or ended
    file_dropped         a file was dropped on the page
    menu_requested       the context menu before it is shown, and the position that it is for
    """

    edited = Signal(int, int, object)  # a str; as one, PySide would take a U+FEFF from its head
    insertion_begins = Signal()
    tab_pressed = Signal()
    word_accept_pressed = Signal()
    composition_changed = Signal(bool)
    file_dropped = Signal(Path)
    menu_requested = Signal(QMenu, int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._mirror = TextMirror()
        self._edits: list[Edit] = []  # to be told when Qt has done with them
        self._by_person = True
        self._composing = False
        self._in_input_method = False
        self._waiting: list[_Replacement] = []
        self.document().contentsChange.connect(self._follow_change)
        self.document().contentsChanged.connect(self._finish_change)
        self._name()

    def text(self) -> str:
        """The whole text, exactly."""
        return self._mirror.read(0, len(self._mirror))

    def set_text(self, text: str) -> None:
        r"""Show another text, with nothing to undo; emits no `edited`.

        What a Qt document takes for a line end becomes \n (see `unify_line_ends`).
        """
        self.end_composition()
        text = unify_line_ends(text)
        self.set_pending(None)
        self.set_open(None)
        self._layout.loading = True
        self.setPlainText(to_qt(text))
        self._layout.loading = False
        self._mirror.load(text)

    def replace(
        self,
        position: int,
        removed: int,
        inserted: str,
        *,
        join: bool = False,
        follow: bool = False,
    ) -> None:
        """Change the text as the program; emits no `edited`.

        One step of undo, or with `join` a part of the previous one. Cursor, selection and scroll
        position stay; with `follow`, the end of what was inserted stays in view if `position` was.
        While an input method composes, the change waits for it to end. Raises ValueError for a
        range that is not in the text.
        """
        change = _Replacement(position, removed, unify_line_ends(inserted), join, follow)
        if self._composing:
            self._waiting.append(change)
        else:
            self._replace(change)

    def set_heading(self, title: str) -> None:
        """Make `title` the first heading of the text, as an edit of the person."""
        self.end_composition()
        cursor = self._cursor_at(0)
        if heading_level(cursor.block().text()):
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, _KEEP)
            cursor.insertText(f"# {title}")
        else:
            cursor.insertText(f"# {title}\n\n")

    def next_word_end(self, start: int, end: int) -> int:
        """Return where the first word between these positions ends, `end` if there is none.

        Japanese is taken phrase by phrase: Chinese characters and the hiragana after them.
        """
        text = self._mirror.read(start, end)
        if phrase := _PHRASE.match(text):
            return start + phrase.end()
        finder = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Word, to_qt(text))
        units = text.encode("utf-16-le")
        while (found := finder.toNextBoundary()) > 0:
            if units[: 2 * found].decode("utf-16-le").strip():
                return start + found
        return end

    def move_cursor(self, position: int) -> None:
        """Put the cursor there, with nothing selected."""
        self.end_composition()
        self.setTextCursor(self._cursor_at(position))

    @property
    def composing(self) -> bool:
        """An input method is composing."""
        return self._composing

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        if not self._composing and (event.commitString() or event.preeditString()):
            self._begin_insertion()
        self._in_input_method = True
        if self._composing and (event.commitString() or not event.preeditString()):
            # What waited comes before the text that is now committed; and Qt would leave a preedit
            # behind in the block before a line end that is committed.
            super().inputMethodEvent(QInputMethodEvent())
            self._replace_waiting()
        super().inputMethodEvent(event)
        self._in_input_method = False
        self._notice_composition()

    def undo(self) -> None:
        """Undo one step; Qt would crash where it takes a line away that is composed in."""
        self.end_composition()
        super().undo()

    def redo(self) -> None:
        """Do again what was undone."""
        self.end_composition()
        super().redo()

    def cut(self) -> None:
        """Cut the selection."""
        self.end_composition()
        super().cut()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in _MODIFIER_KEYS:
            self.end_composition()  # the input method has left this key to us
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if _inserts(event):
            self._begin_insertion()
        key, proposed = event.key(), self._painter.pending is not None
        if proposed and key == Qt.Key.Key_Tab and modifiers == _PLAIN:
            self.tab_pressed.emit()
        elif key == Qt.Key.Key_Tab and modifiers == Qt.KeyboardModifier.ControlModifier:
            QWidget.focusNextPrevChild(self, True)  # QPlainTextEdit's own refuses
        elif key == Qt.Key.Key_Backtab:
            QWidget.focusNextPrevChild(self, False)
        elif (
            proposed
            and key == Qt.Key.Key_Right
            and modifiers == Qt.KeyboardModifier.ControlModifier
        ):
            self.word_accept_pressed.emit()
        elif event.matches(QKeySequence.StandardKey.InsertLineSeparator):  # no U+2028 in Markdown
            super().keyPressEvent(QKeyEvent(event.type(), Qt.Key.Key_Return, _PLAIN, "\r"))
        elif event.matches(QKeySequence.StandardKey.MoveToNextPage) and self._shows_end():
            self.moveCursor(QTextCursor.MoveOperation.End, _MOVE)
        elif event.matches(QKeySequence.StandardKey.SelectNextPage) and self._shows_end():
            self.moveCursor(QTextCursor.MoveOperation.End, _KEEP)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.end_composition()
        super().mousePressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        position = self.textCursor().position()
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            under = self._character_under(QPointF(event.pos()))
            position = self.cursorForPosition(event.pos()).position() if under is None else under
        menu = self.createStandardContextMenu(event.pos())
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.menu_requested.emit(menu, position)
        menu.popup(event.globalPos())

    def createMimeDataFromSelection(self) -> QMimeData:
        """The selected text and nothing else.

        Qt's own would lose its no-break spaces, and takes a second for 50,000 characters, for it
        makes them rich text too.
        """
        model = QStringListModel([""])
        data = model.mimeData([model.index(0)])  # one of C++, which may outlive Python
        data.clear()
        cursor = self.textCursor()
        data.setText(to_qt(self._mirror.read(cursor.selectionStart(), cursor.selectionEnd())))
        return data

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Put the text of a paste or a drop in the place of the selection."""
        if source.hasText():
            self.end_composition()
            self._begin_insertion()
            self.textCursor().insertText(source.text())
            self.ensureCursorVisible()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped_files(event.mimeData()):
            event.acceptProposedAction()
        else:
            super().dragEnterEvent(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if _dropped_files(event.mimeData()):
            event.acceptProposedAction()
        else:
            super().dragMoveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        files = _dropped_files(event.mimeData())
        if not files:
            super().dropEvent(event)
            return
        event.acceptProposedAction()
        super().dragLeaveEvent(QDragLeaveEvent())
        for path in files:
            self.file_dropped.emit(path)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._name()

    def _name(self) -> None:
        self.setAccessibleName(self.tr("Document"))

    def _begin_insertion(self) -> None:
        pending, cursor = self._painter.pending, self.textCursor()
        if pending is not None and not cursor.hasSelection() and cursor.position() == pending[0]:
            self.insertion_begins.emit()

    def _shows_end(self) -> bool:
        return self.verticalScrollBar().value() == self.verticalScrollBar().maximum()

    @contextmanager
    def _as_program(self) -> Iterator[None]:
        self._by_person = False
        try:
            yield
        finally:
            self._by_person = True

    def _replace(self, change: _Replacement) -> None:
        end = change.position + change.removed
        if not 0 <= change.position <= end <= len(self._mirror):
            raise ValueError(f"{change.position} to {end} is not in a text of {len(self._mirror)}")
        self._layout.settle_formats()
        followed = change.follow and self._is_in_view(change.position)
        top = self._find_top()
        person = self.textCursor()
        start = person.selectionStart() if person.hasSelection() else -1
        anchor, position = (
            _carry(at, change, pushed=at == start) for at in (person.anchor(), person.position())
        )
        cursor = self._cursor_at(change.position)
        cursor.setPosition(end, _KEEP)
        with self._as_program():
            if change.join:
                cursor.joinPreviousEditBlock()
            else:
                cursor.beginEditBlock()
            cursor.insertText(to_qt(change.inserted))
            cursor.endEditBlock()
            self.document().setModified(False)  # or Qt would make what is typed next a part of it
        person = self.textCursor()
        if (person.anchor(), person.position()) != (anchor, position):
            person.setPosition(anchor)
            person.setPosition(position, _KEEP)
            self.setTextCursor(person)
        self._scroll_to_top(top)
        if followed:
            self._scroll_down_to(cursor.position())

    def _replace_waiting(self) -> None:
        waiting, self._waiting = self._waiting, []
        for change in waiting:
            self._replace(change)

    def end_composition(self) -> None:
        """Have what is being composed committed; where the input method does not, drop it."""
        if self._composing:
            QGuiApplication.inputMethod().commit()
        if self._composing:
            self.inputMethodEvent(QInputMethodEvent())

    def _notice_composition(self) -> None:
        composing = bool(self.textCursor().block().layout().preeditAreaText())
        if composing == self._composing or self._in_input_method:
            return
        self._composing = composing
        if not composing:
            self._replace_waiting()
        self.composition_changed.emit(composing)

    def _follow_change(self, position: int, removed: int, added: int) -> None:
        if self._layout.loading:
            return
        edit = self._mirror.follow(self.document(), position, removed, added)
        if edit is not None and self._by_person:
            self._edits.append(edit)

    def _finish_change(self) -> None:
        if self._layout.loading:  # Qt's own cursor is not in the document yet
            return
        edits, self._edits = self._edits, []
        for edit in edits:
            self.edited.emit(*edit)
        self._notice_composition()


def _carry(position: int, change: _Replacement, *, pushed: bool) -> int:
    """Return where a cursor at `position` stands after `change`.

    What is inserted there comes behind it, or with `pushed` before it.
    """
    end = change.position + change.removed
    if position < end:
        return min(position, change.position)
    if position == change.position and not pushed:
        return position
    return position - change.removed + len(encode_utf16(change.inserted)) // 2


def _inserts(event: QKeyEvent) -> bool:
    """Whether a key puts something into the text, as Qt decides it (QInputControl)."""
    if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        return True
    command = Qt.KeyboardModifier.ControlModifier
    commands = (command, command | Qt.KeyboardModifier.ShiftModifier)
    return event.text() > "" and event.text().isprintable() and event.modifiers() not in commands


def _dropped_files(data: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
