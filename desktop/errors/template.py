"""A sentence with places for what differs in it, and the way back from a sentence to these."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from string import Formatter

Written = str | tuple[str, str]


class Template:
    """A sentence as another room makes it, with `{places}`.

    `shown` is how the window says it; it differs where the room names an option of the command.
    """

    def __init__(self, written: Written) -> None:
        self.made, self.shown = written if isinstance(written, tuple) else (written, written)
        self._parts = [(text, place) for text, place, _, _ in Formatter().parse(self.made)]
        self._fixed = [text for text, _ in self._parts if text]

    @property
    def weight(self) -> int:
        """How much of it is fixed: of two templates that fit, the heavier one is meant."""
        return sum(map(len, self._fixed))

    def read(self, sentence: str) -> Mapping[str, str] | None:
        """What stands in the places of a sentence; None for a sentence of another kind."""
        if not all(text in sentence for text in self._fixed):
            return None  # most of them, and quickly: only what may fit is compiled
        found = self._pattern.fullmatch(sentence)
        return found.groupdict() if found else None

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        written = (
            re.escape(text) + (f"(?P<{place}>.+?)" if place else "") for text, place in self._parts
        )
        return re.compile("".join(written), re.DOTALL)
