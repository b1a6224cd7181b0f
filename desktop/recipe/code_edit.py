"""A small editor for Python: line numbers, and a mark on the line that failed."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRect, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)
from PySide6.QtWidgets import QPlainTextDocumentLayout, QPlainTextEdit, QTextEdit, QWidget

from desktop.theme.theme import Theme

INDENT = "    "
_MARGIN = 8


class CodeEdit(QPlainTextEdit):
    """Text in one width; Tab is four spaces, Shift+Tab takes them back, Return keeps the indent.

    Ctrl+Tab goes on to the next control.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._failed: QTextCursor | None = None  # it stays with its line while one types
        self._numbers = _LineNumbers(self)
        self.setProperty("field", True)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setFont(theme.token_font())
        self.setTabStopDistance(self.fontMetrics().horizontalAdvance(INDENT))
        self.blockCountChanged.connect(self._make_room)
        self.updateRequest.connect(self._scroll_numbers)
        theme.changed.connect(self._mark_line)
        self._make_room()

    @property
    def failed_line(self) -> int | None:
        """The line that is marked, from 1."""
        return None if self._failed is None else self._failed.blockNumber() + 1

    def make_document(self, text: str, owner: QObject) -> QTextDocument:
        """A document with `text`, for `setDocument`, which would delete one of the editor's own."""
        document = QTextDocument(owner)
        document.setDocumentLayout(QPlainTextDocumentLayout(document))
        document.setDefaultFont(self.font())
        document.setPlainText(text)
        document.setModified(False)
        return document

    def mark_line(self, line: int | None) -> None:
        """Mark `line`, from 1, and go there; None takes the mark away."""
        block = self.document().findBlockByNumber(line - 1 if line else -1)
        self._failed = QTextCursor(block) if block.isValid() else None
        if self._failed is not None:
            self.setTextCursor(self._failed)
            self.centerCursor()
        self._mark_line()

    def numbers_width(self) -> int:
        """How wide the line numbers are, in pixels."""
        digits = len(str(max(self.blockCount(), 99)))
        return self.fontMetrics().horizontalAdvance("9") * digits + 2 * _MARGIN

    def paint_numbers(self, event: QPaintEvent) -> None:
        """Paint the line numbers beside the text; the failed one has a mark, not only a colour."""
        color = self._theme.color
        painter = QPainter(self._numbers)
        painter.setFont(self.font())
        painter.fillRect(event.rect(), color("panel"))
        height = self.fontMetrics().height()
        right = self._numbers.width() - _MARGIN
        block = self.firstVisibleBlock()
        top = self.blockBoundingGeometry(block).translated(self.contentOffset()).top()
        while block.isValid() and top <= event.rect().bottom():
            line = block.blockNumber() + 1
            failed = line == self.failed_line
            painter.setPen(color("bad" if failed else "dim"))
            box = QRect(0, round(top), right, height)
            painter.drawText(box, Qt.AlignmentFlag.AlignRight, str(line))
            if failed:
                painter.drawText(box.adjusted(2, 0, 0, 0), Qt.AlignmentFlag.AlignLeft, "!")
            top += self.blockBoundingRect(block).height()
            block = block.next()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        inner = self.contentsRect()
        self._numbers.setGeometry(inner.x(), inner.y(), self.numbers_width(), inner.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        modified = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() == Qt.Key.Key_Tab and modified == Qt.KeyboardModifier.ControlModifier:
            QWidget.focusNextPrevChild(self, True)  # QPlainTextEdit's own refuses
        elif event.key() == Qt.Key.Key_Tab and not modified:
            column = self.textCursor().positionInBlock()
            self.insertPlainText(INDENT[column % len(INDENT) :])
        elif event.key() == Qt.Key.Key_Backtab:
            self._take_indent_back()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not modified:
            self._begin_line()
        else:
            super().keyPressEvent(event)

    def _begin_line(self) -> None:
        cursor = self.textCursor()
        before = cursor.block().text()[: cursor.positionInBlock()]
        indent = before[: len(before) - len(before.lstrip(" "))]
        deeper = INDENT if before.rstrip().endswith(":") else ""
        cursor.insertText(f"\n{indent}{deeper}")
        self.ensureCursorVisible()

    def _take_indent_back(self) -> None:
        cursor = self.textCursor()
        text = cursor.block().text()
        spaces = min(len(text) - len(text.lstrip(" ")), len(INDENT))
        cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock)
        cursor.movePosition(
            QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.KeepAnchor, spaces
        )
        cursor.removeSelectedText()

    def _mark_line(self) -> None:
        selections = []
        if self._failed is not None:
            selection = QTextEdit.ExtraSelection()
            ground = QColor(self._theme.color("bad"))
            ground.setAlpha(40)
            selection.format.setBackground(ground)
            selection.format.setProperty(QTextFormat.Property.FullWidthSelection, True)
            selection.cursor = self._failed
            selections.append(selection)
        self.setExtraSelections(selections)
        self._numbers.update()

    def _make_room(self) -> None:
        self.setViewportMargins(self.numbers_width(), 0, 0, 0)

    def _scroll_numbers(self, rect: QRect, moved: int) -> None:
        if moved:
            self._numbers.scroll(0, moved)
        else:
            self._numbers.update(0, rect.y(), self._numbers.width(), rect.height())


class _LineNumbers(QWidget):
    """The strip at the left of the text."""

    def __init__(self, editor: CodeEdit) -> None:
        super().__init__(editor)
        self._editor = editor

    def sizeHint(self) -> QSize:
        return QSize(self._editor.numbers_width(), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        self._editor.paint_numbers(event)
