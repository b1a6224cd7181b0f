"""A choice in the words of the protocol: ids become text and bytes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from models.engine import protocol
from models.engine.text import TextStream, decode_whole
from models.sampling import Choice

MOST_BYTES = 4  # of a character in UTF-8
LOWEST = float(np.finfo(np.float32).min)  # JSON has no minus infinity


class TakenStep(NamedTuple):
    """A step that was taken and is not described yet.

    number   of the step in its branch, from 0
    text     what became whole with it
    pending  the bytes of a character that earlier tokens began
    """

    choice: Choice
    number: int
    text: str
    pending: bytes


class Describer:
    """Turns taken steps into messages; knows the bytes of every token."""

    def __init__(self, piece: Callable[[int], bytes], is_control: Callable[[int], bool]) -> None:
        self._piece = piece
        self._is_control = is_control
        self._names: dict[int, tuple[str, str]] = {}  # text and bytes of tokens by themselves

    def add_text(self, token: int, stream: TextStream) -> str:
        """Return the text that a token makes whole in `stream`; control tokens write none."""
        return "" if self._is_control(token) else stream.add(self._piece(token))

    def open_stream(self, prompt: Sequence[int]) -> TextStream:
        """Return a stream that begins where `prompt` ends, inside of a character perhaps."""
        stream = TextStream()
        for token in prompt[-MOST_BYTES:]:
            self.add_text(token, stream)
        return stream

    def describe(self, taken: TakenStep) -> protocol.Step:
        """Return the message."""
        choice, number, text, pending = taken
        decision = choice.record()
        candidates = []
        for token, logit, logprob, probability, removed_by in decision.candidates:
            name, data = self._name(token, pending)
            if logit < LOWEST:
                logit = logprob = LOWEST
            candidates.append(
                protocol.Candidate(token, name, data, logit, logprob, probability, removed_by)
            )
        return protocol.Step(
            number,
            decision.token,
            text,
            self._name(decision.token, b"")[1],
            max(decision.logprob, LOWEST),
            decision.rank,
            decision.probability,
            decision.entropy,
            candidates,
            [protocol.Stage(*stage) for stage in decision.stages],
        )

    def _name(self, token: int, pending: bytes) -> tuple[str, str]:
        """Return the text that a token would complete, and its bytes in hexadecimal."""
        known = self._names.get(token)
        if known is None:
            piece = self._piece(token)
            known = self._names[token] = (decode_whole(piece) or "", piece.hex())
        if pending:
            stream = TextStream()
            stream.add(pending)
            return stream.add(bytes.fromhex(known[1])), known[1]
        return known
