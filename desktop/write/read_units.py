"""The person's own words as the model reads them: units like those that it wrote."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from desktop.manuscript.units import OWN, Unit
from desktop.write.page import Page
from models.engine.protocol import Step


class ReadUnits:
    """Units of what was read, beside those of the manuscript; they end where the text changes.

    What a model wrote shows its own step; a unit that was read yields to it.
    """

    def __init__(self, page: Page) -> None:
        self._page = page
        self._units: list[Unit] = []
        self._steps: list[Step] = []
        page.changed.connect(self._cut)
        page.opened.connect(self.clear)
        page.editor.set_units(self)

    @property
    def empty(self) -> bool:
        return not self._units

    @property
    def entropies(self) -> Sequence[float]:
        """Of all steps, in nats."""
        return [step.entropy for step in self._steps]

    def clear(self) -> None:
        """Forget everything."""
        self._units.clear()
        self._steps.clear()

    def add(self, start: int, steps: Sequence[Step]) -> int:
        """Take in steps whose text begins at `start`; returns where it ends, in UTF-16 units.

        A step without text is the beginning of a character that a later one makes whole.
        """
        first, log_probability = len(self._steps), 0.0
        for step in steps:
            self._steps.append(step)
            log_probability += step.logprob
            if not step.text:
                continue
            end = start + utf16_length(step.text)
            last = len(self._steps) - 1
            probability = math.exp(log_probability)
            self._units.append(Unit(start, end, OWN, first, last, probability))
            start, first, log_probability = end, last + 1, 0.0
        return start

    def steps(self, unit: Unit) -> list[Step]:
        """The steps of a unit."""
        return self._steps[unit.first : unit.last + 1]

    def unit_at(self, position: int) -> Unit | None:
        """The unit of the character at `position`."""
        return next(iter(self._between(position, position + 1)), None)

    def unit_of(self, index: int) -> Unit | None:
        """The unit that a step belongs to."""
        at = bisect_right(self._units, index, key=lambda unit: unit.first) - 1
        return self._units[at] if at >= 0 and index <= self._units[at].last else None

    def neighbour(self, unit: Unit, by: int) -> Unit | None:
        """The unit that was read `by` units after `unit`, or before it."""
        at = bisect_left(self._units, unit.start, key=lambda unit: unit.start) + by
        return self._units[at] if 0 <= at < len(self._units) else None

    def units_between(self, start: int, end: int) -> Sequence[Unit]:
        """The units that share text with a stretch: what the model wrote, else what it read."""
        written = self._page.manuscript.units_between(start, end)
        read = self._between(start, end)
        if not read or not written:
            return written or read
        return sorted(
            [*written, *(unit for unit in read if not _is_over(unit, written))],
            key=lambda unit: unit.start,
        )

    def _between(self, start: int, end: int) -> list[Unit]:
        first = bisect_right(self._units, start, key=lambda unit: unit.end)
        last = bisect_left(self._units, end, key=lambda unit: unit.start)
        return self._units[first:last]

    def _cut(self, position: int) -> None:
        """The text has changed at `position`: what the model thought of the rest is out of date."""
        kept = bisect_right(self._units, position, key=lambda unit: unit.end)
        if kept < len(self._units):
            del self._steps[self._units[kept].first :]
            del self._units[kept:]
            self._page.editor.refresh_heat(position)


def _is_over(unit: Unit, written: Sequence[Unit]) -> bool:
    at = bisect_right(written, unit.start, key=lambda other: other.end)
    return at < len(written) and written[at].start < unit.end


def utf16_length(text: str) -> int:
    """The length of a text as Qt counts it, in UTF-16 code units."""
    return len(text) + sum(character > "\uffff" for character in text)
