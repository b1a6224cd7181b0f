"""The workspaces beside Write: built when they are first wanted, and what they take from each
other.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.engine_link import EngineLink
from desktop.loaded_model import LoadedModel
from desktop.recipe.recipe import Recipe
from desktop.settings import Settings
from desktop.shell.main_window import MainWindow
from desktop.theme.theme import Theme
from desktop.write.workspace import WriteWorkspace
from models.sampling import Chain


class Workspace(Protocol):
    """What every workspace has: a page, a panel beside it or none, and work that may go on.

    refresh()   the page comes to the front
    close()     end the work without half a result; nothing is shown any more
    """

    @property
    def page(self) -> QWidget: ...

    @property
    def panel(self) -> QWidget | None: ...

    @property
    def busy(self) -> bool: ...

    def refresh(self) -> None: ...

    def close(self) -> None: ...


class Workspaces(QObject):
    """Strategies, Quantization, Questions and Library. `seeds` gives the seed of each run.

    model_wanted(path)     the person wants to write with this model
    """

    model_wanted = Signal(Path)

    def __init__(
        self,
        theme: Theme,
        settings: Settings,
        link: EngineLink,
        model: LoadedModel,
        write: WriteWorkspace,
        main: MainWindow,
        seeds: Callable[[], int],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._settings, self._link, self._model = theme, settings, link, model
        self._write, self._main, self._seeds = write, main, seeds
        self.built: dict[str, Workspace] = {}
        builders: dict[str, Callable[[], Workspace]] = {
            "strategies": self._build_strategies,
            "quantization": self._build_quantization,
            "questions": self._build_questions,
            "library": self._build_library,
        }
        for id, build in builders.items():
            main.announce_page(id, self._builder(id, build))
        main.page_shown.connect(self._refresh)

    @property
    def busy(self) -> bool:
        """Whether something runs that closing would end."""
        return any(workspace.busy for workspace in self.built.values())

    def close(self) -> None:
        """End all that runs; nothing is shown any more."""
        for workspace in self.built.values():
            workspace.close()

    def _builder(self, id: str, build: Callable[[], Workspace]) -> Callable[[], None]:
        def set_page() -> None:
            workspace = self.built[id] = build()
            self._main.set_page(id, workspace.page, workspace.panel)

        return set_page

    def _refresh(self, id: str) -> None:
        if id in self.built:
            self.built[id].refresh()

    def _build_strategies(self) -> Workspace:
        from desktop.strategies.workspace import StrategiesWorkspace

        workspace = StrategiesWorkspace(
            self._theme, self._link, self._model, seeds=self._seeds, parent=self
        )
        workspace.document_wanted.connect(
            lambda: workspace.take_prompt(self._write.text_before_cursor())
        )
        workspace.settings_chosen.connect(self._use_settings)
        workspace.text_chosen.connect(self._insert_text)
        return workspace

    def _build_quantization(self) -> Workspace:
        from desktop.quantization.workspace import QuantizationWorkspace

        workspace = QuantizationWorkspace(self._theme, self._settings, self._model, parent=self)
        workspace.document_wanted.connect(lambda: workspace.take_text(self._write.text(), ""))
        workspace.library_wanted.connect(lambda: self._main.show_page("library"))
        return workspace

    def _build_questions(self) -> Workspace:
        from desktop.questions.workspace import QuestionsWorkspace

        workspace = QuestionsWorkspace(
            self._theme, self._settings, self._link, self._model, seeds=self._seeds, parent=self
        )
        workspace.document_wanted.connect(lambda: workspace.take_text(self._write.text()))
        return workspace

    def _use_settings(self, chain: Chain) -> None:
        self._write.set_recipe(Recipe.from_chain(chain))
        self._main.show_page("write")

    def _insert_text(self, text: str) -> None:
        self._write.insert_text(text)
        self._main.show_page("write")

    def _build_library(self) -> Workspace:
        from desktop.library.workspace import LibraryWorkspace

        workspace = LibraryWorkspace(self._theme, self._settings, self._model, self)
        workspace.load_wanted.connect(self.model_wanted)
        return workspace
