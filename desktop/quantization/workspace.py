"""The Quantization workspace: chooses files and a text, has them compared, shows what it costs."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from converters.comparison import Compared, Comparing, Comparison
from converters.comparison_export import export_comparison
from converters.comparison_memory import Hashing
from converters.importance_collection import read_text
from converters.samples import SAMPLES, read_sample
from desktop.library.errand import Errand, Failure
from desktop.library.shelf import Shelf, read_shelf
from desktop.loaded_model import LoadedModel
from desktop.quantization.comparison_run import ComparisonRun
from desktop.quantization.page import QuantizationPage
from desktop.settings import Settings
from desktop.theme.theme import Theme
from models.errors import InputError


class QuantizationWorkspace(QObject):
    """Compares levels of one model; the writing model gives its memory meanwhile.

    document_wanted()  the text of the document is wanted, by `take_text`
    library_wanted()   the person wants to make other levels
    """

    document_wanted = Signal()
    library_wanted = Signal()

    def __init__(
        self, theme: Theme, settings: Settings, model: LoadedModel, *, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._settings, self._model = settings, model
        self.page, self.panel = QuantizationPage(theme), None
        self._run = ComparisonRun(self)
        self._listing = Errand(self)
        self._text, self._text_id = read_sample("english"), "english"
        self._result: Comparison | None = None
        self._wanted = False  # a run that waits for the memory of the writing model
        self._connect()

    @property
    def busy(self) -> bool:
        """Whether levels are being compared."""
        return self._model.holder == "quantization"

    def refresh(self) -> None:
        """Look what the library has now."""
        if not self.busy:
            self._listing.run(
                lambda: read_shelf(context=self._settings.context), self._show, self._say
            )

    def close(self) -> None:
        """End the comparison; nothing is shown any more."""
        self._listing.close()
        self._run.blockSignals(True)
        self._run.close()

    def take_text(self, text: str, name: str) -> None:
        """Compare on this text; `name` is what it is called."""
        self._text = text
        self.page.selection.show_text(name)

    def run(self) -> None:
        """Compare what is chosen."""
        selection = self.page.selection
        if self.busy or selection.chosen_reference is None or not selection.chosen_levels:
            return
        if self._text_id == "document":
            self.document_wanted.emit()
        try:
            self._model.take("quantization")
        except InputError as error:
            self.page.show_trouble(str(error))
            return
        self.page.show_trouble("")
        self.page.results.clear()
        self._result = None
        self._wanted = True
        self.page.show_running(True)
        self._model.rest(self._begin)

    # ---- putting together ------------------------------------------------------------------

    def _connect(self) -> None:
        page = self.page
        page.run_wanted.connect(self.run)
        page.stop_wanted.connect(self._cancel)
        page.library_wanted.connect(self.library_wanted)
        page.export_wanted.connect(self._export)
        page.selection.file_wanted.connect(self._add_file)
        page.selection.text_wanted.connect(self._choose_text)
        self._run.told.connect(self._hear)
        self._run.ended.connect(self._end)

    def _show(self, shelf: Shelf) -> None:
        self.page.selection.show_models(shelf.models)

    def _say(self, failure: Failure) -> None:
        self.page.show_trouble(str(failure))

    def _add_file(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self.page, self.tr("Choose a model file"), str(Path.home()), self.tr("Models (*.gguf)")
        )
        if name:
            link = Path(name)
            context = self._settings.context
            self._listing.run(lambda: read_shelf(context=context, link=link), self._show, self._say)

    def _choose_text(self, id: str) -> None:
        self.page.show_trouble("")
        if id == "file":
            name, _ = QFileDialog.getOpenFileName(
                self.page, self.tr("Choose a text"), str(Path.home())
            )
            try:
                text = read_text(Path(name)) if name else None
            except InputError as error:
                self.page.show_trouble(str(error))
                text = None
            if text is None:
                combo = self.page.selection.text
                combo.setCurrentIndex(combo.findData(self._text_id))
                return
            self.take_text(text, Path(name).name)
        elif id in SAMPLES:
            self.take_text(read_sample(id), "")
        else:
            self.document_wanted.emit()
        self._text_id = id

    # ---- the comparison --------------------------------------------------------------------

    def _begin(self) -> None:
        """The memory is free: read the models."""
        selection = self.page.selection
        if not self._wanted or selection.chosen_reference is None:
            self._end("")
            return
        self._wanted = False
        self._run.start(
            selection.chosen_reference,
            selection.chosen_levels,
            self._text,
            chunks=selection.chosen_chunks,
            threads=self._settings.threads,
        )

    def _cancel(self) -> None:
        self._wanted = False
        self._run.stop()

    def _hear(self, event: Hashing | Comparing | Compared | Comparison) -> None:
        match event:
            case Hashing():
                self.page.show_hashing(event.done, event.total)
            case Comparing():
                self.page.show_progress(event.file, event.done, event.total, event.seconds_left)
            case Compared():
                self.page.results.add(event.detail)
            case Comparison():
                self._result = event
                self.page.results.show_comparison(event)

    def _end(self, sentence: str) -> None:
        self._model.give_back()
        self.page.show_running(False)
        self.page.show_trouble(sentence)
        if self._result is None and not sentence:
            self.page.show_stopped()
        elif self._result is not None:
            self.page.show_finished()
            left = self._result.text.left_out
            if left:
                self.page.show_trouble(
                    self.tr("{count} chunks of the text were left out: no memory for them.").format(
                        count=left
                    )
                )

    def _export(self, suffix: str) -> None:
        result = self._result
        if result is not None:
            self.page.export.export("levels", suffix, lambda to: export_comparison(result, to))
