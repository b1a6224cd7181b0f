"""The pieces of text that a model wrote, and where each stands in the text."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

ROW = np.dtype(
    [
        ("start", "<i4"),
        ("end", "<i4"),
        ("generation", "<i4"),
        ("first", "<i4"),
        ("last", "<i4"),
        ("probability", "<f4"),
    ]
)
OWN = 0  # in the place of a generation: the person's own words, which a model has read
Rows = npt.NDArray[np.void]  # of ROW, in the order of the text, none over another


class Unit(msgspec.Struct, frozen=True):
    """A piece of text that the model wrote and that is shown as one: mostly one token.

    It stands from `start` to `end` (UTF-16 code units) and is the steps `first` to `last` of its
    generation: several, where a character spans tokens. `probability` is the model's own.
    """

    start: int
    end: int
    generation: int
    first: int
    last: int
    probability: float


def read_rows(data: bytes, shift: int = 0) -> Rows:
    """Return a copy of stored rows, `shift` code units further on."""
    rows: Rows = np.frombuffer(data, ROW).copy()
    rows["start"] += shift
    rows["end"] += shift
    return rows


class UnitTable:
    """All units of a text, sorted: found by bisection, shifted by one addition."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._count = len(rows)

    def __len__(self) -> int:
        return self._count

    @property
    def rows(self) -> Rows:
        """The units themselves, not a copy."""
        return self._rows[: self._count]

    def units(self, first: int, last: int) -> Sequence[Unit]:
        """The units number `first` to `last`, the last one excluded."""
        return [Unit(*row) for row in self._rows[first:last].tolist()]

    def find(self, start: int, end: int) -> tuple[int, int]:
        """The numbers of the units that share text with `start` to `end`, the last one excluded.

        With `start` equal to `end`: of the unit that this position is inside of, if there is one.
        """
        first = bisect_right(_column(self.rows, "end"), start)
        last = bisect_left(_column(self.rows, "start"), end)
        return first, max(first, last)

    def find_step(self, generation: int, index: int) -> Unit | None:
        """The unit of step number `index` of a generation; None when none stands in the text."""
        rows = self.rows
        found = np.flatnonzero(
            (rows["generation"] == generation) & (rows["first"] <= index) & (rows["last"] >= index)
        )
        return self.units(int(found[0]), int(found[0]) + 1)[0] if len(found) else None

    def shift(self, first: int, by: int) -> None:
        """Move all units from number `first` on."""
        if by:
            self._rows["start"][first : self._count] += by
            self._rows["end"][first : self._count] += by

    def delete(self, first: int, last: int) -> None:
        """Take away the units number `first` to `last`, the last one excluded."""
        if first < last:
            self._move(last, first)
            self._count -= last - first

    def insert(self, rows: Rows) -> None:
        """Add neighbouring units, for which there is room in the text."""
        if not len(rows):
            return
        at = bisect_left(_column(self.rows, "start"), int(rows["start"][0]))
        count = self._count + len(rows)
        if count > len(self._rows):
            grown = np.empty(max(256, count + count // 2), ROW)
            grown[: self._count] = self.rows
            self._rows = grown
        self._move(at, at + len(rows))
        self._rows[at : at + len(rows)] = rows
        self._count = count

    def _move(self, first: int, to: int) -> None:
        """Move the rows from number `first` on, as bytes: field by field is ten times slower."""
        data, size = self._rows.view(np.uint8), ROW.itemsize
        end = to + self._count - first
        data[to * size : end * size] = data[first * size : self._count * size]


def _column(rows: Rows, name: str) -> Any:
    return rows[name]  # an array is no Sequence, but bisection asks for no more than it has
