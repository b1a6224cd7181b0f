"""Which parts of a paragraph of Markdown look different from plain text. The text itself stays."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

Style = Literal["heading1", "heading2", "heading3", "strong", "emphasis", "mark"]

HEADINGS: tuple[Style, ...] = ("heading1", "heading2", "heading3")
_HEADING = re.compile(r"(#{1,6})(?:[ \t]+|$)")
_RUN = re.compile(r"\\.|`+|\*+|_+", re.DOTALL)


class Styled(NamedTuple):
    """Characters `start` to `end` of a paragraph are set in `style`."""

    start: int
    end: int
    style: Style


def heading_level(text: str) -> int:
    """Return 1, 2 or, from there on, 3 for a heading, 0 for any other paragraph."""
    found = _HEADING.match(text)
    return min(3, len(found[1])) if found else 0


def read_styles(text: str) -> list[Styled]:
    """Return what is not set as plain text, in time linear in the length of `text`.

    Headings, `**strong**` and `*emphasis*`, also with `_`; the marks themselves are quiet. What
    stands between backticks, and a mark behind a backslash, is left alone.
    """
    styles = []
    if found := _HEADING.match(text):
        styles.append(Styled(0, len(text), HEADINGS[heading_level(text) - 1]))
        styles.append(Styled(0, found.end(), "mark"))
    if "*" in text or "_" in text:
        styles += _read_emphasis(text)
    return styles


def _read_emphasis(text: str) -> list[Styled]:
    styles = []
    opened: dict[str, int] = {}  # where each mark that waits for its partner begins
    lonely: set[str] = set()  # backticks that have no partner
    position = 0
    while run := _RUN.search(text, position):
        mark, start, position = run[0], run.start(), run.end()
        if mark[0] == "`":
            end = -1 if mark in lonely else text.find(mark, position)
            if end < 0:
                lonely.add(mark)
            else:
                position = end + len(mark)
            continue
        if mark[0] == "\\" or len(mark) > 3:
            continue
        before, after = text[start - 1 : start], text[position : position + 1]
        opens = bool(after) and not after.isspace()
        closes = bool(before) and not before.isspace()
        if mark[0] == "_":  # inside a word it is a part of a name
            opens = opens and not before.isalnum()
            closes = closes and not after.isalnum()
        if closes and mark in opened:
            begin = opened[mark]
            opened = {other: at for other, at in opened.items() if at < begin}
            inner = begin + len(mark), start
            if len(mark) != 2:
                styles.append(Styled(*inner, "emphasis"))
            if len(mark) > 1:
                styles.append(Styled(*inner, "strong"))
            styles += [Styled(begin, inner[0], "mark"), Styled(start, position, "mark")]
        elif opens:
            opened[mark] = start
    return styles
