"""The loop of a generation: logits -> chain -> trace -> event, for one branch or several."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import numpy.typing as npt

from models.engine import protocol
from models.engine.background import Background
from models.engine.logit_store import LogitStore
from models.engine.session import PromptRead, Session, count_forgotten
from models.engine.text import StopTexts, TextStream
from models.engine.time_limit import SamplerWatch
from models.engine.trace import Describer, TakenStep
from models.errors import Cancelled
from models.sampling import BoundChain, Moment

SEND_S = 1 / 30  # steps of a fast model are sent together, as often as a window is painted

Reason = Literal["length", "end", "stop", "cancelled"]


@dataclass(slots=True)
class BranchState:
    """One continuation while it runs."""

    number: int
    sequence: int
    chain: BoundChain
    seed: int
    forced: deque[int]
    stops: StopTexts
    tokens: npt.NDArray[np.int32]  # int32[prompt + wanted]; the first `length` are in use
    length: int
    stream: TextStream
    taken: int = 0
    shown: int = 0
    mu: float | None = None
    held: deque[TakenStep] = field(default_factory=deque)
    ended: bool = False

    def moment(self) -> Moment:
        return Moment(self.tokens[: self.length], self.seed, self.taken, self.mu)


class Generation:
    """Continues the prompt that the session's trunk holds, and emits an event a step.

    `stopped()` is asked before each step. An exception of a chain passes through `run` after the
    steps that are due were emitted: nothing that was written is lost.
    """

    def __init__(
        self,
        command: protocol.Generate,
        *,
        session: Session,
        prompt: Sequence[int],
        head: int,
        read: PromptRead,
        chains: Sequence[BoundChain],
        watch: SamplerWatch | None,
        describer: Describer,
        ends: Callable[[int], bool],
        store: LogitStore | None,
        emit: protocol.Emit,
        background: Background,
        stopped: Callable[[], bool],
    ) -> None:
        """`head` is how many first tokens (BOS) a full context never forgets; `watch` limits
        the time of user-written samplers, where there are any. Steps are described and emitted in
        the `background`, while the model evaluates the next token.
        """
        self._command = command
        self._session = session
        self._head = head
        self._read = read
        self._watch = watch or nullcontext()
        self._sends_at_once = watch is not None  # a sampler may take the process with it
        self._describer = describer
        self._ends = ends
        self._store = store
        self._emit = emit
        self._background = background
        self._stopped = stopped
        self._unsent: deque[tuple[int, TakenStep]] = deque()  # with the numbers of their branches
        self._sent = 0.0
        self._start = time.perf_counter()
        self._position = len(prompt)  # of the next token, in every branch
        tokens = np.zeros(len(prompt) + command.tokens, np.int32)
        tokens[: len(prompt)] = prompt
        self._branches = [
            BranchState(
                number=number,
                sequence=sequence,
                chain=chain,
                seed=branch.seed,
                forced=deque(branch.forced),
                stops=StopTexts(command.stop),
                tokens=tokens.copy(),
                length=len(prompt),
                stream=describer.open_stream(prompt),
            )
            for number, (branch, chain, sequence) in enumerate(
                zip(command.branches, chains, session.open_branches(len(chains)), strict=True)
            )
        ]

    def run(self) -> None:
        """Take steps until every branch has ended, each with a `finished` event."""
        running = self._branches
        rows = dict.fromkeys(range(len(running)), -1)
        try:
            while running:
                if self._stopped():
                    raise Cancelled
                for branch in running:
                    self._take_step(branch, rows[branch.number])
                running = [branch for branch in running if not branch.ended]
                if running:
                    rows = self._evaluate(running)
        except Cancelled:
            for branch in running:
                if not branch.ended:
                    self._finish(branch, "cancelled")
        except BaseException:
            for branch in running:
                self._release(branch, 0)
            self.flush()
            raise
        finally:
            self._session.close_branches()

    def text(self) -> list[int]:
        """Return prompt and continuation of the first branch; nothing if it was outgrown."""
        first = self._branches[0]
        return [] if first.length > self._session.size else first.tokens[: first.length].tolist()

    def _take_step(self, branch: BranchState, row: int) -> None:
        logits = self._session.context.logits(row)
        moment, pending = branch.moment(), branch.stream.pending
        with self._watch:
            choice = branch.chain.choose(
                logits,
                moment,
                shown=self._command.candidates,
                chosen=branch.forced[0] if branch.forced else None,
            )
        if branch.forced:
            branch.forced.popleft()
        if self._store is not None:
            key = (self._command.job, branch.number, branch.taken)
            self._store.add(key, logits, moment, pending)
        text = self._describer.add_text(choice.token, branch.stream)
        branch.tokens[branch.length] = choice.token
        branch.length += 1
        branch.taken += 1
        branch.mu = choice.mu
        branch.held.append(TakenStep(choice, branch.taken - 1, text, pending))
        held, stops = branch.stops.add(text)
        if stops:
            self._release(branch, held)
            self._cut(branch, held)
            self._finish(branch, "stop")
        elif self._ends(choice.token):
            self._finish(branch, "end")
        elif branch.taken >= self._command.tokens:
            self._finish(branch, "length")
        else:
            self._release(branch, held)

    def _release(self, branch: BranchState, held: int) -> None:
        """Send the steps that hold none of the last `held` characters."""
        left = sum(len(step.text) for step in branch.held)
        while branch.held and left - len(branch.held[0].text) >= held:
            step = branch.held.popleft()
            left -= len(step.text)
            branch.shown += 1
            self._unsent.append((branch.number, step))
        if self._sends_at_once:
            self.flush()
        elif time.perf_counter() - self._sent >= SEND_S:
            self._send()

    def flush(self) -> None:
        """Return when every step that is due has been emitted."""
        self._send()
        self._background.wait()

    def _send(self) -> None:
        """Have what is unsent emitted. Several steps at once cost little more than one alone."""
        self._background.do(self._emit_unsent)
        self._sent = time.perf_counter()

    def _emit_unsent(self) -> None:
        """In the background: a step is unsent until it is written, so that a failure loses none."""
        job, describe = self._command.job, self._describer.describe
        due = [self._unsent[index] for index in range(len(self._unsent))]
        self._emit(*(protocol.Stepped(job, number, describe(step)) for number, step in due))
        for _ in due:
            self._unsent.popleft()

    def _cut(self, branch: BranchState, characters: int) -> None:
        """Drop the last `characters` of what is held; the step they begin in keeps the rest."""
        kept = sum(len(step.text) for step in branch.held) - characters
        first = branch.held[0] if branch.held else None
        branch.held.clear()
        if first is not None and kept > 0:
            branch.held.append(first._replace(text=first.text[:kept]))

    def _finish(self, branch: BranchState, reason: Reason) -> None:
        self._release(branch, 0)
        self.flush()
        branch.ended = True
        seconds = time.perf_counter() - self._start
        outcome = protocol.Outcome(
            reason=reason,
            tokens=branch.shown,
            seconds=seconds,
            tokens_per_second=(branch.taken - 1) / seconds if branch.taken > 1 else 0.0,
            prompt_tokens=self._read.tokens,
            prompt_tokens_reused=self._read.reused,
        )
        self._emit(protocol.Finished(self._command.job, branch.number, outcome))

    def _evaluate(self, running: list[BranchState]) -> dict[int, int]:
        """Evaluate the last token of each branch; returns the rows of the logits, by branch."""
        if self._position >= self._session.size:
            return self._forget_oldest(running[0])
        self._session.context.decode_step(
            [
                (int(branch.tokens[branch.length - 1]), self._position, branch.sequence)
                for branch in running
            ]
        )
        self._position += 1
        return {branch.number: row for row, branch in enumerate(running)}

    def _forget_oldest(self, branch: BranchState) -> dict[int, int]:
        """Read the newest part of the text again as a prompt, and go on from there.

        Only a generation of one branch comes here: for several, room is asked for before.
        """
        head, room = self._head, self._session.size - self._head
        seen = self._position + 1 - head  # the last token taken was not evaluated yet
        forgotten = count_forgotten(seen, 1, room)
        newest = seen - forgotten
        text = branch.tokens[: branch.length]
        kept = [*text[:head].tolist(), *text[branch.length - newest :].tolist()]
        self.flush()
        self._emit(protocol.Trimmed(self._command.job, forgotten, len(kept)))
        self._session.close_branches()
        self._session.read(kept)
        self._session.open_branches(1)
        self._position = len(kept)
        return {branch.number: -1}
