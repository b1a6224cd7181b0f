"""What the window says of its model: on the status line, the settings page and the first page."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject

from desktop.engine_link import Ended
from desktop.errors.words import say
from desktop.loaded_model import LoadedModel, State
from desktop.shell.first_run import FirstRun, Recommendation, StarterState
from desktop.shell.main_window import MainWindow
from desktop.shell.notices import NoticeButton
from desktop.shell.settings_page import SettingsPage
from desktop.shell.status_line import FitSeverity
from models.engine.protocol import Outcome
from models.machine import total_memory
from models.memory_plan import MemoryPlan, Verdict
from models.recommendation import recommend
from models.size import format_size

_SEVERITIES: Mapping[Verdict, FitSeverity] = {
    Verdict.FITS: "good",
    Verdict.TIGHT: "warning",
    Verdict.DOES_NOT_FIT: "bad",
}
_STARTER_STATES: Mapping[State, StarterState] = {
    "none": "missing",
    "loading": "loading",
    "ready": "ready",
    "resting": "ready",
}


class ModelStatus(QObject):
    """Follows the model and its continuations."""

    def __init__(
        self,
        model: LoadedModel,
        main: MainWindow,
        settings_page: SettingsPage,
        first_run: FirstRun | None,
        choose_model: Callable[[], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._main = main
        self._settings_page = settings_page
        self._first_run = first_run
        self._choose_model = choose_model
        model.changed.connect(self.show)
        model.failed.connect(self._say_failure)

    def show(self) -> None:
        """Show the model at work, in the language of the window."""
        line, opened = self._main.status_line, self._model.opened
        if self._first_run is not None:
            self._first_run.show_starter(_STARTER_STATES[self._model.state])
            self._first_run.show_recommendation(self._recommend())
        if opened is None:
            loading = self.tr("Loading the model: {part} %")
            part = round(100 * self._model.part)
            texts = {
                "loading": loading.format(part=part),
                "resting": self.tr("The model rests while others work"),
            }
            line.set_model(texts.get(self._model.state, self.tr("no model")), "")
            line.set_fit("")
            line.set_context(0, 0)
            line.set_reused(None)
            line.set_speed(0)
        else:
            level = opened.summary.level
            name = opened.loaded.model.removesuffix(level).rstrip(".-_") or opened.loaded.model
            line.set_model(name, level)
            sentence = self._describe_fit(opened.plan)
            line.set_fit(sentence, _SEVERITIES[opened.plan.verdict])
            line.set_context(0, opened.loaded.context)
            self._settings_page.show_model(opened.loaded.model, sentence)
            self._main.notices.withdraw("model")

    def forget_document(self) -> None:
        """Another document is open: what the model did in the one before is not shown."""
        line, opened = self._main.status_line, self._model.opened
        line.set_context(0, 0 if opened is None else opened.loaded.context)
        line.set_reused(None)
        line.set_speed(0)

    def show_prompt(self, tokens: int, reused: int) -> None:
        """Show how many tokens the prompt has, and how many of them had been read before."""
        opened = self._model.opened
        if opened is not None:
            self._main.status_line.set_context(tokens, opened.loaded.context)
        self._main.status_line.set_reused(reused / tokens if tokens else None)

    def show_outcome(self, outcome: Outcome) -> None:
        """Show how fast the model wrote, and how full its context is now."""
        opened = self._model.opened
        self._main.status_line.set_speed(outcome.tokens_per_second)
        if opened is not None:
            used = min(outcome.prompt_tokens + outcome.tokens, opened.loaded.context)
            self._main.status_line.set_context(used, opened.loaded.context)

    def _say_failure(self, ended: Ended) -> None:
        self._main.notices.post(
            "model",
            ended.sentence,
            "bad",
            ended.details,
            [NoticeButton(lambda: self.tr("Choose a model"), self._choose_model)],
        )

    def _describe_fit(self, plan: MemoryPlan) -> str:
        size = format_size(max(0, plan.available_bytes - plan.needed_bytes))
        if plan.verdict is Verdict.FITS:
            return self.tr("fits, {size} to spare").format(size=size)
        if plan.verdict is Verdict.TIGHT:
            return self.tr("tight, {size} to spare").format(size=size)
        return say(plan.sentence)

    def _recommend(self) -> Recommendation | None:
        found = recommend(total_memory())
        if found is None:
            return None
        return Recommendation(
            name=found.model.name,
            level=found.level,
            size=format_size(found.size_bytes),
            sentence=self.tr("fits, {size} to spare").format(size=format_size(found.spare_bytes)),
            command=f"inkglass models get {found.model.id} --level {found.level}",
        )
