"""From token bytes to text: whole characters only, and nothing of a stop text."""

from __future__ import annotations

import codecs
from collections.abc import Sequence


def decode_whole(data: bytes) -> str | None:
    """Return the text of `data`, or None when it ends inside of a character or is not UTF-8."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return None


class TextStream:
    """Turns the bytes of tokens into text, in which a character is never cut.

    Bytes that can no longer become a character are left out: they stay readable in the token.
    """

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")("ignore")

    @property
    def pending(self) -> bytes:
        """The bytes of a character that has begun and is not whole."""
        return self._decoder.getstate()[0]

    def add(self, piece: bytes) -> str:
        """Return the text that became whole with `piece`."""
        return self._decoder.decode(piece)


class StopTexts:
    """Finds the stop text that is complete first in a stream.

    It says what may be shown before that is certain.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = tuple(texts)
        self._tail = ""

    def add(self, text: str) -> tuple[int, bool]:
        """Take the next text; return (how many last characters to hold back, whether to stop).

        When it stops, the characters to hold back are the stop text and what followed it.
        """
        if not self._texts:
            return 0, False
        self._tail += text
        found = [(at + len(stop), at) for stop in self._texts if (at := self._tail.find(stop)) >= 0]
        if found:
            _, first = min(found)  # the one that ends first, however the text came in pieces
            return len(self._tail) - first, True
        held = max(_overlap(self._tail, stop) for stop in self._texts)
        self._tail = self._tail[len(self._tail) - held :]
        return held, False


def _overlap(text: str, stop: str) -> int:
    """Return the length of the longest end of `text` that is a beginning of `stop`."""
    longest = min(len(text), len(stop) - 1)
    return next((n for n in range(longest, 0, -1) if text.endswith(stop[:n])), 0)
