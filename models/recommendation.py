"""Which model of the catalogue a machine should get first."""

from __future__ import annotations

from dataclasses import dataclass

from models.catalogue import MISTRAL_7B, KnownModel

LEVELS = ("Q5_K_M", "Q4_K_M", "Q3_K_M", "Q2_K")  # the best one first
CONTEXT = 4096
BYTES_A_CELL = 2 * 2  # key and value in 16 bits
COMPUTE_BYTES = 400_000_000  # buffers of libllama for this model, rounded up
SHARE = 0.7  # of the memory: the rest belongs to the system and to other programs


@dataclass(frozen=True, slots=True)
class Recommendation:
    """A model, a level of it, the size of its file and the memory it needs with 4,096 tokens."""

    model: KnownModel
    level: str
    size_bytes: int
    needed_bytes: int
    spare_bytes: int


def recommend(memory_bytes: int) -> Recommendation | None:
    """Return the best level of Mistral-7B that a machine with so much memory can carry.

    None where even the smallest does not fit: the starter is the model for that machine.
    """
    model = MISTRAL_7B
    architecture, sizes = model.architecture, model.sizes()
    width = architecture.embedding // architecture.heads * architecture.heads_kv
    cache_bytes = CONTEXT * architecture.blocks * width * BYTES_A_CELL
    room = int(memory_bytes * SHARE)
    for level in LEVELS:
        needed = sizes[level] + cache_bytes + COMPUTE_BYTES
        if level in model.levels and needed <= room:
            return Recommendation(model, level, sizes[level], needed, memory_bytes - needed)
    return None
