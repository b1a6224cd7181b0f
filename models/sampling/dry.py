"""DRY, "don't repeat yourself": a penalty on tokens that would prolong a repeated sequence.

By p-e-w (text-generation-webui, pull request 5677). Source: src/llama-sampler.cpp of llama.cpp,
`llama_sampler_dry_apply` and `get_overlapping_token_sequences`.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import numpy as np

from models.sampling.candidates import Candidates
from models.sampling.stage import (
    LARGEST_PARAMETER,
    Moment,
    Stage,
    Transform,
    Vocabulary,
    require,
)

# A sequence breaker as tokens: the first one, and all that may follow it to complete the breaker.
Breakers = Mapping[int, Sequence[tuple[int, ...]]]

_LONGEST_BREAKER_BYTES = 40
_LONGEST_TAIL = 20
_LOG_OF_LARGEST_FLOAT32 = 88.7228391
_LARGEST_PENALTY = 1e30  # leaves no chance, and later stages room before float32 overflows


@dataclass(frozen=True, slots=True)
class Dry(Stage):
    """Subtracts multiplier * base ** (length - allowed_length) from the logit of a token.

    `length` is that of the longest sequence at the end of the last `last_n` tokens which stood
    there before, followed by that token; it does not reach across one of `breakers`. Off:
    multiplier 0 or last_n 0.
    """

    name: ClassVar[str] = "dry"
    multiplier: float = 0.8
    base: float = 1.75
    allowed_length: int = 2
    last_n: int = 64
    breakers: tuple[str, ...] = ("\n", ":", '"', "*")

    def __post_init__(self) -> None:
        remedy = "is out of range: choose a value above 0, like 0.8 (0 is off)"
        multiplier = self.multiplier
        in_range = 0 <= multiplier <= LARGEST_PARAMETER
        require(in_range, f"{self.name} multiplier", multiplier, remedy)
        remedy = "is out of range: choose 1 or more, like 1.75"
        require(1 <= self.base <= LARGEST_PARAMETER, f"{self.name} base", self.base, remedy)
        remedy = "is negative: choose 0 or more"
        for name, value in (("allowed_length", self.allowed_length), ("last_n", self.last_n)):
            require(value >= 0, f"{self.name} {name}", value, remedy)

    def bind(self, vocabulary: Vocabulary, samplers_folder: Path | None) -> Transform:
        if self.multiplier == 0 or self.last_n == 0:
            return lambda candidates, moment: candidates
        breakers = find_breakers(self.breakers, vocabulary)
        single = {head for head, tails in breakers.items() if () in tails}

        def penalise(candidates: Candidates, moment: Moment) -> Candidates:
            recent = moment.tokens[-self.last_n :][::-1].tolist()
            lengths = repeated_lengths(recent, self.allowed_length, breakers)
            penalised = [token for token in lengths if token not in single]
            positions, which = candidates.find(np.array(penalised, np.intp))
            if not len(positions):
                return candidates
            penalties = np.array([self._penalty(lengths[token]) for token in penalised], np.float32)
            logits = candidates.logits.copy()
            logits[positions] -= penalties[which]
            return candidates.with_logits(logits)

        return penalise

    def _penalty(self, length: int) -> float:
        exponent = length - self.allowed_length
        if self.base > 1.000001:
            exponent = min(exponent, int(_LOG_OF_LARGEST_FLOAT32 / math.log(self.base)))
        return min(self.multiplier * self.base**exponent, _LARGEST_PENALTY)


def find_breakers(texts: Sequence[str], vocabulary: Vocabulary) -> Breakers:
    """Each way in which the tokens of `vocabulary` can spell one of `texts`, by first token.

    A token that contains the text is a breaker by itself; one that ends with the text's beginning
    is one when the tokens of the rest follow. llama.cpp takes the leading space off the tokens of
    SentencePiece vocabularies here; we do not, so only breakers with a space can differ there.
    """
    pieces = list(vocabulary.pieces)
    breakers: dict[int, set[tuple[int, ...]]] = {}
    for text in texts:
        wanted = text.encode("utf-8", "surrogateescape")[:_LONGEST_BREAKER_BYTES]
        if not wanted:
            continue
        whole = {token for token, piece in enumerate(pieces) if wanted in piece}
        for token in whole:
            breakers.setdefault(token, set()).add(())
        for matched in range(1, len(wanted)):
            start, rest = wanted[:matched], wanted[matched:].decode("utf-8", "surrogateescape")
            heads = [token for token, piece in enumerate(pieces) if piece.endswith(start)]
            tail = tuple(vocabulary.tokenize(rest)[:_LONGEST_TAIL]) if heads else ()
            for token in heads:
                if token not in whole:
                    breakers.setdefault(token, set()).add(tail)
    return {token: sorted(found) for token, found in breakers.items()}


def repeated_lengths(
    recent: Sequence[int], allowed_length: int, breakers: Breakers
) -> dict[int, int]:
    """By token: the longest repeated sequence that this token would prolong.

    recent  the last tokens, the latest first
    """
    if len(recent) <= allowed_length:
        return {}
    limit = _distance_to_breaker(recent, breakers)
    if limit < allowed_length:
        return {}
    lengths: dict[int, int] = {}
    matches = _matches_with_start(recent)
    for start in range(1, len(recent)):
        length = min(matches[start], limit)
        if length >= allowed_length:
            follower = recent[start - 1]
            lengths[follower] = max(lengths.get(follower, 0), length)
    return lengths


def _distance_to_breaker(recent: Sequence[int], breakers: Breakers) -> int:
    """How many tokens stand after the latest breaker; all of them if there is none."""
    for distance, token in enumerate(recent):
        longest = -1
        for tail in breakers.get(token, ()):
            following = recent[distance - len(tail) : distance] if len(tail) <= distance else None
            if following is not None and tuple(reversed(following)) == tail:
                longest = max(longest, len(tail))
        if longest >= 0:
            return distance - longest
    return len(recent)


def _matches_with_start(sequence: Sequence[int]) -> list[int]:
    """For each position, how many elements from it on equal those from the start on.

    The Z-algorithm (Gusfield 1997, "Algorithms on Strings, Trees and Sequences"), linear time.
    """
    size = len(sequence)
    matches = [0] * size
    left = right = 0  # the match that reaches farthest: sequence[left:right]
    for start in range(1, size):
        length = min(right - start, matches[start - left]) if start < right else 0
        while start + length < size and sequence[length] == sequence[start + length]:
            length += 1
        matches[start] = length
        if start + length > right:
            left, right = start, start + length
    return matches
