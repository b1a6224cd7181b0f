"""Stages that make the distribution sharper or flatter.

Source: src/llama-sampler.cpp of llama.cpp, `llama_sampler_temp_impl`, `llama_sampler_temp_ext`.
"""

import math
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from models.sampling.candidates import Candidates
from models.sampling.stage import LARGEST_PARAMETER, Moment, Stage, require

# Divided by less, float32 logits overflow; the outcome is the most probable token all the same.
_COLDEST = 1e-6

_REMEDY = "is no temperature: choose 0 (always the most probable token) or a value above, like 0.7"


def _cool(candidates: Candidates, temperature: float) -> Candidates:
    if temperature == 1:
        return candidates
    if temperature < _COLDEST:
        return candidates.largest(1)
    return candidates.divide(np.float32(temperature))


@dataclass(frozen=True, slots=True)
class Temperature(Stage):
    """Divides the logits by `temperature`; 0 keeps the most probable token alone."""

    name: ClassVar[str] = "temperature"
    temperature: float = 0.8

    def __post_init__(self) -> None:
        require(0 <= self.temperature <= LARGEST_PARAMETER, self.name, self.temperature, _REMEDY)

    def apply(self, candidates: Candidates, moment: Moment) -> Candidates:
        return _cool(candidates, self.temperature)


@dataclass(frozen=True, slots=True)
class DynamicTemperature(Stage):
    """A temperature between `temperature` - `delta` and + `delta`, by how unsure the model is.

    min + (max - min) * (entropy / log n) ** exponent over the n candidates. llama.cpp counts into n
    also the tokens that top-n-sigma masked; here a removed token is no candidate.
    """

    name: ClassVar[str] = "dynamic-temperature"
    temperature: float = 0.8
    delta: float = 0.0
    exponent: float = 1.0

    def __post_init__(self) -> None:
        remedy = "is out of range: choose 0 or more"
        require(0 <= self.temperature <= LARGEST_PARAMETER, self.name, self.temperature, _REMEDY)
        for name, value in (("delta", self.delta), ("exponent", self.exponent)):
            require(0 <= value <= LARGEST_PARAMETER, f"{self.name} {name}", value, remedy)

    def apply(self, candidates: Candidates, moment: Moment) -> Candidates:
        if self.delta <= 0:
            return _cool(candidates, self.temperature)
        if len(candidates) <= 1:
            return candidates
        _, entropy = candidates.measure_sorted()
        unsure = min(max(float(entropy) / math.log(len(candidates)), 0.0), 1.0)
        coldest = max(0.0, self.temperature - self.delta)
        warmest = self.temperature + self.delta
        return _cool(candidates, coldest + (warmest - coldest) * unsure**self.exponent)
