"""A text that is there, told token by token as if the model had been made to write it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from models.engine import protocol
from models.engine.llama import Model
from models.engine.session import Session, count_forgotten
from models.engine.text import TextStream
from models.engine.time_limit import SamplerWatch
from models.engine.trace import Describer, TakenStep
from models.errors import Cancelled, InputError
from models.sampling import BoundChain, Moment

SPACE_MARK = "\u2581"  # SentencePiece's space: such vocabularies cannot tell it from one


@dataclass(frozen=True, slots=True)
class LaidText:
    """The tokens of a text, and where in it they lie.

    ends  of each token: how many characters of the text are whole after it
    head  how many first tokens (BOS) are not of the text
    """

    tokens: list[int]
    ends: list[int]
    head: int

    def without_oldest(self, forgotten: int) -> LaidText:
        """Return it without the first `forgotten` tokens of the text; the head stays."""
        before = self.ends[self.head + forgotten - 1] if forgotten else 0
        return LaidText(
            self.tokens[: self.head] + self.tokens[self.head + forgotten :],
            [before] * self.head + self.ends[self.head + forgotten :],
            self.head,
        )

    def find(self, character: int) -> int:
        """Return the first token that has a part in `character` or in what follows it.

        The very first token is never meant: nothing decided it.
        """
        for index in range(max(self.head, 1), len(self.tokens)):
            if self.ends[index] > character or self.ends[index - 1] >= character:
                return index
        return len(self.tokens)


def lay_text(model: Model, text: str, *, special: bool) -> LaidText:
    """Cut `text` into the tokens that a prompt of it would have, and find their places in it.

    Raises InputError where the vocabulary changes the text.
    """
    tokens = model.tokenize_open(text, special=special)
    head = 0
    while head < len(tokens) and model.is_control(tokens[head]):
        head += 1
    pieces = [model.pieces[token] for token in tokens[head:]]
    ends = find_ends(text, pieces) or find_ends(text.replace(SPACE_MARK, " "), pieces)
    if ends is None:
        raise InputError(
            "This model's vocabulary changes the text, so its tokens cannot be laid over it: "
            "choose another model."
        )
    return LaidText(tokens, [0] * head + ends, head)


def find_ends(text: str, pieces: Iterable[bytes]) -> list[int] | None:
    """Return how many characters of `text` are whole after each piece; None if it is not theirs.

    A piece may begin with a space that the text has not: SentencePiece vocabularies put one before
    a text, and after a token that a user defined.
    """
    data, at = text.encode("utf-8", "surrogateescape"), 0
    stream, whole = TextStream(), 0
    ends = []
    for piece in pieces:
        if not data.startswith(piece, at):
            piece = piece.removeprefix(b" ")
            if not data.startswith(piece, at):
                return None
        at += len(piece)
        whole += len(stream.add(piece))
        ends.append(whole)
    return ends if at == len(data) else None


class Scoring:
    """Reads a text and emits the steps of each block when it has been read.

    `stopped()` is asked before each step. An exception of the chain passes through `run` after the
    steps before it were emitted.
    """

    def __init__(
        self,
        command: protocol.Score,
        *,
        laid: LaidText,
        session: Session,
        chain: BoundChain,
        watch: SamplerWatch | None,
        describer: Describer,
        emit: protocol.Emit,
        stopped: Callable[[], bool],
    ) -> None:
        self._command = command
        self._session = session
        self._chain = chain
        self._watch = watch or nullcontext()
        self._describer = describer
        self._emit = emit
        self._stopped = stopped
        if len(laid.tokens) > session.size:
            room = session.size - laid.head
            forgotten = count_forgotten(len(laid.tokens) - laid.head, 0, room)
            laid = laid.without_oldest(forgotten)
            emit(protocol.Trimmed(command.job, forgotten, len(laid.tokens)))
        self._laid = laid
        self._tokens = np.array(laid.tokens, np.int32)
        self._first = laid.find(command.first)
        self._stream = describer.open_stream(laid.tokens[: self._first])
        self._mu: float | None = None
        self._taken = 0
        self._at = 0  # the character where the text of the unsent steps begins
        self._unsent: list[TakenStep] = []

    def run(self) -> None:
        """Take the steps; the last event is `finished`."""
        start_s = time.perf_counter()
        job, total = self._command.job, len(self._tokens)
        reason: Literal["end", "cancelled"] = "end"
        reused: int | None = None
        try:
            for start, rows in self._session.read_rows(self._laid.tokens, self._first - 1):
                reused = start if reused is None else reused
                self._emit(protocol.Reading(job, rows.stop, total, reused))
                for row in rows:
                    if row + 1 < total:  # the last token decides what the text has not
                        self._take_step(row + 1, self._session.context.logits(row - start))
                self._send()
        except Cancelled:
            reason = "cancelled"
        finally:
            self._send()
        seconds = time.perf_counter() - start_s
        outcome = protocol.Outcome(
            reason, self._taken, seconds, self._taken / seconds, total, reused or 0
        )
        self._emit(protocol.Finished(job, 0, outcome))

    def _take_step(self, index: int, logits: npt.NDArray[np.float32]) -> None:
        """Decide token `index`; the one that stands there is the outcome."""
        if self._stopped():
            raise Cancelled
        token = self._laid.tokens[index]
        with self._watch:
            choice = self._chain.choose(
                logits,
                Moment(self._tokens[:index], 0, self._taken, self._mu),
                shown=self._command.candidates,
                chosen=token,
            )
        self._mu = choice.mu
        begin, end = self._laid.ends[index - 1 : index + 1]
        if not self._unsent:
            self._at = begin
        pending = self._stream.pending
        self._describer.add_text(token, self._stream)
        text = self._command.text[begin:end]
        self._unsent.append(TakenStep(choice, self._taken, text, pending))
        self._taken += 1

    def _send(self) -> None:
        if self._unsent:
            steps = [self._describer.describe(taken) for taken in self._unsent]
            self._emit(protocol.Scored(self._command.job, self._at, steps))
            self._unsent.clear()
