"""What happens to a manuscript: typed operations, which are all that its journal holds.

Positions and lengths are UTF-16 code units. Text that a person gave is its UTF-16 bytes, which may
hold half a character.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from desktop.manuscript.text_buffer import unify_line_ends
from models.engine.protocol import Outcome, StageValues, Step


class GenerationRecord(msgspec.Struct, frozen=True):
    """How a piece of text was asked of a model.

    `id` is from 1 on and unique in the manuscript; `started_at` is Unix time; `forced` are tokens
    that were taken before any was drawn.
    """

    id: int
    model: str
    kind: str
    seed: int
    chain: list[StageValues]
    special: bool
    started_at: float
    forced: list[int] = []


class Written(msgspec.Struct, frozen=True):
    """The steps of a generation without their candidates: parallel lists, one item a step."""

    texts: list[str]
    tokens: list[int]
    logprobs: list[float]
    probabilities: list[float]
    entropies: list[float]


def summarize(steps: Sequence[Step]) -> Written:
    """Return what a manuscript keeps of steps; line ends are those that an editor makes of them."""
    return Written(
        [unify_line_ends(step.text) for step in steps],
        [step.token for step in steps],
        [step.logprob for step in steps],
        [step.probability for step in steps],
        [step.entropy for step in steps],
    )


class Edit(msgspec.Struct, frozen=True, tag="edit"):
    """The person put `inserted` in the place of `removed` code units."""

    position: int
    removed: int
    inserted: bytes


class Begin(msgspec.Struct, frozen=True, tag="begin"):
    """A model begins to write at `position`."""

    record: GenerationRecord
    position: int


class BeginAnother(msgspec.Struct, frozen=True, tag="another"):
    """A model begins another version of what a passage's last generation wrote."""

    record: GenerationRecord
    passage: int


class BeginChoice(msgspec.Struct, frozen=True, tag="choice"):
    """The person chose another token for the unit that starts at `position`."""

    record: GenerationRecord
    position: int


class Replace(msgspec.Struct, frozen=True, tag="replace"):
    """The person accepted what a model wrote in the place of a selection."""

    record: GenerationRecord
    start: int
    end: int
    written: Written


class Ask(msgspec.Struct, frozen=True, tag="ask"):
    """A model begins an answer to what the person asked of the text from `start` to `end`, which
    `record.kind` tells; `again`, beside the answers that are there. None of them is in the text.
    """

    record: GenerationRecord
    start: int
    end: int
    again: bool


class Dismiss(msgspec.Struct, frozen=True, tag="dismiss"):
    """The person wants none of the answers, or has what was wanted."""


class Write(msgspec.Struct, frozen=True, tag="write"):
    """A model took steps."""

    generation: int
    written: Written


class End(msgspec.Struct, frozen=True, tag="end"):
    """A generation ended: with the engine's outcome, or a word for what ended it."""

    generation: int
    outcome: Outcome | str


class Show(msgspec.Struct, frozen=True, tag="show"):
    """The person wants to see another version of a passage."""

    passage: int
    version: int


class Accept(msgspec.Struct, frozen=True, tag="accept"):
    """The person accepted the proposal as far as position `until`."""

    until: int


class Refuse(msgspec.Struct, frozen=True, tag="refuse"):
    """The person refused the proposal."""


Operation = (
    Edit
    | Begin
    | BeginAnother
    | BeginChoice
    | Replace
    | Ask
    | Dismiss
    | Write
    | End
    | Show
    | Accept
    | Refuse
)

encode_operation = msgspec.msgpack.Encoder().encode
decode_operation = msgspec.msgpack.Decoder(Operation).decode
encode_step = msgspec.msgpack.Encoder().encode
decode_step = msgspec.msgpack.Decoder(Step).decode
