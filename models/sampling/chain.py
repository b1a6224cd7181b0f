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
from models.sampling.choice import MOST_SHOWN, Choice, Lookup
from models.sampling.randomness import DRAW_STREAM, uniform
from models.sampling.selection import Greedy, MirostatV2
from models.sampling.stage import Moment, Stage, Transform, Vocabulary
from models.sampling.trace import Decision

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
    """A chain over one vocabulary.

    It holds scratch arrays: one thread at a time chooses, and one, which may be another, makes the
    records of the choices.
    """

    def __init__(self, chain: Chain, vocabulary: Vocabulary, samplers_folder: Path | None) -> None:
        self.chain = chain
        self._labels = tuple(stage.label for stage in chain.stages)
        self._transforms: tuple[Transform, ...] = tuple(
            stage.bind(vocabulary, samplers_folder) for stage in chain.stages
        )
        self._head = next((stage.head for stage in chain.stages if stage.head), FIRST_LOOK)
        last = chain.stages[-1] if chain.stages else None
        self._mirostat = last if isinstance(last, MirostatV2) else None
        size = len(vocabulary.pieces)
        self._weights = np.empty(size, np.float32)
        self._lookup = Lookup(size)

    def decide(
        self, logits: FloatArray, moment: Moment, *, shown: int = 20, chosen: int | None = None
    ) -> Decision:
        """Decides one step and records how; parameters and errors are those of `choose`."""
        return self.choose(logits, moment, shown=shown, chosen=chosen).record()

    def choose(
        self, logits: FloatArray, moment: Moment, *, shown: int = 20, chosen: int | None = None
    ) -> Choice:
        """Decides one step; what led to it is told by the choice, also when `logits` are gone.

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

        sizes = [len(candidates)]
        survivors: list[IndexArray | None] = []
        weights = None
        for label, transform in zip(self._labels, self._transforms, strict=True):
            candidates = transform(candidates, moment)
            if not len(candidates):
                raise JobError(f"The stage {label} removed every token: change its settings.")
            sizes.append(len(candidates))
            survivors.append(candidates.ids)
            if weights is None and candidates.ids is not None:
                weights = self._weights[candidates.ids]

        probabilities = candidates.probabilities()
        if chosen is None:
            chosen = _draw(candidates, probabilities, moment)
        head_logits = logits[head]
        logit = float(logits[chosen])
        return Choice(
            chosen,
            self._next_mu(moment, candidates, probabilities, chosen),
            logit,
            None if len(head) and logit > head_logits[-1] else _rank(logits, chosen),
            entropy,
            total,
            log_total,
            head,
            head_logits,
            shown,
            self._labels,
            sizes,
            survivors,
            weights,
            candidates.ids,
            probabilities,
            self._lookup,
        )

    def _next_mu(
        self, moment: Moment, candidates: Candidates, probabilities: FloatArray, chosen: int
    ) -> float | None:
        """Mirostat's state after `chosen` was taken; None in a chain without mirostat."""
        if self._mirostat is None:
            return None
        positions, _ = candidates.find(np.array([chosen]))
        probability = float(probabilities[positions[0]]) if len(positions) else 0.0
        return self._mirostat.next_mu(moment, probability)

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
