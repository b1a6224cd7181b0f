"""What has changed in a text document, exactly, from what Qt says about it."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtGui import QTextCursor, QTextDocument

from desktop.manuscript.text_buffer import TextBuffer

_CODEC = "utf-16-le"


class Edit(NamedTuple):
    """`inserted` came in the place of `removed` UTF-16 code units at `position`."""

    position: int
    removed: int
    inserted: str


class TextMirror:
    """The text of a document beside it, so that a change can be told from a mention of one.

    Qt reports too much: the last paragraph separator, which is no text; the whole paragraph when an
    input method composes in it or when formats are set. What is equal on both sides is no change.
    """

    def __init__(self) -> None:
        self._buffer = TextBuffer()

    def __len__(self) -> int:
        return len(self._buffer)

    def read(self, start: int, end: int) -> str:
        """Return the text between two positions in UTF-16 code units."""
        return self._buffer.read(start, end).decode(_CODEC, "surrogatepass")

    def load(self, text: str) -> None:
        """Start over from the text that the document now has."""
        self._buffer = TextBuffer(text.encode(_CODEC, "surrogatepass"))

    def follow(
        self, document: QTextDocument, position: int, removed: int, added: int
    ) -> Edit | None:
        """Take in a `contentsChange` of the document; returns what has changed, if anything has."""
        old_length, new_length = len(self), document.characterCount() - 1
        behind = max(0, min(old_length - position - removed, new_length - position - added))
        old = self._buffer.read(position, old_length - behind)
        new = _read(document, position, new_length - behind)
        same = _common_prefix(old, new)
        old, new = old[same:], new[same:]
        position += same // 2
        if end := _common_suffix(old, new):
            old, new = old[:-end], new[:-end]
        if not old and not new:
            return None
        self._buffer.replace(position, position + len(old) // 2, new)
        return Edit(position, len(old) // 2, new.decode(_CODEC, "surrogatepass"))


def to_qt(text: str) -> str:
    """Return `text` as PySide must be given it: it drops a mark of the byte order at the start, and
    takes the wrong one for a reason to swap all bytes.
    """
    return f"\ufeff{text}" if text.startswith(("\ufeff", "\ufffe")) else text


def _read(document: QTextDocument, start: int, end: int) -> bytes:
    """Return UTF-16 code units; `toPlainText` would make no-break spaces plain ones."""
    cursor = QTextCursor(document)
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    return cursor.selectedText().replace("\u2029", "\n").encode(_CODEC, "surrogatepass")


def _common_prefix(a: bytes, b: bytes) -> int:
    """Return how many bytes are equal at the start; half a surrogate pair is not."""
    low, high = 0, min(len(a), len(b)) // 2
    if a[: 2 * high] == b[: 2 * high]:
        low = high
    while low < high:
        middle = (low + high + 1) // 2
        if a[2 * low : 2 * middle] == b[2 * low : 2 * middle]:
            low = middle
        else:
            high = middle - 1
    if low and 0xD8 <= a[2 * low - 1] < 0xDC:  # the last is the first half of a pair
        low -= 1
    return 2 * low


def _common_suffix(a: bytes, b: bytes) -> int:
    """Return how many bytes are equal at the end; half a surrogate pair is not."""
    low, high = 0, min(len(a), len(b)) // 2

    def equal(count: int) -> bool:
        return a[len(a) - 2 * count : len(a) - 2 * low] == b[len(b) - 2 * count : len(b) - 2 * low]

    if equal(high):
        low = high
    while low < high:
        middle = (low + high + 1) // 2
        if equal(middle):
            low = middle
        else:
            high = middle - 1
    if low and 0xDC <= a[len(a) - 2 * low + 1] < 0xE0:  # the first is the second half of a pair
        low -= 1
    return 2 * low
