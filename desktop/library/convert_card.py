"""Convert: from a checkpoint's folder, or a larger GGUF, to the levels that are wanted."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.errors.words import say
from desktop.library.command_run import Ending
from desktop.library.conversion import WrittenFile
from desktop.library.convertible import Convertible, PlannedLevel
from desktop.library.lettering import make_label, name_button
from desktop.library.level_table import LevelTable
from desktop.library.progress_line import ProgressLine
from desktop.recipe.flow_layout import FlowLayout
from desktop.shell.elided_label import ElidedLabel
from desktop.theme.theme import Theme
from models.size import format_size


class ConvertCard(QFrame):
    """Typed setters in, wishes out.

    folder_wanted(), file_wanted()   a source is to be chosen
    all_levels_wanted()              every level is to be planned
    output_wanted()                  another folder is to be chosen for the files
    start_wanted(), cancelled()
    load_wanted(path)                a file that was written is to be loaded
    """

    folder_wanted = Signal()
    file_wanted = Signal()
    all_levels_wanted = Signal()
    output_wanted = Signal()
    start_wanted = Signal()
    cancelled = Signal()
    load_wanted = Signal(Path)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self._convertible: Convertible | None = None
        self._reading: Path | None = None
        self._running = False
        self._free_bytes = 0
        self._stale: Mapping[str, int] = {}
        self._ending: Ending | None = None
        self._written: list[WrittenFile] = []
        self._lead, self._facts = make_label(wrap=True), make_label("dim", wrap=True)
        self._error = make_label("bad", wrap=True)
        self.folder, self.file = QPushButton(), QPushButton()
        self.table = LevelTable(theme)
        self.all_levels = QPushButton()
        self.all_levels.setProperty("link", True)
        self._output_title, self._output = make_label("dim"), ElidedLabel()
        self.output = QPushButton()
        self._warning, self.requantize = make_label("warning", wrap=True), QCheckBox()
        self._sum = make_label("dim", wrap=True)
        self.start = QPushButton()
        self.start.setProperty("primary", True)
        self.progress = ProgressLine()
        self._ended = make_label(wrap=True)
        self._results = QVBoxLayout()
        self._build()
        self._connect()
        self._show()

    @property
    def chosen(self) -> list[PlannedLevel]:
        return self.table.chosen

    def show_reading(self, source: Path) -> None:
        """Show that a source is being looked at."""
        self._reading, self._convertible, self._ending = source, None, None
        self._written.clear()
        self._error.clear()
        self.table.forget()
        self._show()

    def show_refusal(self, sentence: str) -> None:
        """Show why a source cannot be converted."""
        self._reading = None
        self._error.setText(say(sentence))
        self._show()

    def show_convertible(self, convertible: Convertible, *, whole: bool) -> None:
        """Show a source and its levels; `whole`, when there are no further ones."""
        self._reading, self._convertible = None, convertible
        self._error.clear()
        self.all_levels.setVisible(not whole)
        self.requantize.setChecked(False)
        self.table.show_levels(convertible)
        self._show()

    def show_output(
        self, folder: Path, free_bytes: int, stale: Mapping[str, int], there: frozenset[str]
    ) -> None:
        """Show where the files go, what is free there, and which names are taken.

        `stale` is by name how many bytes a killed run left, which become free when it is written.
        """
        self._free_bytes, self._stale = free_bytes, stale
        self._output.set_whole_text(str(folder))
        self.table.show_here(there)

    def begin(self) -> None:
        """Show that the conversion runs."""
        self._running, self._ending = True, None
        self._written.clear()
        self._error.clear()
        self.progress.begin(self._convertible.summary.name if self._convertible else "")
        self._show()
        self.progress.cancel.setFocus()

    def add_written(self, file: WrittenFile) -> None:
        """Show a file that is done."""
        self._written.append(file)
        self._show_results()

    def show_ended(self, ending: Ending) -> None:
        """Show how the conversion ended."""
        self._running, self._ending = False, ending
        self._error.setText(say(ending.sentence) if ending.kind == "failed" else "")
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._show()

    def _build(self) -> None:
        choice = FlowLayout(8)
        choice.addWidget(self.folder)
        choice.addWidget(self.file)
        self._output.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        output = QHBoxLayout()
        output.setSpacing(10)
        output.addWidget(self._output_title)
        output.addWidget(self._output, 1)
        output.addWidget(self.output)
        self._ready = QWidget()
        ready = QVBoxLayout(self._ready)
        ready.setContentsMargins(0, 0, 0, 0)
        ready.setSpacing(12)
        levels = QHBoxLayout()
        levels.addWidget(self.all_levels)
        levels.addStretch(1)
        last = QHBoxLayout()
        last.addWidget(self._sum, 1)
        last.addWidget(self.start)
        ready.addWidget(self.table)
        ready.addLayout(levels)
        ready.addWidget(self._warning)
        ready.addWidget(self.requantize)
        ready.addLayout(output)
        ready.addLayout(last)
        self._results.setSpacing(6)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 14, 16, 14)
        whole.setSpacing(10)
        for label in (self._lead, self._facts, self._error, self._ended):
            whole.addWidget(label)
        whole.addLayout(self._results)
        whole.addLayout(choice)
        whole.addWidget(self._ready)
        whole.addWidget(self.progress)

    def _connect(self) -> None:
        self.folder.clicked.connect(self.folder_wanted)
        self.file.clicked.connect(self.file_wanted)
        self.all_levels.clicked.connect(self.all_levels_wanted)
        self.output.clicked.connect(self.output_wanted)
        self.start.clicked.connect(self.start_wanted)
        self.progress.cancelled.connect(self.cancelled)
        self.table.changed.connect(self._show_sum)
        self.requantize.toggled.connect(self._show_sum)

    def _show(self) -> None:
        self._retranslate()
        found = self._convertible
        self._lead.setProperty("strong", found is not None)
        self._lead.style().polish(self._lead)
        self._lead.setText(self._describe_lead())
        self._facts.setText(self._describe(found) if found is not None else "")
        self._facts.setVisible(found is not None)
        self._error.setVisible(bool(self._error.text()))
        for button in (self.folder, self.file):
            button.setVisible(not self._running)
            button.setEnabled(self._reading is None)
        self._ready.setVisible(found is not None and not self._running)
        self.progress.setVisible(self._running)
        self._show_sum()
        self._show_results()

    def _describe_lead(self) -> str:
        if self._convertible is not None:
            return self._convertible.summary.name or self._convertible.source.name
        if self._reading is not None:
            return self.tr("Looking at {name}…").format(name=self._reading.name)
        return self.tr(
            "Make a smaller file of a Hugging Face checkpoint, or of a larger GGUF. "
            "All of it happens on this computer."
        )

    def _describe(self, found: Convertible) -> str:
        summary = found.summary
        parts = [
            summary.architecture,
            self.tr("{count} parameters").format(count=f"{summary.parameter_count:,}"),
            f"{format_size(found.size_bytes)} {found.stored}",
            self.tr("{count} tokens in the vocabulary ({kind})").format(
                count=f"{summary.vocabulary_size:,}", kind=summary.vocabulary_kind
            ),
            self.tr("context {tokens}").format(tokens=f"{summary.context_length:,}"),
        ]
        return " · ".join(parts)

    def _show_sum(self) -> None:
        found = self._convertible
        needed = sum(plan.size_bytes for plan in self.chosen)
        free = self._free_bytes + sum(self._stale.get(plan.file_name, 0) for plan in self.chosen)
        again = any(plan.requantizes for plan in self.chosen)
        allowed = found is not None and (not again or self.requantize.isChecked())
        for part in (self._warning, self.requantize):
            part.setVisible(again)
        self.start.setEnabled(allowed and 0 < needed <= free and not self._running)
        figures = {"needed": format_size(needed), "free": format_size(free)}
        if not needed:
            text = self.tr("Tick the levels to make.")
        elif needed > free:
            text = self.tr(
                "{needed} are needed and {free} are free there: choose fewer levels, or "
                "another folder."
            ).format(**figures)
        else:
            text = self.tr("{needed} to write, {free} are free there.").format(**figures)
        self._sum.setText(text)

    def _show_results(self) -> None:
        sentences = {
            "done": "",
            "failed": "",
            "cancelled": self.tr("Cancelled. Nothing half done is left."),
            "killed": self.tr(
                "The conversion was ended from outside, perhaps because the memory ran out. "
                "Nothing half done is left: close other programs, then start it again."
            ),
        }
        self._ended.setText(sentences[self._ending.kind] if self._ending is not None else "")
        self._ended.setVisible(bool(self._ended.text()))
        while item := self._results.takeAt(0):
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for file in self._written:
            self._results.addWidget(self._make_result(file))

    def _make_result(self, file: WrittenFile) -> QWidget:
        line, words, load = QWidget(), make_label("good"), QPushButton()
        words.setText(
            self.tr("Written: {name}, {size}").format(
                name=file.path.name, size=format_size(file.size_bytes)
            )
        )
        name_button(load, self.tr("Load it"), self.tr("Load {name}").format(name=file.path.name))
        load.clicked.connect(lambda: self.load_wanted.emit(file.path))
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(words, 1)
        row.addWidget(load)
        return line

    def _retranslate(self) -> None:
        another = self._convertible is not None
        folder = self.tr("Another folder…") if another else self.tr("Choose a checkpoint's folder…")
        file = self.tr("Another GGUF file…") if another else self.tr("Choose a GGUF file…")
        name_button(self.folder, folder, folder)
        name_button(self.file, file, file)
        name_button(self.all_levels, self.tr("Show all levels"), self.tr("Show all levels"))
        self._output_title.setText(self.tr("Files go to"))
        name_button(
            self.output, self.tr("Another folder…"), self.tr("Choose another folder for the files")
        )
        name_button(self.start, self.tr("Convert"), self.tr("Convert to the levels ticked"))
        if self._convertible is not None:
            self._warning.setText(
                self.tr(
                    "The weights are quantized already ({type}). Quantized again, they lose more "
                    "than from the original: take that one if you can."
                ).format(type=self._convertible.stored)
            )
        self.requantize.setText(self.tr("Quantize them again all the same"))
        self.requantize.setAccessibleName(self.requantize.text())
