"""The page as it is seen: its type, its colours, and what is where on it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextBlock,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QApplication, QFrame, QPlainTextEdit, QToolTip, QWidget

from desktop.theme.theme import Theme
from desktop.write.editor_painting import PagePainter, Range
from desktop.write.heat import Unit, UnitSource
from desktop.write.typesetting import PageLayout, line_at
from desktop.write.typesetting_view import VisibleBlock

FONT_SIZE_PX = 17
CARET_PX = 2
ROOM_PX = 8  # around lines that are painted again, for letters, marks and outlines that reach over


class PageView(QPlainTextEdit):
    """Markdown text in a column on paper, with heat behind the words of a model.

    All positions are UTF-16 code units, as Qt counts them. `tooltip_for` gives the words that are
    shown while the pointer rests on a unit.

    unit_clicked         the person asked for the unit that begins there
    """

    unit_clicked = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tooltip_for: Callable[[Unit], str] | None = None
        self._theme = theme
        self._painter = PagePainter(theme)
        self._font_size = FONT_SIZE_PX
        self._placeholder = ""
        self._pressed: QPointF | None = None
        document = QTextDocument(self)
        self._layout = PageLayout(document)
        document.setDocumentLayout(self._layout)
        self.setDocument(document)
        self.setFrameShape(QFrame.Shape.NoFrame)
        # all of it is painted here: nothing behind it need be, and scrolling moves what is there
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setCursorWidth(CARET_PX)
        self._dress()
        self._layout.changed.connect(self._update_block)
        self._layout.moved.connect(self.viewport().update)
        theme.changed.connect(self._dress)

    def set_font_size(self, size_px: int) -> None:
        """Set the document in this size."""
        self._font_size = size_px
        self._dress()

    def set_placeholder(self, text: str) -> None:
        """Show these quiet words while there is no text."""
        self._placeholder = text
        self.viewport().update()

    def set_units(self, source: UnitSource | None) -> None:
        """Take the model's words from `source`; call `refresh_heat` when they change."""
        self._painter.units = source
        self.viewport().update()

    def set_heat_visible(self, visible: bool) -> None:
        """Show how sure the model was, or not."""
        self._painter.heat_visible = visible
        self.viewport().update()

    def refresh_heat(self, start: int = 0, end: int | None = None) -> None:
        """Paint the units as they now are, from the line of the position `start` to that of `end`,
        or to the end of the page.
        """
        room, pitch = self.viewport().rect(), self._layout.typesetter.pitch()
        last = self.document().characterCount() - 1
        if start:
            room.setTop(self.cursorRect(self._cursor_at(min(start, last))).top() - pitch)
        if end is not None:
            bottom = self.cursorRect(self._cursor_at(min(end, last))).bottom() + pitch
            room.setBottom(min(room.bottom(), bottom))
        self.viewport().update(room)

    def set_pending(self, pending: Range | None) -> None:
        """Show this part of the text as only proposed."""
        before, self._painter.pending = self._painter.pending, pending
        if before is not None and pending is not None and before[0] == pending[0]:
            self.refresh_heat(*sorted((before[1], pending[1])))  # it grows while the model writes
        elif before != pending:
            self.viewport().update()

    def set_open(self, unit: Range | None) -> None:
        """Outline the unit whose alternatives are shown."""
        if unit != self._painter.open:
            self._painter.open = unit
            self.viewport().update()

    def say(self, sentence: str) -> None:
        """Have a screen reader say a sentence, which then describes the page."""
        self.setAccessibleDescription(sentence)
        if sentence:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, sentence))

    def show_position(self, position: int) -> None:
        """Bring this position into view; the cursor stays where it is."""
        cursor = self._cursor_at(position)
        if not self._is_in_view(position):
            above = self.viewport().height() // self._layout.typesetter.pitch() // 3
            self.verticalScrollBar().setValue(self._line_number(cursor) - above)
        self._scroll_down_to(position)

    def open_unit_at_cursor(self) -> None:
        """Ask for the unit at the cursor, or for the last one before it in the paragraph."""
        cursor, source = self.textCursor(), self._painter.units
        if source is not None:
            units = source.units_between(cursor.block().position(), cursor.position() + 1)
            before = [unit.start for unit in units if unit.start <= cursor.position()]
            if before:
                self.unit_clicked.emit(before[-1])

    def unit_under(self, point: QPointF) -> Unit | None:
        """Return the unit whose text is at `point` of the viewport."""
        position = self._character_under(point)
        if position is None or self._painter.units is None:
            return None
        return next(iter(self._painter.units.units_between(position, position + 1)), None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        top, written = self._find_top(), self.textCursor().selectionEnd()
        place = self.cursorRect(self._cursor_at(written))
        seen = place.top() >= 0 and place.bottom() <= event.oldSize().height()
        self._fit_page()
        super().resizeEvent(event)
        self._scroll_to_top(top)
        if seen:  # a card or a notice that takes room must not cover it
            self._scroll_down_to(written)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        clip = QRectF(event.rect())
        painter.fillRect(clip, self._theme.color("paper"))
        pitch = self._layout.typesetter.pitch()
        blocks = [
            VisibleBlock(block, rectangle.topLeft(), clip.top(), clip.bottom())
            for block, rectangle in self._blocks_in_view()
            if rectangle.top() - 2 <= clip.bottom() and rectangle.bottom() + 2 >= clip.top()
        ]
        selected = self.textCursor()
        selection = selected.selectionStart(), selected.selectionEnd()
        self._painter.paint_behind(painter, blocks, selection, pitch)
        if self._placeholder and self._is_blank():
            painter.setFont(self.document().defaultFont())
            column = self._layout.left + CARET_PX, self._layout.column - CARET_PX
            top = self.contentOffset().y()
            self._painter.paint_placeholder(
                painter, self._placeholder, self._layout.typesetter, column, top
            )
        self._painter.paint_text(painter, blocks, clip)
        self._paint_caret(painter)
        painter.end()
        self._layout.settle_formats()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        left = event.button() == Qt.MouseButton.LeftButton
        self._pressed = event.position() if plain and left else None
        super().mousePressEvent(self._snapped(event))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(self._snapped(event))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(self._snapped(event))
        if self._pressed is None:
            return
        moved = (event.position() - self._pressed).manhattanLength()
        self._pressed = None
        unit = self.unit_under(event.position())
        if unit is not None and moved < QApplication.startDragDistance():
            self.unit_clicked.emit(unit.start)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._pressed = None
        super().mouseDoubleClickEvent(self._snapped(event))

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            unit = self.unit_under(QPointF(event.pos()))
            if unit is not None and self.tooltip_for is not None:
                QToolTip.showText(event.globalPos(), self.tooltip_for(unit), self.viewport())
            else:
                QToolTip.hideText()
                event.ignore()
            return True
        return super().viewportEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        types = QEvent.Type
        if event.type() in (types.FontChange, types.ApplicationFontChange, types.StyleChange):
            font = self._theme.document_font(self._font_size)
            if self.document().defaultFont() != font:  # Qt has put the interface's in its place
                self._dress()

    def _dress(self) -> None:
        """Set everything in the fonts and colours of the theme."""
        top = self._find_top()
        font = self._theme.document_font(self._font_size)
        self.setTabStopDistance(2.0 * self._font_size)
        self._layout.set_type(font, self._theme.color("faint"))
        self._fit_page()
        self._layout.set_anew()
        self._scroll_to_top(top)
        self.viewport().update()

    def _update_block(self, changed: QTextBlock, top: float, moved: bool) -> None:
        """Have a block painted again from `top` on, and all below it where that has moved."""
        if changed.blockNumber() < self.firstVisibleBlock().blockNumber():
            self.viewport().update()
        for block, rectangle in self._blocks_in_view():
            if block == changed:
                room = self.viewport().rect()
                room.setTop(math.floor(rectangle.top() + top) - ROOM_PX)
                if not moved:
                    room.setBottom(math.ceil(rectangle.top()) + block.userState() + ROOM_PX)
                self.viewport().update(room)
                return

    def _fit_page(self) -> None:
        self._layout.set_page(self.viewport().width(), self.viewport().height())

    def _is_blank(self) -> bool:
        layout = self.document().firstBlock().layout()
        return self.document().isEmpty() and not layout.preeditAreaText()

    def _blocks_in_view(self) -> Iterator[tuple[QTextBlock, QRectF]]:
        """Yield each block of which something is in view, with its place in the viewport."""
        block, origin = self.firstVisibleBlock(), self.contentOffset()
        while block.isValid() and origin.y() < self.viewport().height():
            rectangle = self._layout.blockBoundingRect(block).translated(origin)
            yield block, rectangle
            origin = rectangle.bottomLeft()
            block = block.next()

    def _paint_caret(self, painter: QPainter) -> None:
        position = self.getPaintContext().cursorPosition
        if position == -1:  # between two blinks
            return
        rectangle = self.cursorRect()
        if position >= 0 and position != self.textCursor().position():  # where a drop would go
            rectangle = self.cursorRect(self._cursor_at(position))
        painter.fillRect(rectangle, self._theme.color("accent"))

    def _cursor_at(self, position: int) -> QTextCursor:
        cursor = QTextCursor(self.document())
        cursor.setPosition(position)
        return cursor

    def _find_top(self) -> QTextCursor:
        """Return where the first line in view begins; what is inserted there comes behind it."""
        block = self.firstVisibleBlock()
        layout, number = block.layout(), self.verticalScrollBar().value() - block.firstLineNumber()
        start = layout.lineAt(number).textStart() if 0 < number < layout.lineCount() else 0
        cursor = self._cursor_at(block.position() + min(start, block.length() - 1))
        cursor.setKeepPositionOnInsert(True)
        return cursor

    def _scroll_to_top(self, cursor: QTextCursor) -> None:
        """Make the line of `cursor` the first in view."""
        self.verticalScrollBar().setValue(self._line_number(cursor))

    def _line_number(self, cursor: QTextCursor) -> int:
        """Return the number in the document of the line that `cursor` is on."""
        block = cursor.block()
        self._layout.blockBoundingRect(block)
        line = block.layout().lineForTextPosition(cursor.positionInBlock())
        return block.firstLineNumber() + line.lineNumber()

    def _is_in_view(self, position: int) -> bool:
        rectangle = self.cursorRect(self._cursor_at(position))
        return rectangle.top() >= 0 and rectangle.bottom() <= self.viewport().height()

    def _scroll_down_to(self, position: int) -> None:
        """Scroll down as little as shows the line of `position`, and a little below it."""
        bar, pitch = self.verticalScrollBar(), self._layout.typesetter.pitch()
        cursor = self._cursor_at(position)
        for _ in range(self.viewport().height() // pitch + 1):
            lacking = self.cursorRect(cursor).bottom() + pitch / 2 - self.viewport().height()
            before = bar.value()
            if lacking > 0:
                bar.setValue(before + max(1, math.floor(lacking / pitch)))
            if bar.value() == before:
                return

    def _character_under(self, point: QPointF) -> int | None:
        """Return the position of the character at `point` of the viewport, if there is one."""
        for block, rectangle in self._blocks_in_view():
            if rectangle.top() <= point.y() < rectangle.bottom():
                at = point - rectangle.topLeft()
                layout = block.layout()
                line = layout.lineAt(line_at(layout, at.y()))
                on_text = line.naturalTextRect().adjusted(0, -2, 0, 2).contains(at)
                if not on_text or layout.preeditAreaText():
                    return None
                index = line.xToCursor(at.x(), line.CursorPosition.CursorOnCharacter)
                return block.position() + index
        return None

    def _snapped(self, event: QMouseEvent) -> QMouseEvent:
        """Return the event on a line where it is between two: Qt would take it for a line's end."""
        point = event.position()
        snapped = QMouseEvent(
            event.type(),
            QPointF(point.x(), self._snap(point.y())),
            event.globalPosition(),
            event.button(),
            event.buttons(),
            event.modifiers(),
            event.pointingDevice(),
        )
        snapped.setTimestamp(event.timestamp())
        return snapped

    def _snap(self, y: float) -> float:
        """Return the height nearest to `y` that is on a line; below the text, it stays."""
        for block, rectangle in self._blocks_in_view():
            if not rectangle.top() <= y < rectangle.bottom():
                continue
            layout, inside = block.layout(), y - rectangle.top()
            number = line_at(layout, inside)
            line = layout.lineAt(number)
            bottom = line.naturalTextRect().bottom()
            if inside >= bottom:
                if number + 1 < layout.lineCount():
                    below = layout.lineAt(number + 1).y()
                    inside = below + 1 if below - inside < inside - bottom else bottom - 1
                elif block.next().isValid():
                    inside = bottom - 1
            return rectangle.top() + max(inside, line.y() + 1)
        return y
