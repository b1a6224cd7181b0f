r"""Line ends of a file: inside they are all \n, and saving gives each line its own back.

A file that ends its lines in several ways keeps them: a line that is as it was read ends as it did
there, and a new one as most lines do.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

import msgspec

_LINE_END = re.compile("(\r\n|[\n\r\u2029\ufdd0\ufdd1])")  # all that a Qt document takes for one
_COMPARED = 4000  # lines; more that changed at once get the end that most have


class LineEnds(msgspec.Struct, frozen=True):
    """How the lines of a file end: all in one way, or, with `original`, as they do there."""

    newline: str = "\n"
    original: str | None = None


def separate_line_ends(raw: str) -> tuple[str, LineEnds]:
    r"""Return the text with \n as its only line end, and the ends that it had."""
    if not any(end in raw for end in "\r\u2029\ufdd0\ufdd1"):
        return raw, LineEnds()
    pairs = raw.count("\r\n")
    if pairs == raw.count("\n") == raw.count("\r") and not re.search("[\u2029\ufdd0\ufdd1]", raw):
        return raw.replace("\r\n", "\n"), LineEnds("\r\n")
    ends = _LINE_END.findall(raw)
    newline = max(set(ends), key=ends.count)
    text = _LINE_END.sub("\n", raw)
    return text, LineEnds(newline, None if len(set(ends)) == 1 else raw)


def restore_line_ends(text: str, ends: LineEnds) -> str:
    """Return the text as it goes into the file: the inverse of `separate_line_ends`."""
    if ends.original is None:
        return text if ends.newline == "\n" else text.replace("\n", ends.newline)
    pieces = _LINE_END.split(ends.original)
    old, old_ends = pieces[::2], pieces[1::2]
    new = text.split("\n")
    new_ends = [ends.newline] * (len(new) - 1)
    for old_line, new_line, count in _equal_lines(old, new):
        for i in range(count):
            if old_line + i < len(old_ends) and new_line + i < len(new_ends):
                new_ends[new_line + i] = old_ends[old_line + i]
    return "".join(line + end for line, end in zip(new, [*new_ends, ""], strict=True))


def _equal_lines(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int, int]]:
    """Runs of equal lines: (first in old, first in new, how many)."""
    most = min(len(old), len(new))
    top = next((i for i in range(most) if old[i] != new[i]), most)
    most -= top
    bottom = next((i for i in range(most) if old[-1 - i] != new[-1 - i]), most)
    runs = [(0, 0, top), (len(old) - bottom, len(new) - bottom, bottom)]
    old, new = old[top : len(old) - bottom], new[top : len(new) - bottom]
    if len(old) + len(new) <= _COMPARED:
        matcher = SequenceMatcher(None, old, new)
        runs += [(m.a + top, m.b + top, m.size) for m in matcher.get_matching_blocks()]
    return runs
