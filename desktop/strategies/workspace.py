"""The Strategies workspace: runs the columns in the engine, and says where they part."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from desktop.engine_link import Ended, EngineLink, Job, Report
from desktop.loaded_model import LoadedModel
from desktop.strategies.page import StrategiesPage
from desktop.theme.theme import Theme
from models import strategies as running
from models.engine.blocking import BlockingEngine
from models.errors import InputError
from models.sampling import Chain
from models.strategies import (
    ROUNDS_ALIKE,
    RunStepped,
    StrategiesResult,
    Told,
    find_parting,
    make_strategies,
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
        link: EngineLink,
        model: LoadedModel,
        *,
        seeds: Callable[[], int] = lambda: secrets.randbits(SEED_BITS),
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._link, self._model = link, model
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
        self.page.scale_charts()

    def _mark_partings(self) -> set[int]:
        """Find where each column parts from the first, which has the marks of all; returns those
        where that is new.
        """
        columns = self.page.columns
        first = [step.token for step in columns[0].steps]
        places = [find_parting(first, [step.token for step in c.steps]) for c in columns]
        partings = [frozenset(() if place is None else (place,)) for place in places]
        partings[0] = frozenset().union(*partings)
        changed = {n for n, column in enumerate(columns) if column.partings != partings[n]}
        for number in changed:
            columns[number].partings = partings[number]
        return changed

    def _end(self, ended: Ended) -> None:
        self._job = None
        self._model.give_back()
        self.page.show_running(False)
        self.page.show_words(self._describe_end(ended))
        if ended.failed:
            self.page.show_trouble(ended.sentence)

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
        """Show a step of a column beside the same step of the first one; a step of the first beside
        the column that parts from it there, or nearest to it.
        """
        columns = self.page.columns
        if not number:
            away = [
                (abs(place - index), n)
                for n, c in enumerate(columns[1:], 1)
                for place in c.partings
            ]
            number = min(away)[1] if away else 0
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
        shown = self._find_shown()
        if shown is not None:
            self.page.export.export("strategies", suffix, lambda to: export_strategies(shown, to))

    def _find_shown(self) -> StrategiesResult | None:
        """Return what came of the columns that are on show, by their names and in their order."""
        if self._result is None:
            return None
        runs = {(run.strategy.chain, run.strategy.seed): run for run in self._result.runs}
        shown = [
            replace(run, strategy=column.strategy)
            for column in self.page.columns
            if (run := runs.get((column.strategy.chain, column.strategy.seed))) is not None
        ]
        return replace(self._result, runs=tuple(shown)) if shown else None
