"""What the model may do with a selection: rewrite, shorten, expand, translate, find titles."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import msgspec
from PySide6.QtCore import QObject, Signal

from desktop.engine_link import Ended, EngineLink, Job, Report
from desktop.loaded_model import LoadedModel
from desktop.manuscript.operations import GenerationRecord
from desktop.write.change_card import ChangeCard
from desktop.write.continuing import Way
from desktop.write.page import Page
from desktop.write.prompt_progress import PromptProgress
from desktop.write.read_units import utf16_length
from models import operations
from models.engine import protocol
from models.engine.blocking import BlockingEngine
from models.engine.text import TextStream
from models.instructions import clean_answer, read_titles
from models.sampling import Chain

TITLES = "titles"
MOST_CONTEXT = 1_000  # code units before and after the selection that the model may see


@dataclass(slots=True)
class Proposal:
    """A change on its way: of the text from `start` to `end`, in UTF-16 units."""

    instruction: str
    title: str
    start: int
    end: int
    old: str
    seed: int
    model: str = ""
    chain: Chain = field(default_factory=Chain)
    job: Job | None = None
    steps: list[protocol.Step] = field(default_factory=list)

    @property
    def answer(self) -> str:
        return "".join(step.text for step in self.steps)


class Rewriting(QObject):
    """One proposed change at a time, shown on the card until it is accepted or refused."""

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
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._link = link
        self._model = model
        self._page = page
        self._card = card
        self._way = way
        self._seeds = seeds
        self._proposal: Proposal | None = None
        card.accepted.connect(self.accept)
        card.refused.connect(self.refuse)
        page.changed.connect(lambda _position: self._follow_change())
        page.left.connect(self.refuse)

    @property
    def running(self) -> bool:
        return self._proposal is not None and self._proposal.job is not None

    @property
    def proposing(self) -> bool:
        return self._proposal is not None

    def propose(self, instruction: str, title: str) -> None:
        """Ask for a change of the selection; for titles, of the whole text if none is selected.

        `title` stands on the card.
        """
        cursor = self._page.editor.textCursor()
        start, end = cursor.selectionStart(), cursor.selectionEnd()
        if start == end and instruction == TITLES:
            start, end = 0, self._page.manuscript.length
        old = self._page.manuscript.text_between(start, end)
        if not old.strip():
            return
        start += len(old) - len(old.lstrip())  # white space has one code unit a character
        end -= len(old) - len(old.rstrip())
        old = old.strip()
        self.refuse()
        self._ask(Proposal(instruction, title, start, end, old, self._seeds()))

    def another(self) -> None:
        """Ask for the same change again."""
        last = self._proposal
        if last is not None and last.job is None:
            self._ask(replace(last, seed=self._seeds(), steps=[]))

    def stop(self) -> None:
        """Stop the model; what it has written is proposed."""
        if self._proposal is not None and self._proposal.job is not None:
            self._link.cancel(self._proposal.job)

    def accept(self) -> None:
        """Make the change, as one step of undo."""
        proposal = self._proposal
        if proposal is None or not self._card.ready:
            return
        manuscript, new = self._page.manuscript, self._card.new_text
        self._close()
        if proposal.instruction == TITLES:
            self._page.editor.set_heading(new)
            return
        record = GenerationRecord(
            id=manuscript.next_generation,
            model=proposal.model,
            kind=proposal.instruction,
            seed=proposal.seed,
            chain=operations.describe_chain(proposal.chain),
            special=True,
            started_at=time.time(),
        )
        steps = cut_steps(proposal.steps, new)
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
            self._close()

    def _ask(self, proposal: Proposal) -> None:
        way, manuscript = self._way(), self._page.manuscript
        proposal.chain = way.chain
        proposal.model = self._model.name
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
                seed=proposal.seed,
                candidates=way.candidates,
            ):
                report(event)

        progress = PromptProgress(self.progressed.emit)

        def hear(events: list[Any]) -> None:
            steps = [event.step for event in events if isinstance(event, protocol.Stepped)]
            proposal.steps += steps
            if proposal is not self._proposal:
                return
            progress.follow(events)
            if steps:
                self.written.emit()
                titles = proposal.instruction == TITLES
                answer = proposal.answer
                self._card.grow("\n".join(read_titles(answer)) if titles else clean_answer(answer))

        def end(ended: Ended) -> None:
            proposal.job = None
            if proposal is not self._proposal:
                return
            if ended.failed and not proposal.steps:
                self._close()
            elif proposal.instruction == TITLES:
                self._card.propose_choices(read_titles(proposal.answer))
            else:
                self._card.propose(clean_answer(proposal.answer))
            self.state_changed.emit()
            if ended.failed:
                self.failed.emit(ended)

        self._proposal = proposal
        self._card.begin(proposal.title, proposal.old)
        self._page.mark((proposal.start, proposal.end))
        proposal.job = self._link.submit(work, on_events=hear, on_end=end)
        self.state_changed.emit()

    def _close(self) -> None:
        self._proposal = None
        self._card.hide()
        self._page.mark(None)
        self._page.editor.setFocus()
        self.state_changed.emit()

    def _follow_change(self) -> None:
        """The text has changed: a change of words that may have moved is not made."""
        proposal = self._proposal
        if proposal is None:
            return
        if self._page.manuscript.text_between(proposal.start, proposal.end) != proposal.old:
            self.refuse()
        else:
            self._page.editor.set_pending((proposal.start, proposal.end))  # Tab is for it still


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
