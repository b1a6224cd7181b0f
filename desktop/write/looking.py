"""Looking into the text: the open token, other settings, other versions, the person's own words."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal

from desktop.engine_link import Ended, EngineLink, Job, Report
from desktop.glass.glass import Glass
from desktop.glass.token_text import show_unseen, space_bytes
from desktop.glass.unit_shown import UnitShown
from desktop.glass.version_lanes import Direction, step_to
from desktop.manuscript.operations import GenerationRecord
from desktop.manuscript.passages import VersionView
from desktop.manuscript.units import OWN, Unit
from desktop.shell.figures import format_percent
from desktop.write.continuing import Continuing
from desktop.write.page import Page
from desktop.write.read_units import ReadUnits
from models import operations
from models.engine.blocking import BlockingEngine
from models.engine.protocol import Step
from models.errors import InputError, JobError
from models.sampling import Chain

TIMELINE = 61  # tokens: the last one, and 60 before it
LIVE_MS = 330  # the eye reads no more candidates than these
SPARING_MS = 1_000  # where drawing them takes the processor from the model
VERSIONS_MS = 200  # after the cursor has moved

Labels = Callable[[Chain], Mapping[str, str]]


class Looking(QObject):
    """What the panel shows of the page, and what is done there.

    `failed` brings an outcome that is to be said; `opened` follows every change of what is open,
    and `versions_changed` whether there are versions to walk to.
    """

    failed = Signal(object)  # Ended
    opened = Signal()
    versions_changed = Signal()

    def __init__(
        self,
        link: EngineLink,
        page: Page,
        continuing: Continuing,
        glass: Glass,
        chain: Callable[[], Chain],
        labels: Labels,
        parent: QObject | None = None,
    ) -> None:
        """`chain` is the one in force, `labels` the titles of its stages."""
        super().__init__(parent)
        self._link = link
        self._page = page
        self._continuing = continuing
        self._glass = glass
        self._chain = chain
        self._labels = labels
        self._unit: Unit | None = None  # the open one
        self._passage: int | None = None  # whose versions are shown
        self._versions: Sequence[VersionView] = []
        self._newest: tuple[GenerationRecord, Step] | None = None  # that is not shown yet
        self._now: tuple[int, int] | None = None  # generation and index of the step on show
        self._decision: Job | None = None  # that decides the open step again
        self._live = QTimer(self, singleShot=True)
        self._live.timeout.connect(self._show_newest)
        self.read = ReadUnits(page)
        page.editor.unit_clicked.connect(self.open_at)
        page.opened.connect(self.close)
        page.changed.connect(lambda _position: self._follow_text())
        self._versions_due = QTimer(self, singleShot=True, interval=VERSIONS_MS)
        self._versions_due.timeout.connect(self._show_versions)
        page.editor.cursorPositionChanged.connect(self._versions_due.start)
        page.left.connect(self._leave)
        continuing.stepped.connect(self._follow_steps)
        continuing.state_changed.connect(self._follow_state)
        glass.chosen.connect(self._choose)
        glass.walked.connect(self.walk)
        glass.step_shown.connect(self._follow_step)
        glass.picked.connect(self._open_picked)
        glass.version_chosen.connect(self._show_version)

    @property
    def unit(self) -> Unit | None:
        """The open unit."""
        return self._unit

    @property
    def has_versions(self) -> bool:
        """Whether there are others to walk to."""
        return len(self._versions) > 1

    def unit_at(self, position: int) -> Unit | None:
        """The unit at a position of the text, if a model wrote or read it."""
        return self._page.manuscript.unit_at(position) or self.read.unit_at(position)

    def open_at(self, position: int) -> None:
        """Open the unit at a position of the text, if a model wrote or read it."""
        unit = self.unit_at(position)
        if unit is not None:
            self.open(unit)

    def open(self, unit: Unit) -> None:
        """Show what a unit was chosen from."""
        try:
            steps = self._steps(unit)
        except JobError as error:
            self.failed.emit(Ended("job", str(error)))
            return
        if not steps:
            return
        self._unit, self._decision = unit, None
        self._page.editor.set_open((unit.start, unit.end))
        text = self._page.manuscript.text_between(unit.start, unit.end)
        self._say(show_unseen(text), unit.probability)
        chain = self._recorded_chain(unit)
        self._glass.show_unit(UnitShown(text, steps, len(steps) - 1), self._labels(chain))
        self._show_timeline(unit)
        self._show_versions()
        self.opened.emit()

    def close(self) -> None:
        """Open nothing."""
        self._forget_open()
        self._glass.show_empty()
        if self._now is None:
            self._glass.set_timeline(np.empty(0, np.float32))
        self._show_versions()
        self.opened.emit()

    def walk(self, step: int) -> None:
        """Open the next unit of the text, or the one before; with none open, the nearest."""
        unit = self._near_cursor(step) if self._unit is None else self._neighbour(self._unit, step)
        if unit is not None:
            self.open(unit)
            self._page.editor.show_position(unit.start)

    def walk_versions(self, direction: Direction) -> None:
        """Show the version that lies in a direction of the tree."""
        if self._versions_due.isActive():  # the cursor has moved to another passage
            self._show_versions()
        version = step_to(self._versions, direction)
        if version is not None:
            self._show_version(version)

    def _leave(self) -> None:
        self._newest = self._now = None
        self._live.stop()

    def _show_version(self, version: int) -> None:
        if self._passage is not None:
            self._continuing.show_version(self._passage, version)
            self._show_versions()

    def try_settings(self) -> None:
        """Decide the open step again under the chain in force, without running the model.

        What stands against it is said in the panel: each move of a slider asks for it.
        """
        unit, self._decision = self._unit, None
        if unit is None or unit.generation == OWN or self._continuing.running:
            return
        try:
            steps = self._steps(unit)
        except JobError as error:
            self.failed.emit(Ended("job", str(error)))
            return
        try:
            chain = self._chain()
        except InputError as error:
            self._show_undecided(unit, steps, str(error))
            return
        original = steps[self._glass.position]
        if chain == self._recorded_chain(unit):
            self._show_recorded(unit, steps)
            return
        job = self._continuing.engine_jobs.get(unit.generation)
        if job is None:
            self._show_undecided(unit, steps)
            return

        def work(engine: BlockingEngine, report: Report) -> None:
            report(
                engine.decide(
                    job,
                    original.index,
                    operations.describe_chain(chain),
                    candidates=max(1, len(original.candidates)),
                    samplers=operations.open_samplers_folder(),
                )
            )

        def hear(events: list[Any]) -> None:
            if decision is self._decision:
                self._glass.show_redecided(original, events[-1], self._labels(chain))

        def end(ended: Ended) -> None:
            if ended.kind != "input":
                if ended.failed:
                    self.failed.emit(ended)
            elif decision is self._decision:
                self._show_undecided(unit, steps, ended.sentence)

        self._decision = decision = self._link.submit(
            work, on_events=hear, on_end=end, key="decide"
        )

    def _show_recorded(self, unit: Unit, steps: Sequence[Step]) -> None:
        """Show the step of the open unit that is on show as it was decided."""
        text = self._page.manuscript.text_between(unit.start, unit.end)
        shown = UnitShown(text, steps, self._glass.position)
        self._glass.show_unit(shown, self._labels(self._recorded_chain(unit)))

    def _show_undecided(self, unit: Unit, steps: Sequence[Step], sentence: str = "") -> None:
        """The same, and why other settings cannot be tried on it."""
        self._show_recorded(unit, steps)
        self._glass.say_undecided(sentence)

    def _forget_open(self) -> None:
        self._unit = self._decision = None
        self._page.editor.set_open(None)
        self._page.editor.say("")

    def _follow_step(self, position: int) -> None:
        """Another of the tokens of the open unit is on show."""
        if self._unit is not None:
            step = self._glass.steps[position]
            name = show_unseen(step.text) or space_bytes(step.bytes)
            self._say(name, math.exp(step.logprob))
            self.try_settings()

    def _say(self, token: str, probability: float) -> None:
        sentence = self.tr("“{token}”: {percent} likely, as the model saw it")
        self._page.editor.say(sentence.format(token=token, percent=format_percent(probability)))

    def _choose(self, position: int, token: int) -> None:
        """Write on from another token; what stands there is kept as a version."""
        unit = self._unit
        if unit is None:
            return
        try:
            steps = self._steps(unit)
        except JobError as error:
            self.failed.emit(Ended("job", str(error)))
            return
        if token == steps[position].token:
            return
        self._page.editor.setFocus()  # where Tab accepts what comes
        self._continuing.choose(unit, [step.token for step in steps[:position]] + [token])

    def _steps(self, unit: Unit) -> list[Step]:
        if unit.generation == OWN:
            return self.read.steps(unit)
        step = self._page.manuscript.step
        return [step(unit.generation, index) for index in range(unit.first, unit.last + 1)]

    def _recorded_chain(self, unit: Unit) -> Chain:
        record = self._page.manuscript.record(unit.generation) if unit.generation else None
        return Chain() if record is None else operations.read_chain(record.chain)

    def _neighbour(self, unit: Unit, step: int) -> Unit | None:
        if unit.generation == OWN:
            return self.read.neighbour(unit, step)
        return self._page.manuscript.neighbour(unit, step)

    def _near_cursor(self, step: int) -> Unit | None:
        """The unit at the cursor or behind it, or the one before it; else the nearest one."""
        position = self._page.editor.textCursor().position()
        behind = self.read.units_between(0, position)
        ahead = self.read.units_between(position, self._page.manuscript.length)
        near = (ahead[:1], behind[-1:]) if step > 0 else (behind[-1:], ahead[:1])
        return next(iter([*near[0], *near[1]]), None)

    def _follow_steps(self, record: GenerationRecord, steps: list[Step]) -> None:
        """While the model writes, its newest token is shown, now and then."""
        if self._unit is not None:
            self._forget_open()
            self.opened.emit()
        self._newest = record, steps[-1]
        if not self._live.isActive():
            self._show_newest()

    def _follow_state(self) -> None:
        if not self._continuing.running:
            self._show_newest()  # the last one always
        self._show_versions()

    def _show_newest(self) -> None:
        if self._newest is None:
            return
        (record, step), self._newest = self._newest, None
        self._glass.show_live(step, self._labels(operations.read_chain(record.chain)))
        entropies = self._page.manuscript.trace(record.id)["entropy"]
        shown = entropies[-TIMELINE:]
        self._glass.set_timeline(shown, len(entropies) - len(shown), None)
        self._now = record.id, step.index
        self._live.start(SPARING_MS if self._link.needs_every_core else LIVE_MS)

    def _show_timeline(self, unit: Unit) -> None:
        entropies = (
            self.read.entropies
            if unit.generation == OWN
            else self._page.manuscript.trace(unit.generation)["entropy"]
        )
        first = max(0, min(unit.last - TIMELINE // 2, len(entropies) - TIMELINE))
        shown = np.asarray(entropies[first : first + TIMELINE])
        self._glass.set_timeline(shown, first, unit.last)

    def _open_picked(self, index: int) -> None:
        """Open the unit of the token that was picked in the timeline."""
        manuscript = self._page.manuscript
        if self._unit is not None and self._unit.generation == OWN:
            unit = self.read.unit_of(index)
        else:
            generation = self._now[0] if self._now is not None else None
            if self._unit is not None:
                generation = self._unit.generation
            unit = None if generation is None else manuscript.unit_of(generation, index)
        if unit is not None:
            self.open(unit)
            self._page.editor.show_position(unit.start)

    def _follow_text(self) -> None:
        """Keep the open unit open while the text around it changes."""
        if not self._continuing.running:
            self._versions_due.start()
            if self._now is not None and self._page.manuscript.unit_of(*self._now) is None:
                self._now = None
                if self._unit is None:
                    self._glass.show_empty()  # what it told of is no longer in the text
        unit = self._unit
        if unit is None:
            return
        if unit.generation == OWN:
            now = self.read.unit_of(unit.last)
        else:
            now = self._page.manuscript.unit_of(unit.generation, unit.last)
        if now is None:
            self.close()
        elif now != unit:
            self._unit = now
            self._page.editor.set_open((now.start, now.end))

    def _show_versions(self) -> None:
        """Show the versions of the passage that is open, else of the one at the cursor."""
        manuscript = self._page.manuscript
        position = (
            self._unit.start
            if self._unit is not None
            else self._page.editor.textCursor().position()
        )
        passage = manuscript.passage_at(position)
        self._passage = manuscript.last_passage if passage is None else passage.id
        had_versions = self.has_versions
        self._versions = [] if self._passage is None else manuscript.versions(self._passage)
        self._glass.set_versions(self._versions)
        if self.has_versions != had_versions:
            self.versions_changed.emit()
