"""The button that exports a report: offers the formats, asks where to, and has it written."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QFileDialog, QMenu, QPushButton, QWidget

from models.errors import InputError, JobError
from models.report import name_report

_FORMATS = ((".md", "Markdown"), (".html", "HTML"), (".json", "JSON"))


class ExportButton(QPushButton):
    """`wanted(suffix)` says which format; `failed(sentence)` what went wrong in `export`."""

    wanted = Signal(str)
    failed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("menu", True)
        formats = QMenu(self)
        for suffix, name in _FORMATS:
            formats.addAction(name, partial(self.wanted.emit, suffix))
        self.setMenu(formats)
        self._retranslate()

    def export(self, stem: str, suffix: str, write: Callable[[Path], None]) -> None:
        """Ask where to, with `stem` as the name of the file, and write the report there."""
        name, _ = QFileDialog.getSaveFileName(
            self.window(), self.tr("Export a report"), str(Path.home() / f"{stem}{suffix}")
        )
        if not name:
            return
        try:
            write(name_report(name, suffix))
        except (InputError, JobError) as error:
            self.failed.emit(str(error))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self.setText(self.tr("Export"))
        self.setAccessibleName(self.tr("Export a report"))
