"""The system's own dialogs for files: a model, a document, a place to save."""

from __future__ import annotations

import contextlib
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget


class FileDialogs(QObject):
    """Asks the person for files; None when they do not choose one."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window

    def choose_model(self, folder: Path) -> Path | None:
        """Return a model that is there."""
        title, kinds = self.tr("Choose a model"), self.tr("Models (*.gguf)")
        name, _ = QFileDialog.getOpenFileName(self._window, title, str(folder), kinds)
        return Path(name) if name else None

    def choose_document(self, folder: Path) -> Path | None:
        """Return a document that is there."""
        title = self.tr("Open a document")
        kinds = self.tr("Text (*.md *.markdown *.txt);;All files (*)")
        name, _ = QFileDialog.getOpenFileName(self._window, title, str(folder), kinds)
        return Path(name) if name else None

    def ask_save_path(self, proposal: Path) -> Path | None:
        """Return where to save; the dialog has asked before it takes a file that is there."""
        with contextlib.suppress(OSError):  # the person may choose another folder
            proposal.parent.mkdir(parents=True, exist_ok=True)
        dialog = QFileDialog(
            self._window,
            self.tr("Save the document"),
            str(proposal.parent),
            self.tr("Markdown (*.md)"),
        )
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        if proposal.suffix:
            dialog.setDefaultSuffix("md")  # by the dialog, which asks before it takes a file
        dialog.selectFile(proposal.name)
        chosen = dialog.selectedFiles() if dialog.exec() else []
        dialog.deleteLater()
        return Path(chosen[0]) if chosen else None
