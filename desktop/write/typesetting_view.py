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
_SPACES = " \t\u00a0\u2028\u3000"
_UTF16 = "utf-16-le", "surrogatepass"


class _Line(NamedTuple):
    """A line and what a mark needs to know of it; asking Qt for it costs more than the mark."""

    line: QTextLine
    first: int
    last: int
    top: float
    height: float
    right: float  # where its text ends, without the space at a line's end


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
        position, length = block.position(), block.length()
        start = max(0, first.textStart() - self._preedit_length)
        self.start = position + start
        self.end = position + min(length, last.textStart() + last.textLength() + 1)

    def _find_lines(self, top: float, bottom: float) -> range:
        """The lines that anything between two heights in the block belongs to."""
        first, last = line_at(self.layout, top), line_at(self.layout, bottom)
        if first + 1 < self.layout.lineCount() and self._measure_gap(first)[1] < top:
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
        index = position - self.block.position()
        return index + (self._preedit_length if 0 <= self._preedit <= index else 0)

    def find_rectangles(self, start: int, end: int) -> Iterator[QRectF]:
        """Yield where the characters `start` to `end` of the document stand, line by line.

        The space around them is left out.
        """
        position = self.block.position()
        start, end = max(start, self.start), min(end, self.end, position + len(self._text) // 2)
        piece = self._text[2 * (start - position) : 2 * (end - position)].decode(*_UTF16)
        start += len(piece) - len(piece.lstrip(_SPACES))
        end -= len(piece) - len(piece.rstrip(_SPACES))
        if start >= end:
            return
        start, end = self.layout_index(start), self.layout_index(end - 1) + 1
        lines = self._lines
        for number in range(max(bisect_right(self._firsts, start) - 1, 0), len(lines)):
            line, first, last, top, height, right = lines[number]
            if first >= end:
                return
            if start < last:
                edges = _x(line, max(start, first)), _x(line, min(end, last))
                left, right = min(edges), min(max(edges), right)
                yield QRectF(
                    left + self.origin.x(),
                    top + self.origin.y() - _PAD_PX,
                    right - left,
                    height + 2 * _PAD_PX,
                )

    @cached_property
    def _text(self) -> bytes:
        return self.block.text().encode(*_UTF16)

    @cached_property
    def _lines(self) -> list[_Line]:
        lines = []
        for number in self.lines:
            line = self.layout.lineAt(number)
            first = line.textStart()
            right = line.x() + line.naturalTextWidth()
            lines.append(
                _Line(line, first, first + line.textLength(), line.y(), line.height(), right)
            )
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
