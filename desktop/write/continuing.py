"""Letting the model write: continue, stop, another version, another token, accept, refuse."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal

from desktop.engine_link import Ended, EngineLink, Job, Report
from desktop.loaded_model import LoadedModel
from desktop.manuscript.manuscript import Manuscript
from desktop.manuscript.operations import GenerationRecord
from desktop.manuscript.passages import Change
from desktop.manuscript.text_buffer import decode_utf16, encode_utf16
from desktop.manuscript.units import OWN, Unit
from desktop.write.page import Page
from desktop.write.prompt_progress import PromptProgress
from models import operations
from models.engine import protocol
from models.engine.blocking import BlockingEngine
from models.errors import InputError
from models.sampling import Chain

PROMPT_CHARACTERS = 16  # of text that are sent for each token of context, at the most


@dataclass(slots=True)
class Way:
    """How the model writes: what the control bar and the settings say."""

    chain: Chain
    tokens: int
    special: bool
    candidates: int


@dataclass(slots=True)
class Running:
    """The continuation at work."""

    manuscript: Manuscript
    record: GenerationRecord
    job: Job
    replaced: str  # what stood where it writes
    joins: bool  # its next words belong to the undo step before
    progress: PromptProgress
    written: str = ""
    dropped: bool = False  # the person went on writing: what still comes is not wanted


class Continuing(QObject):
    """The continuations of one page, one at a time.

    `state_changed` follows begin and end; `stepped` brings what was written, with its record;
    `forgotten` says that the text is longer than the context.
    """

    state_changed = Signal()
    stepped = Signal(object, object)  # GenerationRecord, list[protocol.Step]
    finished = Signal(object)  # protocol.Outcome
    repeated = Signal()  # another version came out as what it was to replace
    failed = Signal(object)  # Ended
    reading = Signal(int, int)  # tokens of the prompt, and of them reused
    progressed = Signal(int, int)  # tokens read of a prompt that takes long, of all
    forgotten = Signal(int, int)  # tokens that the model no longer sees of the text, and those kept

    def __init__(
        self,
        link: EngineLink,
        model: LoadedModel,
        page: Page,
        way: Callable[[], Way],
        seeds: Callable[[], int],
        parent: QObject | None = None,
    ) -> None:
        """`way` and `seeds` are asked at each beginning; `way` may raise InputError."""
        super().__init__(parent)
        self._link = link
        self._model = model
        self._page = page
        self._way = way
        self._seeds = seeds
        self._running: Running | None = None
        self._next: Callable[[], None] | None = None  # to do when the running one has ended
        self._at_end: Callable[[], object] | None = None  # the same, however it ends
        self.engine_jobs: dict[int, int] = {}  # generation -> number of its job in the engine
        page.edited.connect(self._give_way)
        page.editor.composition_changed.connect(self._give_way)
        page.left.connect(self._leave)

    @property
    def running(self) -> bool:
        return self._running is not None

    def go_on(self, *, join: bool = False) -> None:
        """Continue at the cursor; a proposal that the cursor stands in is accepted first.

        A model whose vocabulary has tokens for it always knows what follows the cursor. Another one
        is told of it with `join`, and then writes a passage between the two, not a continuation.
        """
        page = self._page
        position = page.editor.textCursor().selectionEnd()
        pending = page.manuscript.pending
        if pending is not None:
            start, end = pending
            if start <= position <= end:
                position = end
            self.accept(move=False)

        def place(record: GenerationRecord) -> Change:
            page.manuscript.begin(record, position)
            return Change(position, 0, "")

        self._begin("join" if join else "continue", place)

    def another(self) -> None:
        """Write another version of what was written last; the one that stands is kept."""
        if self._running is not None:
            self._stop_and_then(self.another)
            return
        passage, manuscript = self.passage, self._page.manuscript
        if passage is None:
            sentence = self.tr("The model has written nothing here yet: let it continue first.")
            self.failed.emit(Ended("input", sentence))
            return
        self._begin(
            self._kind_again(manuscript.last_generation(passage), "another"),
            lambda record: manuscript.begin_another(record, passage),
        )

    def choose(self, unit: Unit, tokens: list[int]) -> None:
        """Continue from other tokens in the place of `unit`; what stands there is kept.

        In the person's own text the new words are put before it: theirs are never taken away.
        """
        if self._running is not None:
            self._stop_and_then(lambda: self.choose(unit, tokens))
            return
        manuscript = self._page.manuscript

        def place(record: GenerationRecord) -> Change:
            if unit.generation != OWN:
                return manuscript.begin_choice(record, unit)
            manuscript.begin(record, unit.start)
            return Change(unit.start, 0, "")

        kind = self._kind_again(unit.generation, "choice")
        self._begin(kind, place, forced=tokens)

    def stop(self) -> None:
        """Stop the model; what it has written stays."""
        self._next = None
        if self._running is not None:
            self._link.cancel(self._running.job)

    def when_ended(self, then: Callable[[], object]) -> None:
        """Stop the model, and do `then` once its last words are in the text."""
        self.stop()
        if self._running is None:
            then()
        else:
            self._at_end = then

    def _stop_and_then(self, then: Callable[[], None]) -> None:
        self.stop()
        self._next = then

    def show_version(self, passage: int, version: int) -> None:
        """Put another version of a passage into the text; the one that stands is kept."""
        if self._running is None:
            self._page.apply(self._page.manuscript.show_version(passage, version))

    def accept(self, *, move: bool = True) -> None:
        """Take the whole proposal; the cursor goes behind it."""
        self._accept_until(None, move=move)

    def accept_word(self) -> None:
        """Take the next word of the proposal."""
        pending = self._page.manuscript.pending
        if pending is not None:
            self._accept_until(self._page.editor.next_word_end(*pending), move=True)

    def refuse(self) -> None:
        """Take the proposal out of the text; it stays among the versions."""
        if self._running is None and self._page.manuscript.pending is not None:
            self._page.apply(self._page.manuscript.refuse())

    def _accept_until(self, end: int | None, *, move: bool) -> None:
        pending = self._page.manuscript.pending
        if pending is None:
            return
        self._page.manuscript.accept(end)
        if move:
            self._page.editor.move_cursor(pending[1] if end is None else end)
        self._page.show_pending()

    @property
    def passage(self) -> int | None:
        """The passage at the cursor, else the one that was written last."""
        manuscript = self._page.manuscript
        found = manuscript.passage_at(self._page.editor.textCursor().position())
        return manuscript.last_passage if found is None else found.id

    def _begin(
        self,
        kind: str,
        place: Callable[[GenerationRecord], Change],
        *,
        forced: list[int] | None = None,
    ) -> None:
        try:
            self._start(kind, place, forced or [])
        except InputError as error:
            self.failed.emit(Ended("input", str(error)))

    def _kind_again(self, generation: int | None, kind: str) -> str:
        """`kind`, or "join" where the words that are written anew went towards what follows."""
        if generation and self._page.manuscript.record(generation).kind == "join":
            return "join"
        return kind

    def _start(
        self, kind: str, place: Callable[[GenerationRecord], Change], forced: list[int]
    ) -> None:
        # before the text is cut back for what cannot come
        if self._model.state in {"none", "resting"}:
            raise InputError(self.tr("No model is at work: choose one in the library."))
        way, seed = self._way(), self._seeds()
        manuscript = self._page.manuscript
        opened = self._model.opened
        record = GenerationRecord(
            id=manuscript.next_generation,
            model=self._model.name,
            kind=kind,
            seed=seed,
            chain=operations.describe_chain(way.chain),
            special=way.special,
            started_at=time.time(),
            forced=forced,
        )
        whole = encode_utf16(manuscript.text)
        change = place(record)
        cut = whole[2 * change.position : 2 * (change.position + change.removed)]
        self._page.apply(change)
        head = change.position
        before = manuscript.text_between(0, head)
        after = manuscript.text_between(head, manuscript.length)
        context = opened.loaded.context if opened is not None else operations.DEFAULT_CONTEXT
        prompt = last_part(before, context * PROMPT_CHARACTERS)
        knows = kind == "join" or (opened is not None and opened.loaded.middle == "tokens")
        following = after[: context * PROMPT_CHARACTERS] if knows and after.strip() else ""

        def work(engine: BlockingEngine, report: Report) -> None:
            for event in operations.write(
                engine,
                prompt,
                after=following,
                chain=way.chain,
                seed=seed,
                tokens=way.tokens,
                special=way.special,
                trim=True,
                candidates=way.candidates,
                keep_logits=True,
                forced=record.forced,
            ):
                report(event)

        running = Running(
            manuscript,
            record,
            self._link.submit(work, on_events=self._hear, on_end=self._end),
            replaced=decode_utf16(cut),
            joins=bool(change.removed),
            progress=PromptProgress(self.progressed.emit),
        )
        self._running = running
        self.state_changed.emit()

    def _hear(self, events: list[Any]) -> None:
        running = self._running
        if running is None or running.manuscript is not self._page.manuscript:
            return
        steps = []
        outcome = None
        for event in events:
            match event:
                case protocol.Stepped():
                    self.engine_jobs[running.record.id] = event.job
                    steps.append(event.step)
                case protocol.Reading():
                    self.reading.emit(event.total, event.reused)
                case protocol.Trimmed():
                    self.forgotten.emit(event.forgotten, event.kept)
                case protocol.Finished():
                    outcome = event.outcome
        running.progress.follow(events)
        if steps and not running.dropped:
            change = self._page.manuscript.write(running.record.id, steps)
            self._page.apply(change, join=running.joins, follow=True)
            running.joins = running.joins or bool(change.inserted)
            running.written += "".join(step.text for step in steps)
            self.stepped.emit(running.record, steps)
        if outcome is not None:  # after the steps that came with it: an ended one takes no more
            self._page.manuscript.end(running.record.id, outcome)
            self.finished.emit(outcome)

    def _end(self, ended: Ended) -> None:
        running, self._running = self._running, None
        then, self._next = self._next, None
        if running is not None and running.manuscript is self._page.manuscript:
            running.manuscript.end(running.record.id, ended.kind)  # unless its outcome came
        self._do_at_end()
        self.state_changed.emit()
        if ended.failed:
            self.failed.emit(ended)
        elif then is not None:
            then()
        elif running is not None and running.written and running.written == running.replaced:
            self.repeated.emit()

    def _give_way(self, composing: bool = True) -> None:
        """The person writes: the model stops, and writes nothing more into the text."""
        if self._running is not None and composing:
            self._running.dropped = True
            self.stop()

    def _leave(self) -> None:
        """The page goes to another document: what runs ends in the one it was begun in."""
        if self._running is not None:
            self._running.manuscript.end(self._running.record.id, "cancelled")
            self._do_at_end()
        self._give_way()
        self.engine_jobs.clear()

    def _do_at_end(self) -> None:
        then, self._at_end = self._at_end, None
        if then is not None:
            then()


def last_part(text: str, size: int) -> str:
    """Return the last `size` to 2 `size` characters of a long text.

    The cut moves in whole steps of `size`, so that the next prompt begins at the same place and
    what the engine has read of it can be used again.
    """
    return text if len(text) <= 2 * size else text[len(text) // size * size - size :]
