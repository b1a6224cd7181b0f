"""The text with everything that stands on it, and how all of it follows a change."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import msgspec
import numpy as np

from desktop.manuscript.generations import Generation
from desktop.manuscript.passages import Passage, Range
from desktop.manuscript.removed import Mark, Part, Piece, RemovedTexts, TouchedUnit
from desktop.manuscript.text_buffer import TextBuffer
from desktop.manuscript.units import ROW, Rows, Unit, UnitTable, read_rows

_NEAR = 64  # code units that a unit has at most, for one that was touched to be found again


class Proposal(Range):
    """What the newest generation wrote and nobody has accepted yet."""

    generation: int
    passage: int


class Request(Range):
    """What was asked of a stretch of the text that read `old` (UTF-16) then, and the generations
    that answered, beside the text.
    """

    kind: str
    old: bytes
    answers: list[int]


class State(msgspec.Struct):
    """A page as it is stored."""

    text: bytes
    units: bytes
    passages: list[Passage]
    generations: list[Generation]
    marks: list[Mark]
    proposal: Proposal | None
    last_id: int
    request: Request | None = None


class Page:
    """A text in UTF-16 code units, its units, passages, removed pieces and generations."""

    def __init__(self, state: State) -> None:
        self.text = TextBuffer(state.text)
        self.units = UnitTable(read_rows(state.units))
        self.passages = {passage.id: passage for passage in state.passages}
        self.generations = {generation.record.id: generation for generation in state.generations}
        self.removed = RemovedTexts(state.marks)
        self.proposal = state.proposal
        self.last_id = state.last_id
        self.request = state.request

    def state(self) -> State:
        """Return the page to be stored; it shares its parts, so encode it before any change."""
        return State(
            text=self.text.read(0, len(self.text)),
            units=self.units.rows.tobytes(),
            passages=list(self.passages.values()),
            generations=list(self.generations.values()),
            marks=self.removed.marks,
            proposal=self.proposal,
            last_id=self.last_id,
            request=self.request,
        )

    def new_id(self) -> int:
        """Return an id for a passage or a version."""
        self.last_id += 1
        return self.last_id

    def edit(self, position: int, removed: int, inserted: bytes) -> None:
        """Apply a change by the person; units that come back with their text are there again."""
        after, added = position + removed, len(inserted) // 2
        self._mark(position, after)
        first, last = self.units.find(position, after)
        self.units.delete(first, last)
        self.units.shift(first, added - removed)
        self.text.replace(position, after, inserted)
        for passage in self.passages.values():
            if after <= passage.start < passage.end:
                passage.move(added - removed)  # there may be thousands
            else:
                passage.follow(position, removed, added)
        if self.proposal is not None:
            self.proposal.follow(position, removed, added)
        if self.request is not None:
            self.request.follow(position, removed, added)
        self.removed.follow(position, removed, added)
        if added:
            found = self.removed.take_back(position, inserted)
            for at, piece in found:
                self._restore(at, piece)
            for at, piece in found:
                for touched in piece.touched:
                    self._heal(at, touched)
        for mark in self.removed.between(position - _NEAR, position + added):
            healed = [self._heal(mark.position, touched) for touched in mark.piece.touched]
            if healed and all(healed) and not mark.piece.text:
                self.removed.drop(mark)

    def put(self, passage: Passage, start: int, end: int, inserted: bytes) -> None:
        """Change the text inside of `passage`, for the program; what is removed leaves no mark.

        What belongs to the passage itself is left to the caller: its end, its spans, the proposal
        in it, the units of the text that comes in.
        """
        if start == end:
            if not inserted:
                return
            self._mark(start, end)  # a unit that is about to be cut in two
        by = len(inserted) // 2 - (end - start)
        first, last = self.units.find(start, end)
        self.units.delete(first, last)
        self.units.shift(first, by)
        self.text.replace(start, end, inserted)
        others: list[Range] = [
            other for other in self.passages.values() if other.end >= start and other is not passage
        ]
        if self.proposal is not None and self.proposal.passage != passage.id:
            others.append(self.proposal)
        for other in others:
            if other.start >= end:
                other.move(by)
            elif other.start > start:  # an empty one that was inside
                other.move(start - other.start)
        if self.request is not None:
            self.request.follow(start, end - start, len(inserted) // 2)
        self.removed.follow(start, end - start, len(inserted) // 2)

    def _mark(self, start: int, end: int) -> None:
        """Remember what is about to be removed, and a unit that is about to be cut in two."""
        self.removed.begin_removal()
        first, last = self.units.find(start, end)
        if start == end:
            if first < last:
                touched = self._touched(self.units.units(first, last)[0], start)
                self.removed.add(start, Piece(b"", b"", [touched], []))
            return
        parts = list(self._parts(start, end))
        if first == last and not parts and not self.removed.has_any(start, end):
            return
        bounds = [start, *self.removed.positions_inside(start, end), end]
        for a, b in pairwise(bounds):
            first, last = self.units.find(a, b)
            rows = self.units.rows[first:last]
            whole = (rows["start"] >= a) & (rows["end"] <= b)
            kept = rows[whole]  # a copy
            kept["start"] -= a
            kept["end"] -= a
            touched_units = [
                self._touched(self.units.units(first + i, first + i + 1)[0], a)
                for i in np.flatnonzero(~whole).tolist()
                if a == start or rows["start"][i] >= a
            ]
            cut = [
                Part(p.passage, p.generation, max(p.start, a) - a, min(p.end, b) - a)
                for p in parts
                if p.start < b and p.end > a
            ]
            self.removed.add(a, Piece(self.text.read(a, b), kept.tobytes(), touched_units, cut))

    def _parts(self, start: int, end: int) -> Iterator[Part]:
        """The ranges that share text with `start` to `end`."""
        for passage in self.passages.values():
            if passage.start < end and passage.end > start:
                yield Part(passage.id, 0, passage.start, passage.end)
                for span in passage.spans:
                    if span.start < end and span.end > start:
                        yield Part(passage.id, span.generation, span.start, span.end)
        proposal = self.proposal
        if proposal is not None and proposal.start < end and proposal.end > start:
            yield Part(0, proposal.generation, proposal.start, proposal.end)

    def _touched(self, unit: Unit, position: int) -> TouchedUnit:
        row = (
            unit.start - position,
            unit.end - position,
            unit.generation,
            unit.first,
            unit.last,
            unit.probability,
        )
        return TouchedUnit(row, self.text.read(unit.start, unit.end))

    def _restore(self, position: int, piece: Piece) -> None:
        """Put the units of a piece back, whose text is at `position` again."""
        self.units.insert(read_rows(piece.rows, position))
        for part in piece.parts:
            owner = self._range(part)
            if owner is not None:
                start, end = position + part.start, position + part.end
                if self._is_free(part, start, end):
                    owner.extend(start, end)

    def _is_free(self, part: Part, start: int, end: int) -> bool:
        """Whether a range may take in this text: a passage if it is no other's, a span if it is
        its passage's.
        """
        if part.passage == 0:
            return True
        if part.generation:
            passage = self.passages[part.passage]
            return passage.start <= start and end <= passage.end
        return not any(
            other.start < end and start < other.end
            for other in self.passages.values()
            if other.id != part.passage
        )

    def _range(self, part: Part) -> Range | None:
        if part.passage == 0:
            proposal = self.proposal
            return proposal if proposal and proposal.generation == part.generation else None
        passage = self.passages.get(part.passage)
        if passage is None or part.generation == 0:
            return passage
        return next((s for s in passage.spans if s.generation == part.generation), None)

    def _heal(self, position: int, touched: TouchedUnit) -> bool:
        """Put a touched unit back if all of its text is there again; returns whether it was."""
        start, end, *rest = touched.row
        start, end = start + position, end + position
        if start < 0 or end > len(self.text) or self.text.read(start, end) != touched.text:
            return False
        first, last = self.units.find(start, end)
        if first < last:
            return False
        rows: Rows = np.array([(start, end, *rest)], ROW)
        self.units.insert(rows)
        return True
