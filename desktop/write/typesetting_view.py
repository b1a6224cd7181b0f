"""Where the characters of a block stand in the viewport."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple, cast

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QTextBlock, QTextLayout, QTextLine

from desktop.write.typesetting import line_at, line_band

_PAD_PX = 1.5  # a mark around a word reaches so far above and below its letters
_REACH_PX = 4  # and its outline
_SPACES = frozenset(map(ord, " \t\u00a0\u2028\u3000"))


class _Line(NamedTuple):
    """A line, and what a mark on it needs to know; asking Qt for it costs more than the mark."""

    line: QTextLine
    first: int
    last: int
    top: float  # of the mark, in the viewport
    height: float
    right: float  # where its text ends in the block, without the space at its end


class VisibleBlock:
    """A block of which lines are to be painted, from `top` to `bottom` in the viewport.

    `start` and `end` are the positions in the document, in UTF-16 code units, of these lines.
    """

    def __init__(self, block: QTextBlock, origin: QPointF, top: float, bottom: float) -> None:
        self.block = block
        self.layout: QTextLayout = block.layout()
        self.origin = origin
        self.lines = self._find_lines(top - origin.y(), bottom - origin.y())
        self._preedit = self.layout.preeditAreaPosition()
        self._preedit_length = len(self.layout.preeditAreaText().encode("utf-16-le")) // 2
        first, last = (self.layout.lineAt(self.lines[end]) for end in (0, -1))
        self._position, length = block.position(), block.length()
        start = max(0, first.textStart() - self._preedit_length)
        self.start = self._position + start
        self.end = self._position + min(length, last.textStart() + last.textLength() + 1)

    def _find_lines(self, top: float, bottom: float) -> range:
        """The lines that anything between two heights in the block belongs to."""
        first, last = line_at(self.layout, top), line_at(self.layout, bottom)
        if first and self._measure_gap(first - 1)[1] > top:  # they overlap in some scripts
            first -= 1
        elif first + 1 < self.layout.lineCount() and self._measure_gap(first)[1] < top:
            first += 1
        if last + 1 < self.layout.lineCount() and self._measure_gap(last)[0] < bottom:
            last += 1
        return range(first, max(first, last) + 1)

    def _measure_gap(self, number: int) -> tuple[float, float]:
        """Where what belongs to the line after this one may begin, and what is of this one end."""
        line, below = self.layout.lineAt(number), self.layout.lineAt(number + 1)
        end = line.y() + line.height()
        middle = (end + below.y()) / 2  # where the bands of a selection meet
        return min(middle, below.y() - _REACH_PX), max(middle, end + _REACH_PX)

    def layout_index(self, position: int) -> int:
        """Where the character at `position` of the document stands in the layout.

        The layout may hold text that is being composed, which the document does not.
        """
        return self._to_layout(position - self._position)

    def _to_layout(self, index: int) -> int:
        return index + (self._preedit_length if 0 <= self._preedit <= index else 0)

    def find_rectangles(self, start: int, end: int) -> list[QRectF]:
        """Return where the characters `start` to `end` of the document stand, line by line.

        The space around them is left out.
        """
        text, position = self._text, self._position
        start = max(start, self.start) - position
        end = min(end, self.end, position + len(text)) - position
        while start < end and text[start] in _SPACES:
            start += 1
        while start < end and text[end - 1] in _SPACES:
            end -= 1
        if start >= end:
            return []
        start, end = self._to_layout(start), self._to_layout(end - 1) + 1
        found, lines, left_edge = [], self._lines, self.origin.x()
        for number in range(max(bisect_right(self._firsts, start) - 1, 0), len(lines)):
            line, first, last, top, height, right_end = lines[number]
            if first >= end:
                break
            if start < last:
                one, other = _x(line, max(start, first)), _x(line, min(end, last))
                left, right = min(one, other), min(max(one, other), right_end)
                found.append(QRectF(left_edge + left, top, right - left, height))
        return found

    @cached_property
    def _text(self) -> memoryview:
        """The text of the block in UTF-16 code units."""
        return memoryview(self.block.text().encode("utf-16-le", "surrogatepass")).cast("H")

    @cached_property
    def _lines(self) -> list[_Line]:
        lines = []
        for number in self.lines:
            line = self.layout.lineAt(number)
            first, top = line.textStart(), line.y() + self.origin.y() - _PAD_PX
            last, right = first + line.textLength(), line.x() + line.naturalTextWidth()
            lines.append(_Line(line, first, last, top, line.height() + 2 * _PAD_PX, right))
        return lines

    @cached_property
    def _firsts(self) -> list[int]:
        return [line.first for line in self._lines]

    def find_bands(self, start: int, end: int, pitch: int, height: float) -> Iterator[QRectF]:
        """Yield what is behind the characters `start` to `end`, without gaps between the lines.

        A line end among them shows as a narrow strip, and the room below it belongs to it.
        """
        position, length = self.block.position(), self.block.length()
        if end <= self.start or start >= self.end:
            return
        passes_end = start < position + length <= end
        first_index = self.layout_index(max(start, position))
        last_index = self.layout_index(min(end, position + length - 1))
        for number in self.lines:
            line = self.layout.lineAt(number)
            first, last = line.textStart(), line.textStart() + line.textLength()
            is_last = number == self.layout.lineCount() - 1
            if first > last_index or last < first_index:
                continue
            top, bottom = line_band(self.layout, number, pitch)
            edges = [_x(line, max(first_index, first)), _x(line, min(last_index, last))]
            left, right = min(edges), max(edges)
            if is_last and passes_end:
                right, bottom = right + pitch / 5, height
            if right > left:
                yield QRectF(left, top, right - left, bottom - top).translated(self.origin)


def _x(line: QTextLine, index: int) -> float:
    return cast("tuple[float, int]", line.cursorToX(index))[0]
