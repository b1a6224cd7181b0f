"""Which model is at work, or on its way to it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from PySide6.QtCore import QObject, Signal

from desktop.engine_link import Ended, EngineLink, Job, Report
from models import library, operations
from models.catalogue import STARTER
from models.engine.blocking import BlockingEngine
from models.errors import InputError
from models.operations import OpenedModel

State = Literal["none", "loading", "ready", "resting"]
Holder = Literal["strategies", "quantization", "questions"]


@dataclass(frozen=True, slots=True)
class ModelChoice:
    """What to load: a path or a name of the library (None: the starter), and how."""

    model: str | None = None
    context: int | None = None
    threads: int | None = None
    gpu_layers: int | None = None


class LoadedModel(QObject):
    """The one model of the engine. A model that rests is not in memory, for its holder needs the
    room. `changed` follows every change of `state` and `part`.

    `holder` is the workspace that has the models for itself: two at once would need the room of
    both.

    `failed` brings the outcome of a load that came to nothing; the one before is gone then, for
    there may not have been room for both.
    """

    changed = Signal()
    failed = Signal(Ended)

    def __init__(self, link: EngineLink, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._link = link
        self._job: Job | None = None
        self.state: State = "none"
        self.part = 0.0  # of the file that has been read, 0..1
        self.opened: OpenedModel | None = None
        self.choice = ModelChoice()
        self.holder: Holder | None = None
        link.died.connect(self._load_again)

    @property
    def name(self) -> str:
        """The name of the model at work, or of the one that is wanted; empty if there is none."""
        if self.opened is not None:
            return self.opened.loaded.model
        wanted = self.choice.model
        with contextlib.suppress(InputError):
            return library.find_model(STARTER.id if wanted is None else wanted).stem
        return ""

    def load(self, choice: ModelChoice) -> None:
        """Load a model in place of the one at work; one that rests waits for its holder."""
        self.choice = choice
        if self.state == "resting" and self.holder is not None:
            return
        if self._job is not None:
            self._link.cancel(self._job)
        self.state, self.part, self.opened = "loading", 0.0, None

        def work(engine: BlockingEngine, report: Report) -> None:
            report(
                operations.open_model(
                    engine,
                    model=choice.model,
                    context=choice.context,
                    threads=choice.threads,
                    gpu_layers=choice.gpu_layers,
                    on_progress=report,
                )
            )

        def hear(events: list[float | OpenedModel]) -> None:
            if job is not self._job:
                return  # another load has taken its place
            for event in events:
                if isinstance(event, OpenedModel):
                    self.opened = event
                else:
                    self.part = event
            self.changed.emit()

        def end(ended: Ended) -> None:
            if job is not self._job:
                return  # another load has taken its place
            self._job = None
            self.state = "none" if self.opened is None else "ready"
            self.changed.emit()
            if ended.failed:
                self.failed.emit(ended)

        self._job = job = self._link.submit(work, on_events=hear, on_end=end)
        self.changed.emit()

    def take(self, holder: Holder, *, ready: bool = False) -> None:
        """Have the models for one workspace alone, until it calls `give_back`.

        Raises InputError while another has them, and with `ready` while no model is at work.
        """
        if self.holder is not None:
            names: dict[Holder, str] = {
                "strategies": self.tr("Strategies"),
                "quantization": self.tr("Quantization"),
                "questions": self.tr("Questions"),
            }
            raise InputError(
                self.tr(
                    "{workspace} is at work with the models: wait until it is done, or stop it."
                ).format(workspace=names[self.holder])
            )
        if ready and self.state != "ready":
            raise InputError(
                self.tr("No model is at work yet: wait until it is loaded, or choose one.")
            )
        self.holder = holder

    def rest(self, then: Callable[[], None]) -> None:
        """Give the memory of the model to its holder, and call `then` when that is done."""
        if self._job is not None:
            self._link.cancel(self._job)
            self._job = None
        self._choose_file()
        self.state, self.opened = "resting", None

        def end(_ended: Ended) -> None:
            then()

        self._link.submit(lambda engine, _report: engine.unload(), on_end=end)
        self.changed.emit()

    def give_back(self) -> None:
        """The holder is done: load the model again that rests."""
        self.holder = None
        if self.state == "resting":
            self.load(self.choice)

    def _load_again(self) -> None:
        """The engine has died: the model goes into the new one, in sight, and can be waited for."""
        if self.opened is not None:
            self._choose_file()
            self.load(self.choice)

    def _choose_file(self) -> None:
        """Choose the model at work by its file: a name may stand for another one by then."""
        if self.opened is not None:
            self.choice = replace(self.choice, model=self.opened.loaded.path)
