"""Find in the document: a slim bar over the page."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor, QTextDocument
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPlainTextEdit, QPushButton


class FindBar(QFrame):
    """Enter finds the next place, Shift+Enter the one before, Esc goes back to the text."""

    def __init__(self, editor: QPlainTextEdit) -> None:
        super().__init__()
        self._editor = editor
        self.setProperty("panel", True)
        self.setProperty("below", True)
        self.text = QLineEdit()
        self._result = QLabel()
        self._result.setProperty("dim", True)
        self._before, self._next, self._close = QPushButton(), QPushButton(), QPushButton()
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 6, 20, 6)
        row.setSpacing(8)
        row.addWidget(self.text, 1)
        row.addWidget(self._result)
        for button in (self._before, self._next, self._close):
            row.addWidget(button)
        self.text.textChanged.connect(lambda _text: self._find_from_start())
        self._before.clicked.connect(lambda: self.find_next(forward=False))
        self._next.clicked.connect(lambda: self.find_next(forward=True))
        self._close.clicked.connect(self.close_bar)
        self._translate()
        self.hide()

    def open(self) -> None:
        """Show the bar, with the selected words in it."""
        selected = self._editor.textCursor().selectedText()
        self.show()
        if selected and "\u2029" not in selected:
            self.text.setText(selected)
        self.text.setFocus()
        self.text.selectAll()

    def close_bar(self) -> None:
        """Hide the bar; the place that was found stays selected."""
        self.hide()
        self._editor.setFocus()

    def find_next(self, *, forward: bool) -> bool:
        """Select the next place, around the end if need be; returns whether there is one."""
        wanted = self.text.text()
        self._result.clear()
        if not wanted:
            return False
        flags = QTextDocument.FindFlag(0)
        if not forward:
            flags |= QTextDocument.FindFlag.FindBackward
        if self._editor.find(wanted, flags):
            return True
        before = self._editor.textCursor()
        ends = QTextCursor.MoveOperation.Start if forward else QTextCursor.MoveOperation.End
        self._editor.moveCursor(ends)
        if self._editor.find(wanted, flags):
            return True
        self._editor.setTextCursor(before)
        self._result.setText(self.tr("not found"))
        return False

    def event(self, event: QEvent) -> bool:
        # Esc belongs to the bar, not to the actions of the window.
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            mine = event.key() == Qt.Key.Key_Escape and not event.modifiers()
            if mine:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.find_next(forward=not event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._translate()

    def _find_from_start(self) -> None:
        cursor = self._editor.textCursor()
        cursor.setPosition(cursor.selectionStart())
        self._editor.setTextCursor(cursor)
        self.find_next(forward=True)

    def _translate(self) -> None:
        self.text.setPlaceholderText(self.tr("Find in the document"))
        self.text.setAccessibleName(self.tr("Find in the document"))
        for button, name in (
            (self._before, self.tr("Previous")),
            (self._next, self.tr("Next")),
            (self._close, self.tr("Close")),
        ):
            button.setText(name)
            button.setAccessibleName(name)
