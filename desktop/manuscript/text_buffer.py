"""Text as Qt counts it, in UTF-16 code units, in a buffer with a gap where the last edit was."""

from __future__ import annotations

import re

_GROWTH = 64 * 1024  # bytes, at least
_LINE_END = re.compile("\r\n|[\r\u2029\ufdd0\ufdd1]")


def encode_utf16(text: str) -> bytes:
    """Return the UTF-16 code units of `text`, little-endian; half a character stays one."""
    return text.encode("utf-16-le", "surrogatepass")


def decode_utf16(units: bytes) -> str:
    """Return the text of UTF-16 code units, little-endian."""
    return units.decode("utf-16-le", "surrogatepass")


def unify_line_ends(text: str) -> str:
    r"""Return `text` with \n for each character that a Qt text document takes for a line end.

    Source of the list: QTextCursor::insertText in qtextcursor.cpp.
    """
    return _LINE_END.sub("\n", text)


class TextBuffer:
    """A text that is cheap to edit where it was edited last, however long it is.

    Positions and lengths are in UTF-16 code units; what goes in and out is their bytes.
    """

    def __init__(self, units: bytes = b"") -> None:
        self._data = bytearray(units)
        self._gap = self._tail = len(units)  # the gap is the bytes from _gap to _tail

    def __len__(self) -> int:
        return (len(self._data) - self._tail + self._gap) // 2

    def read(self, start: int, end: int) -> bytes:
        """Return the code units from `start` to `end`."""
        first, last, width = 2 * start, 2 * end, self._tail - self._gap
        if last <= self._gap:
            return bytes(self._data[first:last])
        if first >= self._gap:
            return bytes(self._data[first + width : last + width])
        return bytes(self._data[first : self._gap] + self._data[self._tail : last + width])

    def replace(self, start: int, end: int, units: bytes) -> None:
        """Put `units` in the place of the code units from `start` to `end`."""
        self._move_gap(2 * start)
        self._tail += 2 * (end - start)
        lacking = len(units) - (self._tail - self._gap)
        if lacking > 0:
            room = lacking + max(_GROWTH, len(self._data) // 16 * 2)
            self._data[self._gap : self._gap] = bytes(room)
            self._tail += room
        self._data[self._gap : self._gap + len(units)] = units
        self._gap += len(units)

    def _move_gap(self, to: int) -> None:
        if to < self._gap:
            moved = self._data[to : self._gap]
            self._data[self._tail - len(moved) : self._tail] = moved
            self._tail -= len(moved)
        elif to > self._gap:
            moved = self._data[self._tail : self._tail + to - self._gap]
            self._data[self._gap : to] = moved
            self._tail += len(moved)
        self._gap = to
