"""The Library workspace: who hears whom among its page, its panel, its errands and its commands."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from converters.part_file import count_stale_bytes
from desktop.library.command_run import CommandRun, Ending
from desktop.library.conversion import Conversion, WrittenFile
from desktop.library.convertible import USUAL_LEVELS, Convertible, read_convertible
from desktop.library.errand import Errand, Failure
from desktop.library.inspection_panel import InspectionPanel
from desktop.library.page import LibraryPage
from desktop.library.shelf import Inspection, Shelf, ShelfModel, inspect, read_shelf
from desktop.loaded_model import LoadedModel
from desktop.settings import Settings
from desktop.theme.theme import Theme
from models import library
from models.folder import find_folders
from models.quantization_levels import WRITABLE_LEVELS


class LibraryWorkspace(QObject):
    """`load_wanted(path)`: the person wants to write with this model."""

    load_wanted = Signal(Path)

    def __init__(
        self, theme: Theme, settings: Settings, model: LoadedModel, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._settings, self._model = settings, model
        self.page, self.panel = LibraryPage(theme), InspectionPanel(theme)
        self.conversion, self.download = Conversion(self), CommandRun(self)
        self._shelf: Shelf | None = None
        self._convertible: Convertible | None = None
        self._output = find_folders().models
        self._inspected: Path | None = None
        self._fetching = ""  # the id of the model that is being downloaded
        self._listing, self._reading, self._planning = Errand(self), Errand(self), Errand(self)
        self._connect()

    @property
    def busy(self) -> bool:
        """Whether a conversion or a download runs, which closing would end."""
        return self.conversion.run.running or self.download.running

    def refresh(self, link: Path | None = None) -> None:
        """Read the library anew, as when its page comes to the front; `link` is added first."""
        context = self._settings.context
        self._listing.run(
            lambda: read_shelf(context=context, link=link), self._show_shelf, self._say_trouble
        )

    def inspect(self, path: Path) -> None:
        """Show the details of a model of the list in the panel."""
        model = next((m for m in self._models() if m.path == path), None)
        if model is None or model.summary is None:
            return
        self._inspected = path
        self._show_inspected()
        self._reading.run(lambda: inspect(model), self._show_inspection, self._say_unreadable)

    def look_at(self, source: Path) -> None:
        """Read what a folder or a GGUF is, and what it could be converted to."""
        self._plan(source, USUAL_LEVELS)

    def stop(self) -> None:
        """End the conversion and the download, without half a file; returns when they are gone."""
        self.conversion.run.stop()
        self.download.stop()

    def close(self) -> None:
        """End all that runs; nothing is shown any more."""
        for errand in (self._listing, self._reading, self._planning):
            errand.close()
        self.stop()

    # ---- putting together ------------------------------------------------------------------

    def _connect(self) -> None:
        page, convert = self.page, self.page.convert
        page.link_wanted.connect(lambda: self._choose_gguf(self.refresh))
        page.load_wanted.connect(self.load_wanted)
        page.details_wanted.connect(self.inspect)
        page.removal_wanted.connect(self._remove)
        page.download_wanted.connect(self._start_download)
        page.download_cancelled.connect(lambda _id: self.download.cancel())
        convert.folder_wanted.connect(self._choose_folder)
        convert.file_wanted.connect(lambda: self._choose_gguf(self.look_at))
        convert.all_levels_wanted.connect(self._plan_all)
        convert.output_wanted.connect(self._choose_output)
        convert.start_wanted.connect(self._start_conversion)
        convert.cancelled.connect(self._cancel_conversion)
        convert.load_wanted.connect(self.load_wanted)
        self.conversion.progressed.connect(convert.progress.show_progress)
        self.conversion.written.connect(self._take_written)
        self.conversion.ended.connect(self._end_conversion)
        self.download.told.connect(self._show_download)
        self.download.ended.connect(self._end_download)
        self._model.changed.connect(self._show_work)

    def _choose_gguf(self, then: Callable[[Path], None]) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self.page, self.tr("Choose a model file"), str(Path.home()), self.tr("Models (*.gguf)")
        )
        if name:
            then(Path(name))

    def _choose_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(
            self.page, self.tr("Choose the folder of a checkpoint"), str(Path.home())
        )
        if name:
            self.look_at(Path(name))

    def _choose_output(self) -> None:
        name = QFileDialog.getExistingDirectory(
            self.page, self.tr("Choose a folder for the files"), str(self._output)
        )
        if name:
            self._output = Path(name)
            self._show_output()

    # ---- the models that are here ----------------------------------------------------------

    def _models(self) -> tuple[ShelfModel, ...]:
        return self._shelf.models if self._shelf is not None else ()

    def _show_shelf(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self.page.show_shelf(shelf)
        self._show_work()
        self._show_fetching()
        if self._convertible is not None:
            self._show_output()
        paths = {model.path for model in shelf.models if model.summary is not None}
        if self._inspected in paths:
            self._show_inspected()
            return
        real = self._real()
        first = sorted(shelf.models, key=lambda model: model.real != real)
        if path := next((model.path for model in first if model.path in paths), None):
            self.inspect(path)
        else:
            self._inspected = None
            self.panel.show_inspection(None)

    def _show_work(self) -> None:
        opened, real, state = self._model.opened, self._real(), self._model.state
        for row in self.page.models.values():
            if row.model.real != real:
                row.show_work("none")
            else:
                row.show_work(state, self._model.part, opened.plan if opened is not None else None)

    def _real(self) -> Path | None:
        """The file that is at work or on its way to it, without any link in its path."""
        opened, choice = self._model.opened, self._model.choice.model
        path = opened.summary.path if opened is not None else choice
        return Path(path).resolve() if path is not None else None

    def _show_inspected(self) -> None:
        for path, row in self.page.models.items():
            row.show_inspected(path == self._inspected)

    def _show_inspection(self, inspection: Inspection) -> None:
        self.panel.show_inspection(inspection)

    def _remove(self, path: Path) -> None:
        context = self._settings.context

        def work() -> Shelf:
            library.remove_model(name_or_path=path)
            return read_shelf(context=context)

        self._listing.run(work, self._show_shelf, self._say_trouble)

    def _say_trouble(self, failure: Failure) -> None:
        self.page.show_trouble(str(failure))

    def _say_unreadable(self, failure: Failure) -> None:
        self.panel.show_trouble(str(failure))

    # ---- getting a model -------------------------------------------------------------------

    def _start_download(self, id: str, level: str) -> None:
        if self.download.running:
            return
        self._fetching = id
        self.download.start(["models", "get", id, "--level", level, "--json"])
        self._show_fetching()

    def _show_fetching(self) -> None:
        for id, row in self.page.offers.items():
            row.show_running(id == self._fetching, others=bool(self._fetching))

    def _show_download(self, event: dict[str, object]) -> None:
        row = self.page.offers.get(self._fetching)
        match event:
            case {
                "event": "progress",
                "received_bytes": int(done),
                "total_bytes": int(total),
                "bytes_per_second": int(rate) | float(rate),
            } if row is not None:
                row.progress.show_progress("", done, total, float(rate))

    def _end_download(self, ending: Ending) -> None:
        row = self.page.offers.get(self._fetching)
        self._fetching = ""
        self._show_fetching()
        if row is not None:
            killed = self.tr("The download was ended from outside: start it again to go on.")
            row.show_error(killed if ending.kind == "killed" else ending.sentence)
        if ending.kind == "done":
            self.refresh()

    # ---- convert ---------------------------------------------------------------------------

    def _plan(self, source: Path, levels: tuple[str, ...]) -> None:
        whole = levels == WRITABLE_LEVELS
        convert = self.page.convert

        def show(convertible: Convertible) -> None:
            self._convertible = convertible
            convert.show_convertible(convertible, whole=whole)
            self._show_output()

        if not whole:
            self._convertible = None
            convert.show_reading(source)
        self._planning.run(
            lambda: read_convertible(source, levels),
            show,
            lambda failure: convert.show_refusal(str(failure)),
        )

    def _plan_all(self) -> None:
        if self._convertible is not None:
            self._plan(self._convertible.source, WRITABLE_LEVELS)

    def _show_output(self) -> None:
        if self._convertible is None or self.conversion.run.running:
            return
        folder = next(f for f in (self._output, *self._output.parents) if f.is_dir())
        names = {plan.file_name for plan in self._convertible.levels}
        there = frozenset(name for name in names if (self._output / name).exists())
        stale = {name: count_stale_bytes(self._output / name) for name in names}
        self.page.convert.show_output(self._output, shutil.disk_usage(folder).free, stale, there)

    def _start_conversion(self) -> None:
        chosen, found = self.page.convert.chosen, self._convertible
        if found is None or not chosen or self.conversion.run.running:
            return
        self.page.convert.begin()
        self.conversion.start(found.source, chosen, self._output)

    def _cancel_conversion(self) -> None:
        self.page.convert.progress.show_stopping()
        self.conversion.run.cancel()

    def _take_written(self, file: WrittenFile) -> None:
        self.page.convert.add_written(file)
        self.refresh(None if file.path.parent == find_folders().models else file.path)

    def _end_conversion(self, ending: Ending) -> None:
        self.page.convert.show_ended(ending)
        self._show_output()
