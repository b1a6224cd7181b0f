"""Logits with known shapes, and vocabularies without a model."""

from collections.abc import Sequence

import numpy as np

from models.sampling import Candidates, Moment, Stage, Vocabulary
from models.sampling.candidates import FloatArray

SHAPES = ("peaky", "wide", "flat")
SIZES = (50, 70, 1000, 32000)


class PlainVocabulary:
    """A vocabulary of `size` tokens that spell nothing, or of the given pieces."""

    def __init__(self, pieces: int | Sequence[bytes]) -> None:
        self.pieces = [b""] * pieces if isinstance(pieces, int) else pieces

    def tokenize(self, text: str) -> list[int]:
        """One token for each byte that is a piece of its own."""
        data = text.encode("utf-8", "surrogateescape")
        return [self.pieces.index(data[i : i + 1]) for i in range(len(data))]


def make_logits(shape: str, size: int, seed: int) -> FloatArray:
    """float32[size], read-only: a few likely tokens (peaky), a wide bell, near equality (flat)."""
    generator = np.random.default_rng(seed)
    logits = generator.normal(0, {"peaky": 2.0, "wide": 4.0, "flat": 0.3}[shape], size)
    if shape == "peaky":
        likely = generator.choice(size, 12, replace=False)
        logits[likely] += np.linspace(4, 13, 12)
    result = logits.astype(np.float32)
    result.flags.writeable = False
    return result


def make_all_logits() -> list[FloatArray]:
    """Every shape at every size."""
    return [make_logits(shape, size, seed=size) for shape in SHAPES for size in SIZES]


def make_moment(tokens: Sequence[int] = (), **others: int) -> Moment:
    return Moment(np.array(tokens, np.int32), **{"seed": 7, "index": 0, **others})


def run_stages(
    stages: Sequence[Stage],
    candidates: Candidates,
    moment: Moment | None = None,
    vocabulary: Vocabulary | None = None,
) -> Candidates:
    """What the stages leave, one after another; by default the whole vocabulary goes in."""
    vocabulary = vocabulary or PlainVocabulary(len(candidates))
    for stage in stages:
        candidates = stage.bind(vocabulary, None)(candidates, moment or make_moment())
    return candidates
