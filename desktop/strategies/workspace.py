"""The Strategies workspace: runs the columns in the engine, and says where they part."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from desktop.engine_link import Ended, EngineLink, Job, Report
from desktop.loaded_model import LoadedModel
from desktop.settings import Settings
from desktop.strategies.page import StrategiesPage
from desktop.theme.theme import Theme
from models import strategies as running
from models.engine.blocking import BlockingEngine
from models.errors import InputError, JobError
from models.report import name_report
from models.sampling import PRESETS, Chain, format_chain
from models.strategies import (
    ROUNDS_ALIKE,
    STANDARD,
    RunStepped,
    StrategiesResult,
    Told,
    find_parting,
    make_strategies,
    parse_strategy,
)
from models.strategies_export import export_strategies

FIRST = ("greedy", "temperature=0.2", "top-p=0.9", "temperature=1.4,top-p=0.9")
SEED_BITS = 31


class StrategiesWorkspace(QObject):
    """Compares settings on one prompt.

    document_wanted()      the text before the cursor of the document is wanted as the prompt
    settings_chosen(chain) the person wants to write with this chain
    text_chosen(text)      and to have this text in the document
    """

    document_wanted = Signal()
    settings_chosen = Signal(Chain)
    text_chosen = Signal(str)

    def __init__(
        self,
        theme: Theme,
        settings: Settings,
        link: EngineLink,
        model: LoadedModel,
        *,
        seeds: Callable[[], int] = lambda: secrets.randbits(SEED_BITS),
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._link, self._model, self._everything = link, model, settings
        self.page = StrategiesPage(theme)
        self.panel = None
        self._settings = list(FIRST)
        self._seed = seeds()
        self._seeds = seeds
        self._job: Job | None = None
        self._result: StrategiesResult | None = None
        self._last_prompt = ""
        self._open: tuple[int, int] | None = None
        self._connect()
        self._offer()
        self._show_settings()

    @property
    def busy(self) -> bool:
        """Whether it writes."""
        return self._job is not None

    def refresh(self) -> None:
        """Nothing is out of date: the page shows what was run last."""

    def stop(self) -> None:
        """End the runs; what they have written stays."""
        if self._job is not None:
            self._link.cancel(self._job)

    def close(self) -> None:
        """End the runs."""
        self.stop()

    def take_prompt(self, text: str) -> None:
        """Take a text as the prompt."""
        self.page.prompt.setPlainText(text)
        self.page.prompt.setFocus()

    def run(self) -> None:
        """Continue the prompt under every setting."""
        prompt = self.page.prompt.toPlainText()
        page = self.page
        if self.busy:
            return
        if not prompt:
            page.show_trouble(self.tr("The prompt is empty: write what is to be continued."))
            page.prompt.setFocus()
            return
        try:
            self._model.take("strategies", ready=True)
        except InputError as error:
            page.show_trouble(str(error))
            return
        page.show_trouble("")
        if prompt == self._last_prompt and self._result is not None:
            self._seed = self._seeds()  # the same once more would be no news
        self._last_prompt, self._result, self._open = prompt, None, None
        self._show_settings()
        for column in page.columns:
            column.clear()
        page.partings.hide()
        strategies = [column.strategy for column in page.columns]
        tokens = page.tokens.value()

        def work(engine: BlockingEngine, report: Report) -> None:
            for event in running.run_strategies(engine, prompt, strategies, tokens=tokens):
                report(event)

        self._job = self._link.submit(work, on_events=self._hear, on_end=self._end)
        page.show_words(self.tr("Reading the prompt…"))
        page.show_running(True)

    # ---- putting together ------------------------------------------------------------------

    def _connect(self) -> None:
        page = self.page
        page.run_wanted.connect(self.run)
        page.stop_wanted.connect(self.stop)
        page.document_wanted.connect(self.document_wanted)
        page.setting_added.connect(self._add)
        page.setting_removed.connect(self._remove)
        page.changed.connect(self._show_settings)
        page.picked.connect(self._open_step)
        page.export_wanted.connect(self._export)
        page.settings_wanted.connect(
            lambda number: self.settings_chosen.emit(page.columns[number].strategy.chain)
        )
        page.text_wanted.connect(
            lambda number: self.text_chosen.emit(
                "".join(step.text for step in page.columns[number].steps)
            )
        )

    def _offer(self) -> None:
        standard = [(text, format_chain(parse_strategy(text)[1])) for text in STANDARD]
        presets = [(id, preset.title) for id, preset in PRESETS.items()]
        self.page.set_choices([*standard, *presets])

    def _show_settings(self) -> None:
        """Show a column for each run of each setting."""
        if self.busy:
            return
        try:
            made = make_strategies(self._settings, seed=self._seed, seeds=self.page.seeds.value())
        except InputError as error:
            self.page.show_trouble(str(error))
            return
        self.page.show_strategies(made)
        for number in self._mark_partings():
            self.page.columns[number].show_steps()

    def _add(self, text: str) -> None:
        try:
            make_strategies([*self._settings, text], seed=0, seeds=self.page.seeds.value())
        except InputError as error:
            self.page.show_trouble(str(error))
            return
        self._settings.append(text)
        self.page.own.clear()
        self.page.own.hide()
        self.page.show_trouble("")
        self._show_settings()

    def _remove(self, number: int) -> None:
        """Take away the setting of a column, with all its runs."""
        if len(self._settings) == 1:
            self.page.show_trouble(self.tr("One setting has to stay."))
            return
        seeds = self.page.seeds.value()
        owners = [
            setting
            for setting, text in enumerate(self._settings)
            for _run in make_strategies([text], seed=0, seeds=seeds)
        ]
        del self._settings[owners[number]]
        self._show_settings()

    # ---- what comes of it ------------------------------------------------------------------

    def _hear(self, events: list[Told]) -> None:
        columns = self.page.columns
        grown = set()
        for event in events:
            if isinstance(event, RunStepped):
                columns[event.run].steps.append(event.step)
                grown.add(event.run)
            elif isinstance(event, StrategiesResult):
                self._result = event
        if not grown:
            return
        self.page.show_words("")
        for number in sorted(grown | self._mark_partings()):
            columns[number].show_steps()

    def _mark_partings(self) -> set[int]:
        """Find where each column parts from the first; returns those where that is new."""
        columns = self.page.columns
        first = [step.token for step in columns[0].steps]
        partings = [find_parting(first, [step.token for step in c.steps]) for c in columns]
        partings[0] = min((place for place in partings if place is not None), default=None)
        changed = {n for n, column in enumerate(columns) if column.parting != partings[n]}
        for number in changed:
            columns[number].parting = partings[number]
        return changed

    def _end(self, ended: Ended) -> None:
        self._job = None
        self._model.give_back()
        self.page.show_running(False)
        self.page.show_words(self._describe_end(ended))
        if ended.failed:
            self.page.show_trouble(ended.sentence)
            return
        parted = [
            n for n, column in enumerate(self.page.columns) if n and column.parting is not None
        ]
        if parted:
            first = min(parted, key=lambda n: self.page.columns[n].parting or 0)
            self._open_step(first, self.page.columns[first].parting or 0)

    def _describe_end(self, ended: Ended) -> str:
        result = self._result
        if ended.failed or result is None:
            return ""
        if result.cancelled or ended.kind == "cancelled":
            return self.tr("Stopped: what was written stays.")
        words = self.tr("{runs} texts from {tokens} tokens of prompt in {seconds} s.").format(
            runs=len(result.runs), tokens=result.prompt_tokens, seconds=f"{result.seconds:.1f}"
        )
        longest = max(len(run.steps) for run in result.runs)
        if result.prompt_tokens + longest > ROUNDS_ALIKE and len(result.runs) > 1:
            words += " " + self.tr(
                "Decoded together, the arithmetic rounds in another order than for one text alone: "
                "a column may part from the same setting and seed in Write."
            )
        return words

    def _open_step(self, number: int, index: int) -> None:
        """Show a step of a column beside the same step of the first one."""
        columns = self.page.columns
        for column in columns:
            if column.opened is not None:
                column.opened = None
                column.show_steps()
        opened = [columns[number]]
        if number and index < len(columns[0].steps):
            opened.insert(0, columns[0])
        for column in opened:
            column.opened = index
            column.show_steps()
        self.page.partings.show_step(index, opened)

    def _export(self, suffix: str) -> None:
        if self._result is None:
            return
        name, _ = QFileDialog.getSaveFileName(
            self.page, self.tr("Export a report"), str(Path.home() / f"strategies{suffix}")
        )
        if not name:
            return
        try:
            export_strategies(self._result, name_report(name, suffix))
        except (InputError, JobError) as error:
            self.page.show_trouble(str(error))
