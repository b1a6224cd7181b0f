"""What the process that compares is told, and what it answers; the child is
`converters.comparison_worker`.
"""

from __future__ import annotations

import msgspec

from converters.job_process import Complete
from models.engine import protocol

BATCH = 256  # tokens that are evaluated at once: as fast as 512, in half the memory


class Task(msgspec.Struct, frozen=True):
    """Read `text` with the models at `paths`, the reference first, one after another.

    `chunks` of `context` tokens at most, 0 for as many as the text has; `spool_bytes` is the memory
    for the reference's distributions, `depth` how deep they reach, in nats. Then each model goes on
    with the first `prompt_tokens` tokens of the text, `tokens` greedy ones.
    """

    paths: list[str]
    text: str
    context: int
    chunks: int
    threads: int
    spool_bytes: int
    depth: float
    prompt_tokens: int
    tokens: int


class TextRead(msgspec.Struct, frozen=True, tag_field="event", tag=str.lower):
    """How the text was cut: the tokens that are read, and those of them that are scored.

    `pieces` are the bytes of the tokens; chunk after chunk, the tokens from `first` on of each are
    scored. `left_out` chunks had no room in memory.
    """

    pieces: list[bytes]
    context: int
    first: int
    chunks: int
    left_out: int


class Advanced(msgspec.Struct, frozen=True, tag_field="event", tag=str.lower):
    """The model with this index has read so many chunks."""

    model: int
    done: int
    total: int


class ModelRead(msgspec.Struct, frozen=True, tag_field="event", tag=str.lower):
    """What came of one model; arrays as bytes, one value a scored token, in the order of the text.

    nll, probability, divergence float32 (no divergence of the reference), top int32
    """

    model: int
    nll: bytes
    probability: bytes
    top: bytes
    divergence: bytes
    continuation: list[bytes]
    prompt_tokens_per_second: float
    decode_tokens_per_second: float
    peak_memory_bytes: int


AnyReport = (
    protocol.Loading
    | TextRead
    | Advanced
    | ModelRead
    | Complete
    | protocol.Failed
    | protocol.Aborting
)
