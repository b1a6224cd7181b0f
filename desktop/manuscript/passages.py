"""Passages of a text that a model wrote, the versions of each, and how ranges follow an edit."""

from __future__ import annotations

import msgspec

FIRST_WORDS = 48  # code units of a version that are shown of it in a list


class Range(msgspec.Struct):
    """A stretch of the text, from `start` to `end` in UTF-16 code units, that follows edits."""

    start: int
    end: int

    def follow(self, position: int, removed: int, inserted: int) -> None:
        """Stay with the text: what is inserted at either end is outside, what replaces part of
        the range from its first unit on is inside.
        """
        after = position + removed
        if position >= self.end:
            return
        if after <= self.start:
            self.start += inserted - removed
            self.end += inserted - removed
        elif self.start <= position:
            self.end = position if after > self.end else self.end + inserted - removed
        elif after >= self.end:
            self.start = self.end = position
        else:
            self.end += inserted - removed
            self.start = position + inserted

    def move(self, by: int) -> None:
        """Stay with text that was moved as a whole."""
        self.start += by
        self.end += by

    def extend(self, start: int, end: int) -> None:
        """Take in text that was removed from this range and has come back."""
        if self.start == self.end:
            self.start, self.end = start, end
        elif start <= self.end and self.start <= end:
            self.start, self.end = min(self.start, start), max(self.end, end)


class Span(Range):
    """Where in a passage a generation wrote; `inside` when text of the passage stood after it."""

    generation: int
    inside: bool

    def moved(self, by: int) -> Span:
        """Return this span, `by` code units further on."""
        return Span(self.start + by, self.end + by, self.generation, self.inside)


class Version(msgspec.Struct, frozen=True):
    """A version that is kept as it stood: its text as UTF-16 bytes, and all places from 0."""

    id: int
    parent: int | None
    parted_at: int
    text: bytes
    rows: bytes
    spans: list[Span]

    @property
    def length(self) -> int:
        """In UTF-16 code units."""
        return len(self.text) // 2


class Passage(Range):
    """A stretch that a model wrote. One version, `standing`, is in the text, the others are kept.

    `spans` are those of the standing version, in the order in which the generations began.
    """

    id: int
    standing: int
    parent: int | None = None
    parted_at: int = 0
    spans: list[Span] = []
    kept: dict[int, Version] = {}

    def follow(self, position: int, removed: int, inserted: int) -> None:
        """Stay with the text, the spans and the parting too."""
        if position >= self.end:
            return
        parting = self.start + self.parted_at
        if position < parting:
            parting = max(position, parting - removed) + (
                inserted if position + removed <= parting else 0
            )
        Range.follow(self, position, removed, inserted)
        self.parted_at = min(max(0, parting - self.start), self.end - self.start)
        for span in self.spans:
            span.follow(position, removed, inserted)
        self._hold_spans()

    def move(self, by: int) -> None:
        """Stay with text that was moved as a whole, the spans too."""
        self.start += by
        self.end += by
        for span in self.spans:
            span.start += by
            span.end += by

    def extend(self, start: int, end: int) -> None:
        """Take in text that was removed from this passage and has come back."""
        Range.extend(self, start, end)
        self._hold_spans()

    def _hold_spans(self) -> None:
        """Keep spans inside, of which an empty one may have been left at an end."""
        for span in self.spans:
            span.start = min(max(span.start, self.start), self.end)
            span.end = min(max(span.end, self.start), self.end)

    def grow(self, position: int, inserted: int) -> None:
        """Take in text that a model wrote at `position`, at the end too; its span does itself."""
        if position < self.start + self.parted_at:
            self.parted_at += inserted
        self.end += inserted


class PassageView(msgspec.Struct, frozen=True):
    """A passage and where it stands, in UTF-16 code units."""

    id: int
    start: int
    end: int


class VersionView(msgspec.Struct, frozen=True):
    """A version as a tree shows it: it left `parent` after `parted_at` code units of it."""

    id: int
    parent: int | None
    parted_at: int
    length: int
    standing: bool
    first_words: str


class Change(msgspec.Struct, frozen=True):
    """What the editor must do: put `inserted` in the place of `removed` UTF-16 code units."""

    position: int
    removed: int
    inserted: str


NO_CHANGE = Change(0, 0, "")


def first_words(text: bytes, parted_at: int) -> str:
    """Return the beginning of what a version has of its own, on one line."""
    own = text[2 * parted_at :] or text
    shown = own[: 2 * FIRST_WORDS].decode("utf-16-le", "ignore")  # it may end in half a character
    return " ".join(shown.split())
