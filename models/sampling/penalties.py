"""Stages that change the logits of single tokens.

Source: src/llama-sampler.cpp of llama.cpp, `llama_sampler_logit_bias_apply` and
`llama_sampler_penalties_apply`.
"""

import math
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import numpy as np

from models.errors import InputError
from models.sampling.candidates import Candidates
from models.sampling.stage import (
    LARGEST_PARAMETER,
    Moment,
    Stage,
    Transform,
    Vocabulary,
    require,
)


@dataclass(frozen=True, slots=True)
class LogitBias(Stage):
    """Adds a bias to the logit of each named token; -inf removes it. `biases`: (id, bias) pairs."""

    name: ClassVar[str] = "logit-bias"
    biases: tuple[tuple[int, float], ...] = ()

    def __post_init__(self) -> None:
        tokens = [token for token, _ in self.biases]
        for token, bias in self.biases:
            remedy = "is no token: choose an id from 0 on"
            require(token >= 0, self.name, token, remedy)
            remedy = f"for token {token} is no bias: choose a number, or -inf to remove the token"
            require(bias == -math.inf or abs(bias) <= LARGEST_PARAMETER, self.name, bias, remedy)
            if tokens.count(token) > 1:
                raise InputError(f"{self.name} names token {token} twice: keep one of the two.")

    def bind(self, vocabulary: Vocabulary, samplers_folder: Path | None) -> Transform:
        size = len(vocabulary.pieces)
        for token, _ in self.biases:
            if token >= size:
                raise InputError(
                    f"{self.name} names token {token}, but the vocabulary ends at {size - 1}: "
                    "choose a lower id."
                )
        tokens = np.array([token for token, _ in self.biases], np.intp)
        biases = np.array([bias for _, bias in self.biases], np.float32)

        def add_biases(candidates: Candidates, moment: Moment) -> Candidates:
            positions, which = candidates.find(tokens)
            if not len(positions):
                return candidates
            logits = candidates.logits.copy()
            logits[positions] += biases[which]
            return candidates.with_logits(logits)

        return add_biases


@dataclass(frozen=True, slots=True)
class Penalties(Stage):
    """Makes tokens of the last `last_n` less probable: all of them, prompt included.

    `repeat` divides a positive logit and multiplies a negative one (Keskar et al. 2019, "CTRL",
    mended for negative logits); `frequency` is subtracted once for each occurrence, `presence`
    once. Off: last_n 0, or repeat 1, frequency 0 and presence 0.
    """

    name: ClassVar[str] = "penalties"
    last_n: int = 64
    repeat: float = 1.0
    frequency: float = 0.0
    presence: float = 0.0

    def __post_init__(self) -> None:
        remedy = "is negative: choose 1 or more, or 0 for off"
        require(self.last_n >= 0, f"{self.name} last_n", self.last_n, remedy)
        remedy = "is out of range: choose a value above 0, like 1.1 (1 is off)"
        in_range = 1 / LARGEST_PARAMETER <= self.repeat <= LARGEST_PARAMETER
        require(in_range, f"{self.name} repeat", self.repeat, remedy)
        remedy = "is out of range: choose a number like 0.5 (0 is off)"
        for name, value in (("frequency", self.frequency), ("presence", self.presence)):
            require(abs(value) <= LARGEST_PARAMETER, f"{self.name} {name}", value, remedy)

    def apply(self, candidates: Candidates, moment: Moment) -> Candidates:
        off = self.repeat == 1 and self.frequency == 0 and self.presence == 0
        if off or self.last_n == 0 or not len(moment.tokens):
            return candidates
        counts = Counter(moment.tokens[-self.last_n :].tolist())
        positions, which = candidates.find(np.fromiter(counts, np.intp, len(counts)))
        if not len(positions):
            return candidates
        occurrences = np.fromiter(counts.values(), np.float32, len(counts))[which]
        logits = candidates.logits.copy()
        punished = logits[positions]
        repeat = np.float32(self.repeat)
        punished = np.where(punished <= 0, punished * repeat, punished / repeat)
        punished -= occurrences * np.float32(self.frequency) + np.float32(self.presence)
        logits[positions] = punished
        return candidates.with_logits(logits)
