"""Letting the model read the person's text: how sure would it have been of each word?"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Signal

from desktop.engine_link import Ended, EngineLink, Job, Report
from desktop.write.page import Page
from desktop.write.read_units import ReadUnits, utf16_length
from models import operations
from models.engine import protocol
from models.engine.blocking import BlockingEngine
from models.sampling import Chain

CANDIDATES = 20


class Reading(QObject):
    """Reads the page once when it is asked to; what changes afterwards is not tinted."""

    state_changed = Signal()
    failed = Signal(object)  # Ended
    progressed = Signal(int, int)  # tokens read, of all
    forgotten = Signal(int, int)  # tokens of the text that are not read, and those that are

    def __init__(
        self, link: EngineLink, page: Page, units: ReadUnits, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._link = link
        self._page = page
        self._units = units
        self._job: Job | None = None
        page.changed.connect(lambda _position: self.stop())

    @property
    def running(self) -> bool:
        return self._job is not None

    def start(self, *, special: bool) -> None:
        """Read the whole text; its heat comes block by block. `special` puts BOS before it."""
        text = self._page.manuscript.text
        self.stop()
        self._units.clear()
        if not text.strip():
            return

        def work(engine: BlockingEngine, report: Report) -> None:
            for event in operations.score(
                engine, text, chain=Chain(), special=special, candidates=CANDIDATES
            ):
                report(event)

        def hear(events: list[Any]) -> None:
            if job is not self._job:
                return
            for event in events:
                match event:
                    case protocol.Scored():
                        self._units.add(utf16_length(text[: event.at]), event.steps)
                    case protocol.Trimmed():
                        self.forgotten.emit(event.forgotten, event.kept)
                    case protocol.Reading():
                        self.progressed.emit(event.done, event.total)
            self._page.editor.refresh_heat()

        def end(ended: Ended) -> None:
            if job is self._job:
                self._job = None
                self.state_changed.emit()
            if ended.failed:
                self.failed.emit(ended)

        self._job = job = self._link.submit(work, on_events=hear, on_end=end)
        self.state_changed.emit()

    def stop(self) -> None:
        """Stop reading; what was read keeps its heat."""
        if self._job is not None:
            job, self._job = self._job, None
            self._link.cancel(job)
            self.state_changed.emit()

    def clear(self) -> None:
        """Take the heat of the person's own words away."""
        self.stop()
        self._units.clear()
        self._page.editor.refresh_heat()
