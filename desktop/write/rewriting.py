"""What the model may do with a selection: rewrite, shorten, expand, translate, find titles."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec
from PySide6.QtCore import QObject, Signal

from desktop.actions import Action
from desktop.engine_link import Ended, EngineLink, Job, Report
from desktop.loaded_model import LoadedModel
from desktop.manuscript.operations import GenerationRecord
from desktop.manuscript.text_buffer import decode_utf16
from desktop.write.change_card import ChangeCard
from desktop.write.continuing import Way
from desktop.write.page import Page
from desktop.write.prompt_progress import PromptProgress
from desktop.write.read_units import utf16_length
from models import operations
from models.engine import protocol
from models.engine.blocking import BlockingEngine
from models.engine.text import TextStream
from models.errors import JobError
from models.instructions import clean_answer, read_titles

TITLES = "titles"
MOST_CONTEXT = 1_000  # code units before and after the selection that the model may see


@dataclass(slots=True)
class Answer:
    """What the model wrote when it was asked once, and how it was asked."""

    record: GenerationRecord
    job: Job | None = None
    engine_job: int | None = None  # number of its job in the engine that is at work
    steps: list[protocol.Step] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(step.text for step in self.steps)


@dataclass(slots=True)
class Proposal:
    """A change on its way: of the text from `start` to `end`, in UTF-16 units.

    One of its answers is shown; while the model writes, that is the last one.
    """

    instruction: str
    start: int
    end: int
    old: str
    answers: list[Answer] = field(default_factory=list)
    shown: int = 0

    @property
    def answer(self) -> Answer:
        return self.answers[self.shown]


class Rewriting(QObject):
    """One proposed change at a time, shown on the card until it is accepted or refused.

    The manuscript keeps its answers: a document that is opened again has them on the card.
    """

    state_changed = Signal()
    progressed = Signal(int, int)  # tokens read of a prompt that takes long, of all
    written = Signal()  # its first words, and more of them
    failed = Signal(object)  # Ended

    def __init__(
        self,
        link: EngineLink,
        model: LoadedModel,
        page: Page,
        card: ChangeCard,
        way: Callable[[], Way],
        seeds: Callable[[], int],
        engine_jobs: MutableMapping[int, int],
        actions: Mapping[str, Action],
        parent: QObject | None = None,
    ) -> None:
        """`engine_jobs` takes in by which job of the engine an accepted change was written.
        `actions` are those of the window by the instructions that they give.
        """
        super().__init__(parent)
        self._link = link
        self._model = model
        self._page = page
        self._card = card
        self._way = way
        self._seeds = seeds
        self._engine_jobs = engine_jobs
        self._actions = actions
        self._proposal: Proposal | None = None
        self._length = 0  # of the text, when the proposal was where it is
        card.accepted.connect(self.accept)
        card.refused.connect(self.refuse)
        card.turned.connect(self._turn)
        page.changed.connect(self._follow_change)
        page.left.connect(self._leave)
        for shown in (page.opened, page.stayed):
            shown.connect(self._resume)

    @property
    def running(self) -> bool:
        return self._proposal is not None and self._proposal.answer.job is not None

    @property
    def proposing(self) -> bool:
        return self._proposal is not None

    def propose(self, instruction: str) -> None:
        """Ask for a change of the selection; for titles, of the whole text if none is selected."""
        cursor = self._page.editor.textCursor()
        start, end = cursor.selectionStart(), cursor.selectionEnd()
        if start == end and instruction == TITLES:
            start, end = 0, self._page.manuscript.length
        old = self._page.manuscript.text_between(start, end)
        if not old.strip():
            return
        start += len(old) - len(old.lstrip())  # white space has one code unit a character
        end -= len(old) - len(old.rstrip())
        self.refuse()
        self._ask(Proposal(instruction, start, end, old.strip()))

    def another(self) -> None:
        """Ask for the same change again; the answers before stay on the card."""
        if self._proposal is not None and not self.running:
            self._ask(self._proposal)

    def stop(self) -> None:
        """Stop the model; what it has written is proposed."""
        if self._proposal is not None and self._proposal.answer.job is not None:
            self._link.cancel(self._proposal.answer.job)

    def accept(self) -> None:
        """Make the change, as one step of undo."""
        proposal = self._proposal
        if proposal is None or not self._card.ready:
            return
        manuscript, new, answer = self._page.manuscript, self._card.new_text, proposal.answer
        self._close()
        if proposal.instruction == TITLES:
            manuscript.dismiss()
            self._page.editor.set_heading(new)
            return
        record = msgspec.structs.replace(answer.record, id=manuscript.next_generation)
        if answer.engine_job is not None:
            self._engine_jobs[record.id] = answer.engine_job
        steps = cut_steps(answer.steps, new)
        change = manuscript.replace(record, proposal.start, proposal.end, steps)
        stands_there = proposal.start <= self._page.editor.textCursor().position() <= proposal.end
        self._page.apply(change)
        if stands_there:  # else the first key would take the place of what is still selected
            self._page.editor.move_cursor(proposal.start + utf16_length(new))
        manuscript.end(record.id, "accepted")
        manuscript.accept()
        self._page.show_pending()

    def refuse(self) -> None:
        """Leave the text as it is."""
        if self._proposal is not None:
            self.stop()
            self._drop()

    def _drop(self) -> None:
        """Take the card away, with what is on it."""
        self._close()
        self._page.manuscript.dismiss()

    def _leave(self) -> None:
        """Take the card away; the manuscript keeps what is on it."""
        if self._proposal is not None:
            self.stop()
            self._close()

    def _resume(self) -> None:
        """Show what was asked when the document was last open, and neither taken nor refused."""
        manuscript = self._page.manuscript
        request = manuscript.request
        if request is None:
            return
        start, end = request.start, request.end
        old = manuscript.text_between(start, end)
        if request.kind != TITLES and old != decode_utf16(request.old):
            manuscript.dismiss()
            return
        answers = []
        for number in request.answers:
            with contextlib.suppress(JobError):  # the journal has lost a part of it
                count = manuscript.count_steps(number)
                steps = [manuscript.step(number, index) for index in range(count)]
                answers.append(Answer(manuscript.record(number), steps=steps))
        answers = [answer for answer in answers if answer.steps]
        if not answers or request.kind not in self._actions:
            return
        self._begin(Proposal(request.kind, start, end, old, answers))
        self._show(len(answers) - 1)
        self.state_changed.emit()

    def _ask(self, proposal: Proposal) -> None:
        way, manuscript = self._way(), self._page.manuscript
        record = GenerationRecord(
            id=manuscript.next_generation,
            model=self._model.name,
            kind=proposal.instruction,
            seed=self._seeds(),
            chain=operations.describe_chain(way.chain),
            special=True,
            started_at=time.time(),
        )
        answer = Answer(record)
        before = manuscript.text_between(max(0, proposal.start - MOST_CONTEXT), proposal.start)
        far = min(manuscript.length, proposal.end + MOST_CONTEXT)
        after = manuscript.text_between(proposal.end, far)

        def work(engine: BlockingEngine, report: Report) -> None:
            for event in operations.instruct(
                engine,
                proposal.instruction,
                proposal.old,
                before=before,
                after=after,
                chain=way.chain,
                seed=record.seed,
                candidates=way.candidates,
                keep_logits=True,
            ):
                report(event)

        progress = PromptProgress(self.progressed.emit)

        def hear(events: list[Any]) -> None:
            if proposal is not self._proposal:
                return
            progress.follow(events)
            steps, outcome = [], None
            for event in events:
                match event:
                    case protocol.Stepped():
                        answer.engine_job = event.job
                        steps.append(event.step)
                    case protocol.Finished():
                        outcome = event.outcome
            if steps:
                answer.steps += steps
                manuscript.write(record.id, steps)
                self.written.emit()
                titles = proposal.instruction == TITLES
                text = answer.text
                self._card.grow("\n".join(read_titles(text)) if titles else clean_answer(text))
            if outcome is not None:
                manuscript.end(record.id, outcome)

        def end(ended: Ended) -> None:
            answer.job = None
            if proposal is not self._proposal:
                return
            manuscript.end(record.id, ended.kind)  # unless its outcome came
            if not answer.steps and (ended.failed or len(proposal.answers) > 1):
                proposal.answers.remove(answer)
            if proposal.answers:
                self._show(len(proposal.answers) - 1)
                self.state_changed.emit()
            else:
                self._drop()
            if ended.failed:
                self.failed.emit(ended)

        again = bool(proposal.answers)
        manuscript.ask(record, proposal.start, proposal.end, again=again)
        proposal.answers.append(answer)
        self._begin(proposal)
        answer.job = self._link.submit(work, on_events=hear, on_end=end)
        self.state_changed.emit()

    def _begin(self, proposal: Proposal) -> None:
        """Show a proposal, the last of its answers."""
        proposal.shown = len(proposal.answers) - 1
        self._proposal = proposal
        action = self._actions[proposal.instruction]
        self._card.begin(lambda: action.shown_title, proposal.old)
        self._mark()

    def _show(self, index: int) -> None:
        """Show an answer that has ended."""
        proposal = self._proposal
        if proposal is None:
            return
        proposal.shown = index
        if proposal.instruction == TITLES:
            self._card.propose_choices(read_titles(proposal.answer.text))
        else:
            self._card.propose(clean_answer(proposal.answer.text))
        self._card.set_place(index + 1, len(proposal.answers))

    def _turn(self, by: int) -> None:
        """Show the next answer or the one before; from the last on to the first."""
        if self._proposal is not None and not self.running:
            self._show((self._proposal.shown + by) % len(self._proposal.answers))

    def _close(self) -> None:
        proposal, self._proposal = self._proposal, None
        if proposal is not None and proposal.answers and proposal.answer.job is not None:
            self._page.manuscript.end(proposal.answer.record.id, "cancelled")
        self._card.hide()
        self._page.mark(None)
        self._page.editor.setFocus()
        self.state_changed.emit()

    def _mark(self) -> None:
        if self._proposal is not None:
            self._length = self._page.manuscript.length
            self._page.mark((self._proposal.start, self._proposal.end))

    def _follow_change(self, position: int) -> None:
        """The text has changed from `position` on: stay with the words that are to be changed.

        Where they are no longer there, the change is not made; a title stands elsewhere anyway.
        """
        proposal, manuscript = self._proposal, self._page.manuscript
        if proposal is None:
            return
        by = manuscript.length - self._length
        places = [(proposal.start, proposal.end)]
        if position <= proposal.start:
            places.insert(0, (proposal.start + by, proposal.end + by))
        for start, end in places:
            if start >= 0 and manuscript.text_between(start, end) == proposal.old:
                proposal.start, proposal.end = start, end
                self._mark()
                return
        if proposal.instruction != TITLES:
            self.refuse()
            return
        proposal.start, proposal.end = (
            min(place, manuscript.length) for place in (proposal.start, proposal.end)
        )
        self._mark()


def cut_steps(steps: Sequence[protocol.Step], text: str) -> list[protocol.Step]:
    """Return the steps that wrote `text`, a part of what they wrote together; the first and the
    last lose what is not in it. A step whose bytes begin a character goes with that character.
    """
    start = "".join(step.text for step in steps).index(text)
    end, at, kept = start + len(text), 0, []
    stream = TextStream()
    for step in steps:
        inside = step.text[max(0, start - at) : max(0, end - at)]
        at += len(step.text)
        stream.add(bytes.fromhex(step.bytes))
        if inside or (start <= at < end and (stream.pending or not step.text)):
            kept.append(msgspec.structs.replace(step, text=inside))
    return kept
