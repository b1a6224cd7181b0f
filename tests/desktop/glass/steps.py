"""Steps of an invented model, and versions of an invented passage."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from models.engine.protocol import Candidate, Stage, Step

STAGES = (
    Stage("top-k", 40, 0.98),
    Stage("top-p", 3, 0.75),
    Stage("temperature", 3, 0.75),
)
LABELS = {"top-k": "top-k 40", "top-p": "top-p 0.70", "temperature": "T 0.70"}


def candidate(
    token: int,
    text: str,
    before: float,
    after: float,
    removed_by: str | None = None,
    data: str = "",
) -> Candidate:
    """A candidate whose bytes are its text, or `data` in hexadecimal."""
    return Candidate(
        token,
        text,
        data or text.encode().hex(),
        12.5 + math.log(before),
        math.log(before),
        after,
        removed_by,
    )


HARBOUR = candidate(11, " harbour", 0.4, 0.5)
STREET = candidate(12, " street", 0.25, 0.375)
ROAD = candidate(13, " road", 0.1, 0.125)
SHORE = candidate(14, " shore", 0.05, 0.0, "top-p")
PART = candidate(15, "", 0.02, 0.0, "top-p", "e6b8")
FIVE = (HARBOUR, STREET, ROAD, SHORE, PART)
MANY = tuple(
    candidate(100 + n, f" w{n}", 0.2 * 0.85**n, 0.0 if n > 9 else 0.1, "top-k" if n > 9 else None)
    for n in range(20)
)


def step(
    candidates: Sequence[Candidate] = FIVE,
    chosen: int = 0,
    *,
    rank: int | None = None,
    text: str | None = None,
    stages: Sequence[Stage] = STAGES,
    entropy: float = math.log(4.1),
) -> Step:
    """A step that took the candidate of this number."""
    taken = candidates[chosen]
    return Step(
        0,
        taken.token,
        taken.text if text is None else text,
        taken.bytes,
        taken.logprob,
        chosen if rank is None else rank,
        taken.probability,
        entropy,
        [*candidates],
        [*stages],
    )


@dataclass(frozen=True)
class Version:
    """A version as the manuscript gives it."""

    id: int
    parent: int | None
    parted_at: int
    length: int
    standing: bool = False
    first_words: str = "and so"


TRUNK = Version(1, None, 0, 300, first_words="The boat came in")
EARLY = Version(2, 1, 120, 420, standing=True, first_words="It went out again")
LATE = Version(3, 1, 150, 260, first_words="Nobody saw it")
TWIG = Version(4, 2, 200, 380, first_words="Not even him")
