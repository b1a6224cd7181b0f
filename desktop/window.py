"""The window put together: what there is, who hears whom, and when heavy things begin.

Nothing that takes long happens before the first paint. The engine's process starts first of all,
for it has libraries of its own to load; it is given work after the first paint.
"""

from __future__ import annotations

import contextlib
import gc
import secrets
import sys
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication

from desktop.actions import build_actions, enable_actions
from desktop.defects import Defects
from desktop.document_status import DocumentStatus
from desktop.edit_actions import EDITS, Edit, edit_text
from desktop.engine_link import EngineLink
from desktop.file_dialogs import FileDialogs
from desktop.interrupts import HeldInterrupts
from desktop.journal_notices import JournalNotices
from desktop.leaving import Leaving, leaving_at
from desktop.loaded_model import LoadedModel, ModelChoice
from desktop.manuscript.journal import Journal
from desktop.model_status import ModelStatus
from desktop.settings import read_settings, write_settings
from desktop.shell.first_run import FirstRun
from desktop.shell.main_window import MainWindow
from desktop.shell.settings_page import SettingsPage
from desktop.theme.theme import Theme
from desktop.translation import Translator
from desktop.workspaces import Workspaces
from desktop.write.filing import Filing
from desktop.write.workspace import WriteWorkspace
from models import operations
from models.engine.blocking import BlockingEngine, open_engine
from models.folder import Folders, find_folders

SEED_BITS = 32
SAVE_MS = 1_000  # after the last choice, the settings are written


class Window(QObject):
    """One window of the program, from its parts to its last word."""

    def __init__(
        self,
        application: QApplication,
        *,
        document: Path | None = None,
        model: str | None = None,
        seeds: Callable[[], int] = lambda: secrets.randbits(SEED_BITS),
        engine: BlockingEngine | None = None,
    ) -> None:
        """`document` is opened in place of the last one, `model` loaded in place of the settings'.

        `seeds` gives the seed of each continuation; `engine` is one that has been started already,
        which the window ends.
        """
        super().__init__()
        self.folders: Folders = find_folders()
        self.settings, complaint = read_settings(self.folders.settings)
        self.theme = Theme(self)
        self.theme.choose(self.settings.scheme)
        self.theme.dress(application)
        self.translator = Translator(application)
        self.translator.use(self.settings.language)
        self._document = document
        self._model_wanted = model
        self.link = EngineLink(engine or open_engine(), self)
        self.model = LoadedModel(self.link, self)
        self.actions = build_actions(self, self._callbacks())
        self.main = MainWindow(self.theme, self.settings, self.actions)
        self.dialogs = FileDialogs(self.main)
        notices = self.main.notices
        journal_notices = JournalNotices(notices, self)
        journal_folder = self.folders.documents / "journal"
        self.journal = Journal(journal_folder, journal_notices.tell, journal_notices.follow)
        self.write = WriteWorkspace(
            self.theme,
            self.settings,
            self.link,
            self.model,
            self.journal,
            notices,
            operations.open_samplers_folder(),
            seeds,
            self,
        )
        self.filing = Filing(
            self.write.page,
            self.journal,
            notices,
            self.settings,
            locks=journal_folder,
            documents=self.folders.documents,
            ask_save_path=self.dialogs.ask_save_path,
            parent=self,
        )
        self.document_status = DocumentStatus(
            self.write.page, self.filing, journal_notices, self.main, self.settings, self
        )
        self.settings_page = SettingsPage(self.theme)
        self.settings_page.show_settings(self.settings)
        self.settings_page.show_folders(
            models=self.folders.models, documents=self.folders.documents, journal=journal_folder
        )
        self.first_run: FirstRun | None = None
        self._save_settings = self._timer(SAVE_MS, self._write_settings)
        self._reload = self._timer(SAVE_MS, self._start_engine)
        self._closed = False
        self._connect(application)
        self._set_pages(seeds)
        if complaint:
            notices.post("settings", complaint, "warning")

    def show(self) -> None:
        """Show the window; the engine starts as soon as it has been painted."""
        self.filing.start(self._document)
        self.filing.shown.connect(lambda: self.main.show_page("write"))
        self.main.show()
        self.document_status.show()
        self._show_state()
        QTimer.singleShot(0, self._start_engine)

    # ---- putting together ------------------------------------------------------------------

    def _callbacks(self) -> Mapping[str, Callable[[], None]]:
        """What each action does; the workspace's are looked up when they are used, for it comes
        later than the menus.
        """
        edits: dict[str, Callable[[], None]] = {id: partial(self._edit, id) for id in EDITS}
        own: dict[str, Callable[[], None]] = {
            "new": lambda: self.filing.new(),
            "open": self._open,
            "unsaved": lambda: self.filing.recovery.offer(),
            "save": self._save,
            "save-as": self._save_as,
            "quit": self._quit,
            "candidates": self._switch_panel,
            "everything": lambda: self.write.set_everything(not self.settings.everything),
            "full-screen": self._switch_full_screen,
            "scheme-system": lambda: self._choose("scheme", "system"),
            "scheme-light": lambda: self._choose("scheme", "light"),
            "scheme-dark": lambda: self._choose("scheme", "dark"),
            "next-control": self._go_to_next_control,
            "go-write": lambda: self.main.show_page("write"),
            "go-strategies": lambda: self.main.show_page("strategies"),
            "go-quantization": lambda: self.main.show_page("quantization"),
            "go-questions": lambda: self.main.show_page("questions"),
            "go-library": lambda: self.main.show_page("library"),
            "go-settings": lambda: self.main.show_page("settings"),
            "shortcuts": lambda: self.main.show_page("shortcuts"),
            "log-folder": lambda: self._open_folder(self.folders.logs),
            "about": self._about,
        }
        return own | edits | {id: self._of_workspace(id) for id in WriteWorkspace.ACTION_IDS}

    def _of_workspace(self, id: str) -> Callable[[], None]:
        return lambda: self.write.callbacks()[id]()

    def _go_to_next_control(self) -> None:
        self.main.focusNextChild()

    def _edit(self, edit: Edit) -> None:
        edit_text(edit, self.write.editor if self.main.page == "write" else None)

    def _set_pages(self, seeds: Callable[[], int]) -> None:
        if not self.settings.first_run_done:
            self.first_run = FirstRun(self.theme)
            self.first_run.language_chosen.connect(
                lambda language: self._choose("language", language)
            )
            self.first_run.started.connect(self._end_first_run)
            self.first_run.show_language(self.translator.shown)
            self.first_run.show_starter("loading")
            self.main.set_page("first-run", self.first_run)
        self.status = ModelStatus(
            self.model, self.main, self.settings_page, self.first_run, self._choose_model, self
        )
        self.write.continuing.reading.connect(self.status.show_prompt)
        self.write.continuing.finished.connect(self.status.show_outcome)
        self.write.page.opened.connect(self.status.forget_document)
        self.main.set_page("write", self.write.sheet, self.write.panel)
        self.workspaces = Workspaces(
            self.theme, self.settings, self.link, self.model, self.write, self.main, seeds, self
        )
        self.workspaces.model_wanted.connect(self._use_model)
        self.leaving = Leaving(self.main, self.write, self.workspaces, self.journal, self)
        self.main.may_close = self.leaving.may_leave
        self.main.set_page("settings", self.settings_page)
        self.main.announce_page("shortcuts", self._set_shortcuts_page)
        self.main.set_recent([Path(path) for path in self.settings.recent])
        self.main.top_line.set_everything(self.settings.everything)
        self.write.retranslate()

    def _set_shortcuts_page(self) -> None:
        from desktop.shell.shortcuts_page import ShortcutsPage

        self.main.set_page("shortcuts", ShortcutsPage(self.theme))

    def _connect(self, application: QApplication) -> None:
        self.main.closed.connect(self._close)
        self.main.page_shown.connect(lambda _page: self._show_state())
        self.main.recent_chosen.connect(self.filing.open_path)
        self.main.top_line.everything_chosen.connect(self.write.set_everything)
        self.settings_page.chosen.connect(self._choose)
        self.settings_page.folder_wanted.connect(self._open_folder)
        self.settings_page.model_wanted.connect(self._choose_model)
        self.write.state_changed.connect(self._show_state)
        self.write.editor.file_dropped.connect(self.filing.open_path)
        self.write.editor.menu_requested.connect(
            lambda menu, position: self.write.fill_menu(menu, self.actions, position)
        )
        self.write.settings_changed.connect(self._follow_settings)
        self.model.changed.connect(self.write.show_state)
        application.applicationStateChanged.connect(self.filing.check_disk)  # it ends with filing

    def _timer(self, interval_ms: int, then: Callable[[], None]) -> QTimer:
        timer = QTimer(self, singleShot=True, interval=interval_ms)
        timer.timeout.connect(then)
        return timer

    # ---- the model -------------------------------------------------------------------------

    def _start_engine(self) -> None:
        settings = self.settings
        self.model.load(
            ModelChoice(
                settings.model if self._model_wanted is None else self._model_wanted,
                settings.context,
                settings.threads,
                settings.gpu_layers,
            )
        )

    def _choose_model(self) -> None:
        path = self.dialogs.choose_model(self.folders.models)
        if path is not None:
            self._use_model(path)

    def _use_model(self, path: Path) -> None:
        """Load a model in place of the one at work, and begin with it the next time."""
        self.settings.model = str(path)
        self._model_wanted = None
        self._save_settings.start()
        self.write.stop()
        self._start_engine()

    # ---- choices ---------------------------------------------------------------------------

    def _choose(self, field: str, value: object) -> None:
        """Take a choice of the settings page, and act on it."""
        setattr(self.settings, field, value)
        match field:
            case "language":
                self.translator.use(self.settings.language)
                self.write.retranslate()
                self.status.show()
                self.document_status.show()
                if self.first_run is not None:
                    self.first_run.show_language(self.translator.shown)
            case "scheme":
                self.theme.choose(self.settings.scheme)
            case "font_size":
                self.write.editor.set_font_size(self.settings.font_size)
            case "tokens":
                self.write.bar.set_tokens(self.settings.tokens)
            case "threads" | "context" | "gpu_layers":
                self._reload.start()
        self._follow_settings()

    def _follow_settings(self) -> None:
        """Show what was chosen in all places that show it, and have it written."""
        self.settings_page.show_settings(self.settings)
        self.main.top_line.set_everything(self.settings.everything)
        self._show_state()
        self._save_settings.start()

    def _switch_panel(self) -> None:
        self.main.set_panel_visible(not self.main.panel_visible)
        self._show_state()

    def _switch_full_screen(self) -> None:
        if self.main.isFullScreen():
            self.main.showNormal()
        else:
            self.main.showFullScreen()
        self._show_state()

    def _end_first_run(self) -> None:
        self.settings.first_run_done = True
        self.main.show_page("write")
        self._save_settings.start()

    # ---- the document ----------------------------------------------------------------------

    def _open(self) -> None:
        folder = self.filing.path.parent if self.filing.path else self.folders.documents
        path = self.dialogs.choose_document(folder)
        if path is not None:
            self.filing.open_path(path)

    def _save(self) -> None:
        self.write.continuing.when_ended(self.filing.save)

    def _save_as(self) -> None:
        self.write.continuing.when_ended(self.filing.save_as)

    # ---- state -----------------------------------------------------------------------------

    def _show_state(self) -> None:
        """Enable the actions that can do something now, and check those that are on."""
        on_page = self.main.page == "write"
        enable_actions(self.actions, self.write.needs_met() if on_page else {"always"})
        for id, on in (
            ("heat", self.settings.heat),
            ("everything", self.settings.everything),
            ("candidates", self.main.panel_visible),
            ("full-screen", self.main.isFullScreen()),
            (f"scheme-{self.settings.scheme}", True),
        ):
            self.actions[id].setChecked(on)

    def _write_settings(self) -> None:
        try:
            write_settings(self.folders.settings, self.settings)
        except OSError as error:
            reason = error.strerror
            self.main.notices.post(
                "unwritten-settings",
                lambda: self.tr("The settings could not be written ({reason}).").format(
                    reason=reason
                ),
                "warning",
            )
        else:
            self.main.notices.withdraw("unwritten-settings")

    def _open_folder(self, folder: Path) -> None:
        with contextlib.suppress(OSError):  # the system says that it is not there
            folder.mkdir(parents=True, exist_ok=True)
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    def _about(self) -> None:
        from importlib.metadata import version  # seldom wanted, and long to import

        self.main.notices.post(
            "about",
            lambda: self.tr(
                "Inkglass {version}: a writing desk that stays on your machine. MIT licence."
            ).format(version=version("inkglass")),
            "information",
        )

    # ---- the end ---------------------------------------------------------------------------

    def _quit(self) -> None:
        self.main.close()

    def _close(self) -> None:
        if self._closed:
            return
        self._closed = True
        self._write_settings()
        self.workspaces.close()
        self.link.close()
        self.filing.close()


def open_window(
    document: Path | None, model: str | None, engine: BlockingEngine, interrupts: HeldInterrupts
) -> int:
    """Run the program with its window; returns the exit code.

    Raises KeyboardInterrupt where it was one of the `interrupts` that closed the window.
    """
    application = QApplication(sys.argv[:1])
    application.setApplicationName("inkglass")
    application.setApplicationDisplayName("Inkglass")
    window = Window(application, document=document, model=model, engine=engine)
    defects = Defects(window.main.notices, window.actions["log-folder"], window)
    with defects.listening(), leaving_at(interrupts, window.main):
        window.show()
        QTimer.singleShot(0, resume_garbage_collection)
        return application.exec()


def resume_garbage_collection() -> None:
    """Look for unused objects again, but not among what was loaded for the start: it stays."""
    gc.freeze()
    gc.enable()
