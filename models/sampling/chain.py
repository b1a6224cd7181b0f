"""The chain: stages in order, and the decision of one step with its full trace."""

import math
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from models.errors import InputError, JobError
from models.sampling.candidates import (
    FIRST_LOOK,
    Candidates,
    FloatArray,
    IndexArray,
    count_to,
    largest,
)
from models.sampling.randomness import DRAW_STREAM, uniform
from models.sampling.selection import Greedy, MirostatV2
from models.sampling.stage import Moment, Stage, Transform, Vocabulary
from models.sampling.trace import Candidate, Decision, StageOutcome

MOST_SHOWN = 100
_NO_SHIFT = 60.0  # exp(60) times a million tokens is far below the largest float32


class Chain:
    """An ordered list of stages. Without greedy or mirostat at its end, the token is drawn.

    Raises InputError for a stage named twice, or one that chooses the token before the end.
    """

    def __init__(self, stages: Iterable[Stage] = ()) -> None:
        self.stages = tuple(stages)
        labels = [stage.label for stage in self.stages]
        for label in labels:
            if labels.count(label) > 1:
                raise InputError(f"The chain names {label} twice: keep one of the two.")
        for stage in self.stages[:-1]:
            if isinstance(stage, (Greedy, MirostatV2)):
                raise InputError(
                    f"The chain goes on after {stage.name}, which chooses the token: "
                    f"make {stage.name} the last stage, or take it out."
                )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Chain) and self.stages == other.stages

    def __hash__(self) -> int:
        return hash(self.stages)

    def __repr__(self) -> str:
        return f"Chain({list(self.stages)!r})"

    def bind(self, vocabulary: Vocabulary, samplers_folder: Path | None = None) -> "BoundChain":
        """The chain at work on the tokens of `vocabulary`.

        Raises InputError if a stage does not fit it (a biased token beyond its end, no such file).
        """
        return BoundChain(self, vocabulary, samplers_folder)


class BoundChain:
    """A chain over one vocabulary. It holds scratch arrays: one thread at a time."""

    def __init__(self, chain: Chain, vocabulary: Vocabulary, samplers_folder: Path | None) -> None:
        self.chain = chain
        self._transforms: list[tuple[str, Transform]] = [
            (stage.label, stage.bind(vocabulary, samplers_folder)) for stage in chain.stages
        ]
        self._head = next((stage.head for stage in chain.stages if stage.head), FIRST_LOOK)
        last = chain.stages[-1] if chain.stages else None
        self._mirostat = last if isinstance(last, MirostatV2) else None
        size = len(vocabulary.pieces)
        self._weights = np.empty(size, np.float32)
        self._looked_up = np.zeros(size, np.float32)  # both all zero between uses
        self._passed = np.zeros(size, np.intp)

    def decide(
        self, logits: FloatArray, moment: Moment, *, shown: int = 20, chosen: int | None = None
    ) -> Decision:
        """Decides one step and records how.

        logits  float32[n_vocab], as the model gave them; never written to
        shown   how many candidates the record lists, 0 to 100; the choice does not depend on it
        chosen  a token id that the user took: it is the outcome, the trace stays that of the chain

        Raises InputError for a bad `shown` or `chosen`, JobError for logits that are not numbers
        or when no token is left, SamplerError from a user's sampler.
        """
        if logits.shape != self._weights.shape or logits.dtype != np.float32:
            raise ValueError(f"logits are {logits.dtype}{logits.shape}, not {self._weights.shape}")
        if not 0 <= shown <= MOST_SHOWN:
            raise InputError(f"{shown} candidates cannot be shown: choose 0 to {MOST_SHOWN}.")
        if chosen is not None and not 0 <= chosen < len(logits):
            raise InputError(f"Token {chosen} is not in the vocabulary of {len(logits)} tokens.")
        head = largest(logits, max(shown, self._head))
        total, log_total, entropy = self._measure(logits, head)
        # The stages get a head whose length the chain alone decides: nothing depends on `shown`.
        candidates = Candidates(logits, head=head[: self._head])
        if math.isnan(entropy):  # 0 * -inf: the model itself rules tokens out
            candidates = Candidates(logits).keep(logits > -np.inf)
            entropy = self._measure_entropy(logits, total, log_total)

        outcomes: list[StageOutcome] = []
        survivors: list[IndexArray | None] = []
        mass = 1.0
        for label, transform in self._transforms:
            before, candidates = candidates, transform(candidates, moment)
            if not len(candidates):
                raise JobError(f"The stage {label} removed every token: change its settings.")
            if candidates.ids is not None and len(candidates) != len(before):
                mass = min(float(np.add.reduce(self._weights[candidates.ids])) / total, 1.0)
            outcomes.append(StageOutcome(label, len(candidates), mass))
            survivors.append(candidates.ids)

        probabilities = candidates.probabilities()
        if chosen is None:
            chosen = _draw(candidates, probabilities, moment)
        rows = head[:shown]
        places = (head == chosen).nonzero()[0]
        rank = int(places[0]) if len(places) else _rank(logits, chosen)
        if rank >= shown:  # never more than MOST_SHOWN, the chosen one among them
            rows = np.append(rows[: MOST_SHOWN - 1], chosen)
        listed = self._list(rows, logits, log_total, candidates.ids, probabilities, survivors)
        row = listed[min(rank, len(listed) - 1)]
        mu = self._mirostat.next_mu(moment, row.probability) if self._mirostat else None
        return Decision(
            chosen, row.logprob, rank, row.probability, entropy, listed, tuple(outcomes), mu
        )

    def _measure(self, logits: FloatArray, head: IndexArray) -> tuple[float, float, float]:
        """Z = sum(e) with e = exp(l - shift), log(sum(exp(l))), and the entropy in nats.

        entropy = log Z - sum(e * (l - shift)) / Z; NaN if a logit is -inf. Leaves e in `_weights`.
        The shift is 0 where exp can do without, which spares a pass over the vocabulary.
        """
        maximum = float(logits[head[0]]) if len(head) else math.nan
        total = math.nan
        shifted, shift = logits, 0.0
        if math.isfinite(maximum):
            if abs(maximum) > _NO_SHIFT:
                shifted, shift = np.subtract(logits, np.float32(maximum)), maximum
            np.exp(shifted, out=self._weights)
            total = float(np.add.reduce(self._weights))
        if not math.isfinite(total):
            raise JobError(
                "The model's output is not a number at this step: its file may be damaged, "
                "so check its SHA-256 or get it again."
            )
        with np.errstate(invalid="ignore"):
            entropy = math.log(total) - float(np.dot(self._weights, shifted)) / total
        return total, shift + math.log(total), max(entropy, 0.0)

    def _measure_entropy(self, logits: FloatArray, total: float, log_total: float) -> float:
        """The entropy in nats where some logits are -inf, which count nothing."""
        likely = np.flatnonzero(self._weights)
        surprise = np.float32(log_total) - logits[likely]
        return max(float((self._weights[likely] * surprise).sum()) / total, 0.0)

    def _look_up(self, ids: IndexArray, values: FloatArray | float, rows: IndexArray) -> FloatArray:
        """`values` by token for `rows`; 0 for tokens that are not among `ids`."""
        self._looked_up[ids] = values
        found = self._looked_up[rows]
        self._looked_up[ids] = 0
        return found

    def _count_passed(self, survivors: list[IndexArray | None], rows: IndexArray) -> IndexArray:
        """How many stages each of `rows` came through, given who was left after each stage."""
        everyone, first = 0, None
        for ids in survivors:
            if ids is None:
                everyone += 1
            else:
                self._passed[ids] += 1  # a token is there once
                first = ids if first is None else first
        passed = self._passed[rows] + everyone
        if first is not None:
            self._passed[first] = 0
        return passed

    def _list(
        self,
        rows: IndexArray,
        logits: FloatArray,
        log_total: float,
        final_ids: IndexArray | None,
        probabilities: FloatArray,
        survivors: list[IndexArray | None],
    ) -> tuple[Candidate, ...]:
        """The record of the tokens `rows`."""
        if final_ids is None:
            after = probabilities[rows]
        else:
            after = self._look_up(final_ids, probabilities, rows)
        passed = self._count_passed(survivors, rows)
        removers: list[str | None] = [label for label, _ in self._transforms]
        removers.append(None)
        raw = logits[rows].astype(np.float64)
        passed[raw == -np.inf] = len(survivors)  # never in the race: no stage removed it
        return tuple(
            map(
                Candidate,
                rows.tolist(),
                raw.tolist(),
                (raw - log_total).tolist(),
                after.tolist(),
                [removers[count] for count in passed.tolist()],
            )
        )


def _draw(candidates: Candidates, probabilities: FloatArray, moment: Moment) -> int:
    """A token id by inverse transform over the candidates, the most probable first."""
    total = np.add.reduce(probabilities, dtype=np.float64)  # 1, but for rounding
    mass = np.float64(uniform(moment.seed, moment.index, DRAW_STREAM)) * total
    if candidates.descending:
        position = count_to(probabilities, mass) - 1
    else:
        positions, count = candidates.reach(probabilities, mass)
        position = int(positions[count - 1])
    return position if candidates.ids is None else int(candidates.ids[position])


def _rank(logits: FloatArray, token: int) -> int:
    """How many tokens come before `token`: a larger logit, or the same and a lower id."""
    larger = np.count_nonzero(logits > logits[token])
    return int(larger + np.count_nonzero(logits[:token] == logits[token]))
