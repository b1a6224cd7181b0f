"""Where the words of a model are tinted by how sure it was of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol


class Unit(Protocol):
    """A piece of text that the model wrote: UTF-16 code units `start` to `end`.

    `probability` (0..1) is the model's own.
    """

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def probability(self) -> float: ...


class UnitSource(Protocol):
    """Knows which text the model wrote."""

    def units_between(self, start: int, end: int) -> Sequence[Unit]:
        """The units that share text with `start` to `end`, in their order."""


def join_tints(
    units: Sequence[Unit], tint: Callable[[float], str | None]
) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and colour of each tint; neighbours of one colour are one."""
    start = end = 0
    colour = None
    for unit in units:
        next_colour = tint(unit.probability)
        if next_colour != colour or unit.start != end:
            if colour is not None:
                yield start, end, colour
            start, colour = unit.start, next_colour
        end = unit.end
    if colour is not None:
        yield start, end, colour
