"""A text of tokens that can be read, marked and clicked."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from desktop.theme.theme import Theme

_RADIUS_PX = 4
_OPENERS = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


@dataclass(frozen=True, slots=True)
class ShownToken:
    """A token on show. `text` is empty where it is a part of a character that a later one ends.

    tint        the ground of the text, as a colour, or None
    underlined  it is marked, and not by colour alone
    outlined    a frame is around it
    dim         it is only read
    """

    text: str
    tint: str | None = None
    underlined: bool = False
    outlined: bool = False
    dim: bool = False


class TokenView(QTextEdit):
    """Shows tokens one after another, in the document's typeface.

    picked(index)  a token was clicked, or Enter pressed with the cursor at it
    """

    picked = Signal(int)

    def __init__(self, theme: Theme, size_px: int = 16, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._tokens: list[ShownToken] = []
        self._starts: list[int] = []  # in UTF-16 code units of the document
        self._pressed = -1
        self.setReadOnly(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setTabChangesFocus(True)
        self.setFont(theme.document_font(size_px))
        theme.changed.connect(self._show_again)

    def show_tokens(self, tokens: Sequence[ShownToken]) -> None:
        """Show these; what is on show already stays as it is, so that a text can grow."""
        same = 0
        for old, new in zip(self._tokens, tokens, strict=False):
            if old != new:
                break
            same += 1
        cursor = QTextCursor(self.document())
        end = self._end(same)
        cursor.setPosition(end)
        cursor.movePosition(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
        del self._tokens[same:], self._starts[same:]
        cursor.beginEditBlock()
        for token in tokens[same:]:
            self._starts.append(cursor.position())
            self._tokens.append(token)
            space = len(token.text) - len(token.text.lstrip())
            cursor.insertText(token.text[:space], self._format(replace(token, tint=None)))
            cursor.insertText(token.text[space:], self._format(token))
        cursor.endEditBlock()
        self.viewport().update()

    def token_at(self, position: int) -> int:
        """Return the index of the token at a position of the document; -1 where there is none."""
        index = bisect_right(self._starts, position) - 1
        while index > 0 and not self._tokens[index].text:
            index -= 1
        return index

    def show_token(self, index: int) -> None:
        """Put the cursor at a token, and scroll to it."""
        if 0 <= index < len(self._starts):
            cursor = self.textCursor()
            cursor.setPosition(self._starts[index])
            self.setTextCursor(cursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self._pressed = self.cursorForPosition(event.position().toPoint()).position()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        point = event.position().toPoint()
        cursor = self.cursorForPosition(point)
        if event.button() != Qt.MouseButton.LeftButton or self.textCursor().hasSelection():
            return
        position = cursor.position()
        if position == self._pressed:
            # the cursor stands between two characters: the one that was hit may be before it
            if self.cursorRect(cursor).left() > point.x() and position:
                position -= 1
            self._pick(position)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _OPENERS and not event.modifiers():
            self._pick(self.textCursor().position())
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.color("accent"), 2))
        for index, token in enumerate(self._tokens):
            if token.outlined and token.text:
                for box in self._boxes(index):
                    painter.drawRoundedRect(box, _RADIUS_PX, _RADIUS_PX)

    def _pick(self, position: int) -> None:
        index = self.token_at(position)
        if index >= 0:
            self.picked.emit(index)

    def _boxes(self, index: int) -> list[QRect]:
        """Return where a token stands in the viewport: a box a line, its spaces left out."""
        text = self._tokens[index].text
        start = self._starts[index] + _units(text[: len(text) - len(text.lstrip())])
        end = start + _units(text.strip())
        cursor, boxes = self.textCursor(), list[QRect]()
        first = None
        for position in range(start, end + 1):
            cursor.setPosition(position)
            rect = self.cursorRect(cursor)
            if first is None or rect.top() != first.top():
                first = rect
                boxes.append(QRect(rect))
            boxes[-1].setRight(rect.left())
        return [box.adjusted(-2, -1, 2, 0) for box in boxes if box.width() > 1]

    def _end(self, tokens: int) -> int:
        if tokens == 0:
            return 0
        return self._starts[tokens - 1] + _units(self._tokens[tokens - 1].text)

    def _format(self, token: ShownToken) -> QTextCharFormat:
        format_ = QTextCharFormat()
        format_.setForeground(self._theme.color("dim" if token.dim else "ink"))
        if token.tint is not None:
            format_.setBackground(QColor(token.tint))
        if token.underlined:
            format_.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
            format_.setUnderlineColor(self._theme.color("bad"))
        return format_

    def _show_again(self) -> None:
        tokens = list(self._tokens)
        self.show_tokens([])
        self.show_tokens(tokens)


def _units(text: str) -> int:
    """Return the length of a text in UTF-16 code units, which Qt counts in."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
