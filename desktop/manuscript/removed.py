"""What was removed from a text, so that units come back with it when an undo brings it back.

A piece that is removed leaves a mark: where it was, its text, its units and the ranges that it was
part of. Marks at one position keep the order in which their pieces stood. Undo and redo bring back
one removal, or several successive ones that the editor joined into one step, the newest first: so
an insertion is compared with the joint text of successive removals at its place, and then with that
of neighbouring pieces. A unit that was only touched is remembered too, with its whole text:
it comes back when that text does.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate, groupby

import msgspec

LIMIT = 2000  # marks; the oldest are given up
_TRIES = 50  # marks that are looked for inside of a longer insertion


class Part(msgspec.Struct, frozen=True):
    """The part of a piece that belonged to a range: a passage, or a span of one (`generation`).

    Passage 0 stands for the proposal. Places are relative to the piece.
    """

    passage: int
    generation: int
    start: int
    end: int


class TouchedUnit(msgspec.Struct, frozen=True):
    """A unit that lost a part of its text, or had text put into it: `row` as in ROW, places
    relative to the piece, and its whole text as UTF-16 bytes.
    """

    row: tuple[int, int, int, int, int, float]
    text: bytes


class Piece(msgspec.Struct, frozen=True):
    """A removed text (UTF-16 bytes), its whole units (rows, relative), and what it belonged to."""

    text: bytes
    rows: bytes
    touched: list[TouchedUnit]
    parts: list[Part]


class Mark(msgspec.Struct):
    """Where a piece was; `serial` counts the removals, each of one or several pieces."""

    position: int
    serial: int
    piece: Piece


class RemovedTexts:
    """The marks of a text, in its order."""

    def __init__(self, marks: list[Mark]) -> None:
        self.marks = marks
        self._serial = max((mark.serial for mark in marks), default=0)

    def positions_inside(self, start: int, end: int) -> list[int]:
        """The positions of marks between `start` and `end`, both excluded."""
        return sorted({m.position for m in self.between(start + 1, end - 1)})

    def has_any(self, start: int, end: int) -> bool:
        """Whether there are marks from `start` to `end`, whose place a removal makes unclear."""
        return bool(self.between(start, end))

    def begin_removal(self) -> None:
        """Let the pieces that are added next be of one removal."""
        self._serial += 1

    def add(self, position: int, piece: Piece) -> None:
        """Leave a mark after those at `position`."""
        at = bisect_right(self.marks, position, key=_position)
        self.marks.insert(at, Mark(position, self._serial, piece))
        if len(self.marks) > LIMIT + LIMIT // 10:
            oldest = sorted(mark.serial for mark in self.marks)[-LIMIT]
            self.marks = [mark for mark in self.marks if mark.serial >= oldest]

    def follow(self, position: int, removed: int, inserted: int) -> None:
        """Follow a change: marks inside it or at its end go to its start, and stay before it."""
        for mark in self.marks[bisect_right(self.marks, position, key=_position) :]:
            if mark.position > position + removed:
                mark.position += inserted - removed
            else:
                mark.position = position

    def take_back(self, position: int, text: bytes) -> list[tuple[int, Piece]]:
        """Find the marked pieces at `position` that `text`, inserted there, brings back.

        Returns them with their places in the text (code units); their marks are gone, and those
        that stood after them are moved behind the insertion.
        """
        first = bisect_left(self.marks, position, key=_position)
        last = bisect_right(self.marks, position, key=_position)
        marks = self.marks[first:last]
        older = [n for n, mark in enumerate(marks) if mark.serial != self._serial]  # than this edit
        choice = _choose([marks[n] for n in older], text)
        if choice is None:
            return []
        taken, place = {older[n] for n in choice[0]}, choice[1]
        found = []
        at = position
        for number, mark in enumerate(marks):
            if number in taken:
                at = max(at, position + place)
                found.append((at, mark.piece))
                at += len(mark.piece.text) // 2
            else:
                mark.position = at
        kept = [mark for number, mark in enumerate(marks) if number not in taken]
        self.marks[first:last] = kept
        return found

    def between(self, start: int, end: int) -> list[Mark]:
        """The marks from `start` to `end`, that one included."""
        first = bisect_left(self.marks, start, key=_position)
        last = bisect_right(self.marks, end, key=_position)
        return self.marks[first:last]

    def drop(self, mark: Mark) -> None:
        """Forget a mark."""
        self.marks = [other for other in self.marks if other is not mark]


def _position(mark: Mark) -> int:
    return mark.position


def _choose(marks: list[Mark], text: bytes) -> tuple[set[int], int] | None:
    """Return the numbers of the marks that `text` brings back, and their place in it."""
    newest_first = sorted(range(len(marks)), key=lambda n: -marks[n].serial)
    removals = [
        [n for n in numbers if marks[n].piece.text]
        for _, numbers in groupby(newest_first, key=lambda n: marks[n].serial)
    ]
    for newest in range(min(len(removals), _TRIES)):
        taken: set[int] = set()
        length = 0
        for removal in removals[newest:]:
            taken.update(removal)
            length += sum(len(marks[n].piece.text) for n in removal)
            if length >= len(text):
                break
        if length == len(text) and b"".join(marks[n].piece.text for n in sorted(taken)) == text:
            return taken, 0
    run = _find_run(marks, text)
    if run is None:
        return None
    begin, end, place = run
    return {number for number in range(begin, end) if marks[number].piece.text}, place


def _find_run(marks: list[Mark], text: bytes) -> tuple[int, int, int] | None:
    """Return (first, last + 1, place) of neighbouring marks: of several, those with the newest."""
    pieces = [mark.piece for mark in marks]
    bounds = list(accumulate((len(piece.text) for piece in pieces), initial=0))
    if not bounds[-1]:
        return None
    whole = b"".join(piece.text for piece in pieces)
    known = set(bounds)
    runs: list[tuple[int, int, int]] = []  # newest serial, first, last + 1
    at = _find(whole, text, 0)
    while at >= 0 and len(runs) < _TRIES:  # the text is some of the pieces, or all
        if at in known and at + len(text) in known:
            begin, end = bisect_left(bounds, at), bisect_right(bounds, at + len(text)) - 1
            runs.append((max(mark.serial for mark in marks[begin:end]), begin, end))
            at = _find(whole, text, at + 2)
        else:  # go on at the next piece
            after = bisect_right(bounds, at)
            at = _find(whole, text, bounds[after]) if after < len(bounds) else -1
    if runs:
        return *max(runs)[1:], 0
    if any(piece.rows for piece in pieces) and (at := _find(text, whole, 0)) >= 0:
        return 0, len(pieces), at // 2  # it contains all of them
    return _find_contained(pieces, text)


def _find_contained(pieces: list[Piece], text: bytes) -> tuple[int, int, int] | None:
    """The longest run of pieces that stands somewhere in `text` and has a whole unit."""
    best = (0, 0, 0, 0)
    longest_first = sorted(range(len(pieces)), key=lambda i: -len(pieces[i].text))
    for i in longest_first[:_TRIES]:
        own = pieces[i].text
        if not pieces[i].rows:
            continue
        if (left := _find(text, own, 0)) < 0:
            continue
        begin, end, right = i, i + 1, left + len(own)
        while begin and text.endswith(pieces[begin - 1].text, 0, left):
            begin -= 1
            left -= len(pieces[begin].text)
        while end < len(pieces) and text.startswith(pieces[end].text, right):
            right += len(pieces[end].text)
            end += 1
        best = max(best, (right - left, begin, end, left // 2))
    return best[1:] if best[0] else None


def _find(text: bytes, part: bytes, start: int) -> int:
    """Find UTF-16 bytes in others, at whole code units."""
    at = text.find(part, start)
    while at % 2 and at >= 0:
        at = text.find(part, at + 1)
    return at
