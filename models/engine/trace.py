"""A decision in the words of the protocol: ids become text and bytes."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from models.engine import protocol
from models.engine.text import TextStream, decode_whole
from models.sampling import Decision
from models.sampling.trace import Candidate

LOWEST = float(np.finfo(np.float32).min)  # JSON has no minus infinity


class Describer:
    """Turns decisions into steps; knows the bytes of every token."""

    def __init__(self, piece: Callable[[int], bytes], is_control: Callable[[int], bool]) -> None:
        self._piece = piece
        self._is_control = is_control
        self._whole: dict[int, tuple[str, str]] = {}  # token -> text and bytes, by itself

    def describe(self, decision: Decision, index: int, stream: TextStream) -> protocol.Step:
        """Return the step; the chosen token's bytes go into `stream`."""
        pending = stream.pending
        piece = self._piece(decision.token)
        return protocol.Step(
            index=index,
            token=decision.token,
            text="" if self._is_control(decision.token) else stream.add(piece),
            bytes=piece.hex(),
            logprob=max(decision.logprob, LOWEST),
            rank=decision.rank,
            probability=decision.probability,
            entropy=decision.entropy,
            candidates=[self._candidate(row, pending) for row in decision.candidates],
            stages=[protocol.Stage(*stage) for stage in decision.stages],
        )

    def _candidate(self, row: Candidate, pending: bytes) -> protocol.Candidate:
        token, logit, logprob, probability, removed_by = row
        text, data = self._whole.get(token) or self._describe_alone(token)
        if pending:
            text = decode_whole(pending + self._piece(token)) or ""
        return protocol.Candidate(
            token, text, data, max(logit, LOWEST), max(logprob, LOWEST), probability, removed_by
        )

    def _describe_alone(self, token: int) -> tuple[str, str]:
        piece = self._piece(token)
        self._whole[token] = described = (decode_whole(piece) or "", piece.hex())
        return described
