"""What came of one model over the text, and the text as the models read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from models.engine.text import decode_whole

_TOO_LARGE = 1e30  # for any figure of a model over a text


class Row(msgspec.Struct, frozen=True):
    """One file over the text; the reference has no divergence from itself.

    perplexity        exp(mean -log p), and its standard error (upstream: perplexity.cpp)
    kl_*              KL(reference, level) a token, in nats: mean, median, 99th percentile, greatest
    top1_agreement    share of the positions with the same most probable token, 0..1
    delta_p_rms       root of the mean square of the change of the token's probability, 0..1
    """

    file: str
    level: str
    bytes: int
    bits_per_weight: float
    perplexity: float
    perplexity_error: float
    kl_mean: float
    kl_median: float
    kl_p99: float
    kl_max: float
    top1_agreement: float
    delta_p_rms: float
    prompt_tokens_per_second: float
    decode_tokens_per_second: float
    peak_memory_bytes: int

    def __post_init__(self) -> None:
        figures = [value for value in msgspec.structs.astuple(self) if not isinstance(value, str)]
        if not all(abs(value) < _TOO_LARGE for value in figures):  # nan is not
            raise ValueError("a figure is out of range")


class Detail(msgspec.Struct, frozen=True):
    """A row with what stands behind it, one value a scored token in the order of the text.

    `divergence` is empty for the reference; `continuation` are the pieces of the greedy text.
    """

    row: Row
    nll: list[float]
    probability: list[float]
    top: list[int]
    divergence: list[float]
    continuation: list[bytes]

    def __post_init__(self) -> None:
        scored = len(self.nll)
        if {len(self.probability), len(self.top), len(self.divergence) or scored} != {scored}:
            raise ValueError("the values are not of one length")


@dataclass(frozen=True, slots=True)
class TextUnit:
    """Whole characters of the text; `scored` are the places of its tokens in a Detail's values.

    A token that is read and not scored has no place: it only gives context.
    """

    text: str
    scored: tuple[int, ...]


class Text(msgspec.Struct, frozen=True):
    """The text as it was read: the pieces of its tokens, and which of them are scored.

    `left_out` chunks had no room in memory.
    """

    pieces: list[bytes]
    context: int
    first: int
    chunks: int
    left_out: int

    def __post_init__(self) -> None:
        whole = 0 < self.first < self.context and self.chunks > 0 and self.left_out >= 0
        if not whole or len(self.pieces) != self.context * self.chunks:
            raise ValueError("the text is not whole")

    @property
    def scored_in_chunk(self) -> int:
        """How many tokens of a chunk are scored."""
        return self.context - self.first

    def units(self) -> list[TextUnit]:
        """Return the text in units; tokens that share a character are one."""
        scored = self.scored_in_chunk
        units: list[TextUnit] = []
        data, places = b"", list[int]()
        for index, piece in enumerate(self.pieces):
            chunk, place = divmod(index, self.context)
            data += piece
            if place >= self.first:
                places.append(chunk * scored + place - self.first)
            text = decode_whole(data)
            if text is not None:
                units.append(TextUnit(text, tuple(places)))
                data, places = b"", []
        if data:
            units.append(TextUnit(data.decode("utf-8", "ignore"), tuple(places)))
        return units


def name_levels(details: Sequence[Detail]) -> list[str]:
    """Return the levels of the files; two of one level are told apart by the files' names."""
    levels = [detail.row.level for detail in details]
    return [
        level if levels.count(level) == 1 else f"{level} {detail.row.file}"
        for level, detail in zip(levels, details, strict=True)
    ]
