"""What a step chose, and what was kept of it: enough to tell later how it came about.

The logits of a step are gone when the next token is evaluated, and a model waits for nothing but
the token. So a choice keeps a few short arrays, and its record is made from them when there is
time, for several steps in a row at best.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from models.sampling.candidates import FloatArray, IndexArray
from models.sampling.trace import Candidate, Decision, StageOutcome

MOST_SHOWN = 100


class Lookup:
    """Values by token, through scratch arrays over a vocabulary. One thread at a time."""

    def __init__(self, size: int) -> None:
        self._values = np.zeros(size, np.float32)  # both all zero between uses
        self._counts = np.zeros(size, np.intp)

    def find(self, ids: IndexArray, values: FloatArray, rows: IndexArray) -> FloatArray:
        """Return of `values` (by `ids`) those of the tokens `rows`; 0 for tokens not in `ids`."""
        self._values[ids] = values
        found = self._values[rows]
        self._values[ids] = 0
        return found

    def count(self, sets: Sequence[IndexArray], rows: IndexArray) -> IndexArray:
        """Return in how many of `sets` each of `rows` is; each set holds those after it."""
        for ids in sets:
            self._counts[ids] += 1  # a token is there once
        counts = self._counts[rows]
        if sets:
            self._counts[sets[0]] = 0
        return counts


@dataclass(slots=True)
class Choice:
    """A token, and its step in short arrays. Nothing in it changes.

    token          the chosen id
    mu             mirostat's state after this step; None in a chain without mirostat
    logit          of the token, raw
    rank           of the token by raw logit; None if it is in `head`
    entropy        of the model's own distribution, nats
    total          sum of exp(logit - shift) over the vocabulary
    log_total      log(sum(exp(logit)))
    head           intp[m], the most probable tokens, downwards
    head_logits    float32[m], raw
    shown          how many of them the record lists
    labels         of the stages
    sizes          how many tokens came to the first stage, and how many each stage left
    survivors      the ids that each stage left, intp[n]; None for the whole vocabulary
    weights        exp(logit - shift) of the first of `survivors` that is an array; None if none is
    ids            what the chain left, intp[n]; None for the whole vocabulary
    probabilities  float32[n], after the chain, of `ids`
    """

    token: int
    mu: float | None
    logit: float
    rank: int | None
    entropy: float
    total: float
    log_total: float
    head: IndexArray
    head_logits: FloatArray
    shown: int
    labels: Sequence[str]
    sizes: Sequence[int]
    survivors: Sequence[IndexArray | None]
    weights: FloatArray | None
    ids: IndexArray | None
    probabilities: FloatArray
    lookup: Lookup

    def record(self) -> Decision:
        """Return the full trace of the step."""
        rank = self.rank
        if rank is None:
            rank = int((self.head == self.token).nonzero()[0][0])
        rows, logits = self.head[: self.shown], self.head_logits[: self.shown]
        if rank >= self.shown:  # never more than MOST_SHOWN, the chosen one among them
            rows = np.append(rows[: MOST_SHOWN - 1], self.token)
            logits = np.append(logits[: MOST_SHOWN - 1], np.float32(self.logit))
        listed = self._list(rows, logits.astype(np.float64))
        chosen = listed[min(rank, len(listed) - 1)]
        return Decision(
            self.token,
            chosen.logprob,
            rank,
            chosen.probability,
            self.entropy,
            listed,
            tuple(map(StageOutcome, self.labels, self.sizes[1:], self._masses())),
            self.mu,
        )

    def _masses(self) -> list[float]:
        """The model's own probability of what each stage left, together."""
        masses, mass = [], 1.0
        first: IndexArray | None = None
        for ids, before, size in zip(self.survivors, self.sizes, self.sizes[1:], strict=False):
            if ids is not None and self.weights is not None:
                first = ids if first is None else first
                if size != before:
                    weights = self.lookup.find(first, self.weights, ids)
                    mass = min(float(np.add.reduce(weights)) / self.total, 1.0)
            masses.append(mass)
        return masses

    def _list(self, rows: IndexArray, logits: np.ndarray) -> tuple[Candidate, ...]:
        """The record of the tokens `rows` with their raw `logits` (float64)."""
        if self.ids is None:
            after = self.probabilities[rows]
        else:
            after = self.lookup.find(self.ids, self.probabilities, rows)
        sets = [ids for ids in self.survivors if ids is not None]
        passed = self.lookup.count(sets, rows) + (len(self.survivors) - len(sets))
        passed[logits == -np.inf] = len(self.survivors)  # never in the race: no stage removed it
        removers = [*self.labels, None]
        return tuple(
            map(
                Candidate,
                rows.tolist(),
                logits.tolist(),
                (logits - self.log_total).tolist(),
                after.tolist(),
                [removers[count] for count in passed.tolist()],
            )
        )
