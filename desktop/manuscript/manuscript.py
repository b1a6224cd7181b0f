"""The manuscript: a text, and of every piece that a model wrote, how it came to be there.

Whatever happens to it is an operation. Each is applied, then handed to the log; the same operations
applied to an earlier snapshot give the same manuscript. All positions are UTF-16 code units, as Qt
counts them.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import Protocol

import msgspec
import numpy as np
import numpy.typing as npt

from desktop.manuscript import operations, versions
from desktop.manuscript.operations import GenerationRecord, Operation, summarize
from desktop.manuscript.page import Page, Request, State
from desktop.manuscript.passages import (
    NO_CHANGE,
    Change,
    Passage,
    PassageView,
    VersionView,
    first_words,
)
from desktop.manuscript.text_buffer import decode_utf16, encode_utf16
from desktop.manuscript.units import Unit
from models.engine.protocol import Outcome, Step
from models.errors import InputError, JobError


class Steps(msgspec.Struct, frozen=True):
    """Steps of a generation, from its step number `first` on, with their candidates."""

    generation: int
    first: int
    steps: Sequence[Step]


class Log(Protocol):
    """What keeps the operations of a manuscript: its journal."""

    def append(self, number: int, operation: Operation, steps: Steps | None) -> None:
        """Keep an operation, the `number`-th of its manuscript, and the steps that came with it."""

    def read_step(self, generation: int, index: int) -> Step | None:
        """Return a step of a generation; None when it was lost."""


class Snapshot(msgspec.Struct, frozen=True):
    """A manuscript after `number` operations, of which the one numbered `changed` was the last
    that changed the text.
    """

    number: int
    changed: int
    state: State


class Manuscript:
    """The text of a document, with the passages that a model wrote and all their versions."""

    def __init__(self, document_id: str, log: Log, snapshot: Snapshot) -> None:
        self.document_id = document_id
        self.number = snapshot.number  # operations so far
        self.changed = snapshot.changed  # the last of them that changed the text
        self._log = log
        self._page = Page(snapshot.state)

    @classmethod
    def create(cls, document_id: str, log: Log, text: str = "") -> Manuscript:
        """Return a manuscript of a text that no model wrote."""
        state = State(encode_utf16(text), b"", [], [], [], None, 0)
        return cls(document_id, log, Snapshot(0, 0, state))

    @classmethod
    def decode(cls, document_id: str, log: Log, data: bytes) -> Manuscript:
        """Return the manuscript of `encode`. Raises msgspec.DecodeError."""
        return cls(document_id, log, msgspec.msgpack.decode(data, type=Snapshot))

    def encode(self) -> bytes:
        """Return all of the manuscript but the steps; equal manuscripts give equal bytes."""
        snapshot = Snapshot(self.number, self.changed, self._page.state())
        return msgspec.msgpack.encode(snapshot)

    # ---- what it holds ---------------------------------------------------------------------

    @property
    def length(self) -> int:
        """In UTF-16 code units."""
        return len(self._page.text)

    @property
    def text(self) -> str:
        """The whole text."""
        return self.text_between(0, self.length)

    def text_between(self, start: int, end: int) -> str:
        """The text from `start` to `end`."""
        return decode_utf16(self._page.text.read(start, end))

    @property
    def is_blank(self) -> bool:
        """Whether there is no text, and none that a model wrote and that could come back."""
        return self.length == 0 and not self._page.passages

    @property
    def pending(self) -> tuple[int, int] | None:
        """From where to where the proposal stands that is not accepted yet."""
        proposal = self._page.proposal
        if proposal is None or proposal.start == proposal.end:
            return None
        return proposal.start, proposal.end

    @property
    def request(self) -> Request | None:
        """What is asked of a part of the text, with its answers; a copy."""
        return copy.copy(self._page.request)

    @property
    def next_generation(self) -> int:
        """The id for the next generation."""
        return max(self._page.generations, default=0) + 1

    @property
    def last_passage(self) -> int | None:
        """The passage that was begun last."""
        return max(self._page.passages, default=None)

    def last_generation(self, passage: int) -> int | None:
        """The generation that wrote last in the standing version of a passage, if one did."""
        spans = self._passage(passage).spans
        return spans[-1].generation if spans else None

    def record(self, generation: int) -> GenerationRecord:
        """How a generation was asked for."""
        return self._page.generations[generation].record

    def outcome(self, generation: int) -> Outcome | str | None:
        """How a generation ended; None while it runs."""
        return self._page.generations[generation].outcome

    def count_steps(self, generation: int) -> int:
        """How many steps a generation took; 0 for one that is not known."""
        known = self._page.generations.get(generation)
        return 0 if known is None else known.steps

    def trace(self, generation: int) -> npt.NDArray[np.void]:
        """A row a step: token (int32), logprob, probability and entropy (float32)."""
        return self._page.generations[generation].read_trace()

    def step(self, generation: int, index: int) -> Step:
        """Return a step with its candidates. Raises JobError when the journal has lost it."""
        step = self._log.read_step(generation, index)
        if step is None:
            raise JobError(
                "The candidates of this token were lost with a part of the journal: continue the "
                "text anew to see candidates."
            )
        return step

    def units_between(self, start: int, end: int) -> Sequence[Unit]:
        """The units that share text with `start` to `end`."""
        return self._page.units.units(*self._page.units.find(start, end))

    def unit_at(self, position: int) -> Unit | None:
        """The unit of the character at `position`."""
        return next(iter(self.units_between(position, position + 1)), None)

    def unit_of(self, generation: int, index: int) -> Unit | None:
        """The unit that a step of a generation belongs to; None when it is not in the text."""
        return self._page.units.find_step(generation, index)

    def neighbour(self, unit: Unit, by: int) -> Unit | None:
        """The unit that stands `by` units after `unit`, or before it."""
        first, last = self._page.units.find(unit.start, unit.end)
        at = first + by
        if first == last or not 0 <= at < len(self._page.units):
            return None
        return self._page.units.units(at, at + 1)[0]

    def passage_at(self, position: int) -> PassageView | None:
        """The passage around `position`, else the one that ends there, else that begins there."""
        passage = versions.find_passage(self._page, position)
        if passage is None:
            return None
        return PassageView(passage.id, passage.start, passage.end)

    def versions(self, passage: int) -> Sequence[VersionView]:
        """The versions of a passage, the oldest first, less those with nothing of their own."""
        found = self._passage(passage)
        views = [
            VersionView(
                v.id, v.parent, v.parted_at, v.length, False, first_words(v.text, v.parted_at)
            )
            for v in found.kept.values()
            if v.length > v.parted_at or self._has_children(found, v.id)
        ]
        text = self._page.text.read(found.start, found.end)
        words = first_words(text, found.parted_at)
        length = found.end - found.start
        views.append(
            VersionView(found.standing, found.parent, found.parted_at, length, True, words)
        )
        return sorted(views, key=lambda view: view.id)

    # ---- what happens to it ----------------------------------------------------------------

    def edit(self, position: int, removed: int, inserted: str) -> None:
        """Take over a change by the person, an undo or a redo too.

        A unit that is touched inside is dropped. When a removed text comes back at its place, its
        units do too; when the text of a kept version does, that version stands again.
        """
        if not 0 <= position <= position + removed <= self.length:
            raise ValueError(f"no text from {position} to {position + removed}")
        old, new = self._page.text.read(position, position + removed), encode_utf16(inserted)
        start, end = versions.count_shared(old, new) if old and new else (0, 0)
        removed -= start + end
        new = new[2 * start : len(new) - 2 * end]
        if removed or new:
            self._do(operations.Edit(position + start, removed, new))

    def begin(self, record: GenerationRecord, position: int) -> None:
        """Start a continuation at `position`, in the passage that is there or as a new one.

        What was proposed before counts as accepted.
        """
        self._check_new(record)
        if not 0 <= position <= self.length:
            raise ValueError(f"no position {position}")
        self._do(operations.Begin(record, position))

    def begin_another(self, record: GenerationRecord, passage: int) -> Change:
        """Start another version of what the passage's last generation wrote; cut the text back."""
        self._check_new(record)
        if not self._passage(passage).spans:
            raise InputError(
                "The model wrote nothing in the version that is shown: choose another one, or "
                "continue the text."
            )
        return self._do(operations.BeginAnother(record, passage))

    def begin_choice(self, record: GenerationRecord, unit: Unit) -> Change:
        """Start a version that takes another way at `unit`; cut the text back to it."""
        self._check_new(record)
        if self.unit_at(unit.start) != unit:
            raise InputError("The text has changed at this token: click it again.")
        return self._do(operations.BeginChoice(record, unit.start))

    def replace(
        self, record: GenerationRecord, start: int, end: int, steps: Sequence[Step]
    ) -> Change:
        """Put steps in the place of a selection; what stood there is kept as a version."""
        self._check_new(record)
        if not 0 <= start <= end <= self.length:
            raise ValueError(f"no text from {start} to {end}")
        operation = operations.Replace(record, start, end, summarize(steps))
        return self._do(operation, Steps(record.id, 0, tuple(steps)))

    def ask(self, record: GenerationRecord, start: int, end: int, *, again: bool = False) -> None:
        """Start an answer beside the text to what is asked of it from `start` to `end`.

        With `again`, the answers before are kept; they are to the same question.
        """
        self._check_new(record)
        if not 0 <= start <= end <= self.length:
            raise ValueError(f"no text from {start} to {end}")
        self._do(operations.Ask(record, start, end, again))

    def dismiss(self) -> None:
        """Let what is asked go, with its answers."""
        if self._page.request is not None:
            self._do(operations.Dismiss())

    def write(self, generation: int, steps: Sequence[Step]) -> Change:
        """Put the text of new steps at the head of their generation; of an answer, beside it.

        Steps that come after its end are left out: its version may stand no longer.
        """
        running = self._page.generations[generation]
        if running.outcome is not None or not steps:
            return NO_CHANGE
        new = Steps(generation, running.steps, tuple(steps))
        return self._do(operations.Write(generation, summarize(steps)), new)

    def end(self, generation: int, outcome: Outcome | str) -> None:
        """End a generation: with the engine's outcome, or a word for what ended it."""
        if self._page.generations[generation].outcome is None:
            self._do(operations.End(generation, outcome))

    def show_version(self, passage: int, version: int) -> Change:
        """Put a kept version of a passage in the place of the standing one, which is kept."""
        found = self._passage(passage)
        if version == found.standing:
            return NO_CHANGE
        if version not in found.kept:
            raise ValueError(f"passage {passage} has no version {version}")
        return self._do(operations.Show(passage, version))

    def accept(self, until: int | None = None) -> None:
        """Accept the proposal, or the part of it before `until`."""
        if self.pending is not None:
            start, end = self.pending
            self._do(operations.Accept(end if until is None else min(max(start, until), end)))

    def refuse(self) -> Change:
        """Take away what is not accepted of the proposal; its version is kept."""
        return NO_CHANGE if self.pending is None else self._do(operations.Refuse())

    def apply(self, operation: Operation) -> Change:
        """Do an operation again, as it was logged; it is not logged a second time."""
        self.number += 1
        change = self._apply(operation)
        if change.removed or change.inserted or isinstance(operation, operations.Edit):
            self.changed = self.number
        return change

    def _do(self, operation: Operation, steps: Steps | None = None) -> Change:
        change = self.apply(operation)
        self._log.append(self.number, operation, steps)
        return change

    def _apply(self, operation: Operation) -> Change:
        page = self._page
        match operation:
            case operations.Edit():
                self._edit(operation)
            case operations.Begin():
                versions.begin(page, operation.record, operation.position)
            case operations.BeginAnother():
                passage = page.passages[operation.passage]
                return versions.begin_another(page, operation.record, passage)
            case operations.BeginChoice():
                return versions.begin_choice(page, operation.record, operation.position)
            case operations.Replace(record, start, end, written):
                return versions.replace(page, record, start, end, written)
            case operations.Ask(record, start, end, again):
                versions.ask(page, record, start, end, again=again)
            case operations.Dismiss():
                page.request = None
            case operations.Write():
                generation = page.generations[operation.generation]
                return versions.write(page, generation, operation.written)
            case operations.End():
                page.generations[operation.generation].outcome = operation.outcome
            case operations.Show():
                return versions.show(page, page.passages[operation.passage], operation.version)
            case operations.Accept():
                if page.proposal is not None:
                    page.proposal.start = operation.until
            case operations.Refuse():
                if page.proposal is not None:
                    return versions.refuse(page, page.proposal)
        return NO_CHANGE

    def _edit(self, edit: operations.Edit) -> None:
        kept = versions.find_kept(self._page, edit.position, edit.removed, edit.inserted)
        if kept is None:
            self._page.edit(edit.position, edit.removed, edit.inserted)
        else:
            versions.show(self._page, *kept)

    def _passage(self, passage: int) -> Passage:
        return self._page.passages[passage]

    def _has_children(self, passage: Passage, version: int) -> bool:
        return passage.parent == version or any(
            other.parent == version for other in passage.kept.values()
        )

    def _check_new(self, record: GenerationRecord) -> None:
        if record.id < 1 or record.id in self._page.generations:
            raise ValueError(f"{record.id} is no new generation")
