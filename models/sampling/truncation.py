"""Stages that only remove tokens.

Each follows the sampler of its name in llama.cpp (src/llama-sampler.cpp, `llama_sampler_*_apply`).
"""

import math
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from models.sampling.candidates import Candidates, add_up, count_to, largest, reach
from models.sampling.randomness import XTC_STREAM, uniform
from models.sampling.stage import (
    LARGEST_PARAMETER,
    Moment,
    Stage,
    require,
    require_min_keep,
)

_LARGEST_HEAD = 1024


@dataclass(frozen=True, slots=True)
class TopK(Stage):
    """Keeps the `k` most probable tokens; 0 keeps all."""

    name: ClassVar[str] = "top-k"
    k: int = 40

    def __post_init__(self) -> None:
        require(self.k >= 0, self.name, self.k, "is negative: choose 1 or more, or 0 for all")

    @property
    def head(self) -> int:
        return self.k if self.k <= _LARGEST_HEAD else 0

    def apply(self, candidates: Candidates, moment: Moment) -> Candidates:
        return candidates if self.k == 0 else candidates.largest(self.k)


@dataclass(frozen=True, slots=True)
class TopP(Stage):
    """Keeps the fewest most probable tokens that hold a probability of `p` together.

    Nucleus sampling: Holtzman et al. 2020, "The Curious Case of Neural Text Degeneration".
    """

    name: ClassVar[str] = "top-p"
    p: float = 0.95
    min_keep: int = 0

    def __post_init__(self) -> None:
        remedy = "is not a probability: choose a value above 0 and at most 1"
        require(0 < self.p <= 1, self.name, self.p, remedy)
        require_min_keep(self.name, self.min_keep)

    def apply(self, candidates: Candidates, moment: Moment) -> Candidates:
        if self.p >= 1:
            return candidates
        weights = np.exp(candidates.logits - candidates.maximum)
        weights /= add_up(weights)
        mass = np.float32(self.p)
        if candidates.descending:
            return candidates.largest(max(count_to(weights, mass), self.min_keep))
        positions, count = candidates.reach(weights, mass)
        if count < self.min_keep:
            return candidates.largest(self.min_keep)
        return candidates.pick(positions[:count])


@dataclass(frozen=True, slots=True)
class MinP(Stage):
    """Keeps tokens at least `p` times as probable as the most probable one; 0 keeps all.

    Nguyen et al. 2024, "Turning Up the Heat: Min-p Sampling".
    """

    name: ClassVar[str] = "min-p"
    p: float = 0.05
    min_keep: int = 0

    def __post_init__(self) -> None:
        remedy = "is not a probability: choose a value from 0 (off) to 1"
        require(0 <= self.p <= 1, self.name, self.p, remedy)
        require_min_keep(self.name, self.min_keep)

    def apply(self, candidates: Candidates, moment: Moment) -> Candidates:
        p = np.float32(self.p)
        if p <= 0:
            return candidates
        lowest = candidates.maximum + np.float32(math.log(p))
        if candidates.descending:
            # Ascending in the negated logits: how many are at or above the lowest allowed.
            count = int((-candidates.logits).searchsorted(-lowest, side="right"))
            return candidates.largest(max(count, self.min_keep))
        left = candidates.keep(candidates.logits >= lowest)
        return left if len(left) >= self.min_keep else candidates.largest(self.min_keep)


@dataclass(frozen=True, slots=True)
class Typical(Stage):
    """Keeps the tokens whose surprise is nearest to the entropy, up to a probability of `p`.

    Meister et al. 2022, "Locally Typical Sampling". llama.cpp's sum turns NaN where a token's
    probability is 0 (a token masked before); here such a token counts nothing.
    """

    name: ClassVar[str] = "typical"
    p: float = 1.0
    min_keep: int = 0

    def __post_init__(self) -> None:
        remedy = "is not a probability: choose a value above 0 and at most 1"
        require(0 < self.p <= 1, self.name, self.p, remedy)
        require_min_keep(self.name, self.min_keep)

    def apply(self, candidates: Candidates, moment: Moment) -> Candidates:
        if self.p >= 1:
            return candidates
        total, entropy = candidates.measure_sorted()
        shifted = candidates.logits - candidates.maximum
        nearness = -np.abs(np.log(total) - shifted - entropy)
        above = np.nextafter(np.float32(self.p), np.float32(np.inf))  # the sum must exceed p
        positions, count = reach(nearness, np.exp(shifted) / total, above)
        if count < self.min_keep:
            positions, count = largest(nearness, self.min_keep), self.min_keep
        return candidates.take(np.sort(positions[:count]))


@dataclass(frozen=True, slots=True)
class TopNSigma(Stage):
    """Keeps tokens whose logit is within `n` standard deviations of the largest; 0 keeps all.

    Tang et al. 2024, "Top-n-sigma: Not All Logits Are You Need".
    """

    name: ClassVar[str] = "top-n-sigma"
    n: float = 1.0

    def __post_init__(self) -> None:
        remedy = "is not a number of deviations: choose a value above 0, or 0 for off"
        require(0 <= self.n <= LARGEST_PARAMETER, self.name, self.n, remedy)

    def apply(self, candidates: Candidates, moment: Moment) -> Candidates:
        if self.n <= 0 or len(candidates) <= 1:
            return candidates
        size = np.float32(len(candidates))
        deviations = candidates.logits - add_up(candidates.logits) / size
        deviation = np.sqrt(add_up(deviations * deviations) / size)
        lowest = candidates.maximum - np.float32(self.n) * deviation
        return candidates.keep(candidates.logits >= lowest)


@dataclass(frozen=True, slots=True)
class Xtc(Stage):
    """Removes, with chance `probability`, all but the least of the tokens above `threshold`.

    "Exclude top choices", p-e-w, text-generation-webui pull request 6335. Above 0.5 no two tokens
    can reach the threshold: off, as is probability 0.
    """

    name: ClassVar[str] = "xtc"
    probability: float = 0.5
    threshold: float = 0.1
    min_keep: int = 0

    def __post_init__(self) -> None:
        remedy = "is not a probability: choose a value from 0 (off) to 1"
        require(0 <= self.probability <= 1, self.name, self.probability, remedy)
        require(0 <= self.threshold <= 1, f"{self.name} threshold", self.threshold, remedy)
        require_min_keep(self.name, self.min_keep)

    def apply(self, candidates: Candidates, moment: Moment) -> Candidates:
        if self.probability <= 0 or self.threshold > 0.5 or len(candidates) < 2:
            return candidates
        if uniform(moment.seed, moment.index, XTC_STREAM) >= self.probability:
            return candidates
        above = candidates.probabilities() >= np.float32(self.threshold)
        count = int(np.count_nonzero(above))
        if count < 2 or len(candidates) - (count - 1) < self.min_keep:
            return candidates
        # The least of those above stays; of equals, the one of the highest id (the last in order).
        positions = np.flatnonzero(above)
        above[positions[np.lexsort((positions, -candidates.logits[positions]))[-1]]] = False
        return candidates.keep(~above)
