"""Stages that end a chain: how the token is chosen from what is left."""

import math
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from models.sampling.candidates import Candidates
from models.sampling.stage import LARGEST_PARAMETER, Moment, Stage, require


@dataclass(frozen=True, slots=True)
class Greedy(Stage):
    """Takes the most probable token; of equals, the one of the lowest id."""

    name: ClassVar[str] = "greedy"

    @property
    def head(self) -> int:
        return 1

    def apply(self, candidates: Candidates, moment: Moment) -> Candidates:
        return candidates.largest(1)


@dataclass(frozen=True, slots=True)
class MirostatV2(Stage):
    """Removes tokens that surprise by more than mu bits, and steers mu towards `tau` bits a token.

    Basu et al. 2021, "Mirostat", algorithm 2; src/llama-sampler.cpp,
    `llama_sampler_mirostat_v2_apply`.
    """

    name: ClassVar[str] = "mirostat"
    tau: float = 5.0
    eta: float = 0.1

    def __post_init__(self) -> None:
        remedy = "is no number of bits: choose a value above 0, like 5"
        require(0 < self.tau <= LARGEST_PARAMETER, f"{self.name} tau", self.tau, remedy)
        remedy = "is no learning rate: choose a value from 0 to 1, like 0.1"
        require(0 <= self.eta <= 1, f"{self.name} eta", self.eta, remedy)

    def apply(self, candidates: Candidates, moment: Moment) -> Candidates:
        total, _ = candidates.measure_sorted()
        with np.errstate(divide="ignore"):  # a probability below float32's range: -inf
            bits = np.log2(np.exp(candidates.logits - candidates.maximum) / total)
        left = candidates.keep(bits >= -np.float32(self.current_mu(moment)))
        return left if len(left) else candidates.largest(1)

    def current_mu(self, moment: Moment) -> float:
        """The greatest surprise allowed now, in bits; 2 tau at the start."""
        return 2 * self.tau if moment.mu is None else moment.mu

    def next_mu(self, moment: Moment, probability: float) -> float:
        """mu after a token of `probability` after the chain was taken.

        A token that the user took from outside of what was left (0.0) teaches nothing.
        """
        if probability <= 0:
            return self.current_mu(moment)
        return self.current_mu(moment) - self.eta * (-math.log2(probability) - self.tau)
