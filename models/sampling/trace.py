"""What a decision was made of: the record of one step."""

from dataclasses import dataclass
from typing import NamedTuple


class Candidate(NamedTuple):
    """One token as a step weighed it.

    token        id
    logit        the model's raw output
    logprob      natural log of the model's own probability, over the full vocabulary
    probability  after the chain; 0.0 when removed
    removed_by   label of the first stage that removed it; None if none did
    """

    token: int
    logit: float
    logprob: float
    probability: float
    removed_by: str | None


class StageOutcome(NamedTuple):
    """How many tokens are left after a stage, and the model's own probability of them together."""

    name: str
    survivors: int
    mass: float


@dataclass(frozen=True, slots=True)
class Decision:
    """One decided step.

    token        the chosen id
    logprob      natural log of the model's own probability of it, over the full vocabulary
    rank         how many tokens have a larger raw logit (equal ones of lower id count); 0 is first
    probability  of the token after the chain; 0.0 if the user took one that the chain had removed
    entropy      of the model's own distribution, nats, over the full vocabulary
    candidates   the most probable by raw logit, downwards; then the chosen one if not among them;
                 at most 100 in all
    stages       outcomes in the order of the chain
    mu           mirostat's state after this step; None in a chain without mirostat
    """

    token: int
    logprob: float
    rank: int
    probability: float
    entropy: float
    candidates: tuple[Candidate, ...]
    stages: tuple[StageOutcome, ...]
    mu: float | None = None
