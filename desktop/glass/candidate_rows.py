"""The rows of the candidates' list, worked out from a step. Knows no window."""

from __future__ import annotations

import math
from dataclasses import dataclass

from desktop.glass.token_text import name_candidate
from models.engine.protocol import Candidate, Step

_FULL = (0.25, 0.5)  # what a bar of full width can stand for, besides everything


@dataclass(frozen=True, slots=True)
class Row:
    """A token that was weighed, or all that are not listed.

    candidate  None for the row of everything else
    name       the token with visible spaces
    before     the model's own probability
    after      the probability after the chain; None where it is not known
    in_text    it is the token that stands in the text
    apart      it is listed only because it was chosen; `rank`, 1 for the most probable, is then set
    """

    candidate: Candidate | None
    name: str
    before: float
    after: float | None
    removed_by: str | None = None
    in_text: bool = False
    apart: bool = False
    rank: int = 0

    @property
    def removed(self) -> bool:
        """Whether the chain left nothing of it."""
        return self.after == 0.0


def list_rows(step: Step, original: Step | None = None) -> tuple[Row, ...]:
    """Return the rows of `step`, the most probable token first, everything else last.

    With `original`, `step` is that one decided again under other settings: the token of `original`
    stands in the text, and is listed even where the new decision does not list it.
    """
    in_text = (original or step).token
    rows = [
        _row(candidate, index, step.rank if candidate.token == step.token else index, in_text)
        for index, candidate in enumerate(step.candidates)
    ]
    listed = {candidate.token for candidate in step.candidates}
    if original is not None and in_text not in listed:
        found = [c for c in original.candidates if c.token == in_text]
        rows += [
            Row(
                c, name_candidate(c), math.exp(c.logprob), None, None, True, True, original.rank + 1
            )
            for c in found
        ]
    rows.append(_others(step, rows))
    return tuple(rows)


def full_width(rows: tuple[Row, ...]) -> float:
    """Return the probability that a bar of full width stands for: 0.25, 0.5 or 1."""
    largest = max((max(row.before, row.after or 0.0) for row in rows), default=1.0)
    return next((full for full in _FULL if largest <= full), 1.0)


def _row(candidate: Candidate, index: int, rank: int, in_text: int) -> Row:
    return Row(
        candidate,
        name_candidate(candidate),
        math.exp(candidate.logprob),
        candidate.probability,
        candidate.removed_by,
        candidate.token == in_text,
        rank > index,
        rank + 1,
    )


def _others(step: Step, rows: list[Row]) -> Row:
    """Everything that is not listed. Where the chain kept no more than is listed, none is left."""
    before = max(0.0, 1.0 - sum(row.before for row in rows))
    after = max(0.0, 1.0 - sum(row.after or 0.0 for row in rows))
    kept = sum(row.removed_by is None and row.after is not None for row in rows)
    if step.stages and step.stages[-1].survivors <= kept:
        after = 0.0
    return Row(None, "", before, after)
