"""A piece of model-written text, as the panel opens it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from models.engine.protocol import Step


@dataclass(frozen=True, slots=True)
class UnitShown:
    """One token of the text, or several that make up a character together.

    text      what stands in the document
    steps     a step a token, at least one
    position  the step to show first
    """

    text: str
    steps: Sequence[Step]
    position: int = 0

    @property
    def probability(self) -> float:
        """The model's own probability of all its tokens together."""
        return math.exp(sum(step.logprob for step in self.steps))
