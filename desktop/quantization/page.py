"""The page of the quantization workspace."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.errors.words import say
from desktop.export_button import ExportButton
from desktop.library.lettering import make_label
from desktop.quantization.results import Results
from desktop.quantization.selection import Selection
from desktop.shell.figures import format_part
from desktop.theme.theme import Theme
from models.size import format_size


class QuantizationPage(QFrame):
    """Shows what is compared and what came of it.

    run_wanted(), stop_wanted(), library_wanted(), export_wanted(suffix)
    """

    run_wanted = Signal()
    stop_wanted = Signal()
    library_wanted = Signal()
    export_wanted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", True)
        self._running = False
        self._finished = self._begun = False
        self._title, self._subtitle = make_label("strong"), make_label("dim")
        self.export, self.run = ExportButton(), QPushButton()
        self.run.setProperty("primary", True)
        self.setFocusProxy(self.run)
        self.selection, self.results = Selection(), Results(theme)
        self._empty = make_label("dim", wrap=True)
        self.library = QPushButton()
        self._trouble = make_label("bad", wrap=True)
        self._trouble.hide()
        self._progress, self._words = QProgressBar(), make_label("dim")
        self._progress.setTextVisible(False)
        self._progress.setFixedHeight(6)
        self._build()
        self.run.clicked.connect(self._press)
        self.library.clicked.connect(self.library_wanted)
        self.export.wanted.connect(self.export_wanted)
        self.export.failed.connect(self.show_trouble)
        context = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self._run_by_key, context=context)
        QShortcut(QKeySequence("Esc"), self, self.stop_wanted.emit, context=context)
        self.selection.changed.connect(self._retranslate)
        self._retranslate()

    def show_running(self, running: bool) -> None:
        """Show whether it is at work."""
        self._running = running
        self.selection.set_enabled(not running)
        self._progress.setVisible(running)
        if running:
            self._finished, self._begun = False, True
            self._progress.setRange(0, 0)
            self._words.setText("")
        self._words.setVisible(running)
        self._retranslate()

    def show_stopped(self) -> None:
        """Say that it was stopped."""
        self._words.setText(
            self.tr("Stopped: what was measured is remembered for the next comparison.")
        )
        self._words.show()

    def show_finished(self) -> None:
        """There is a comparison to export."""
        self._finished = True
        self._retranslate()

    def show_progress(self, file: str, done: int, total: int, seconds: float | None) -> None:
        """Show how far it is."""
        self._progress.setRange(0, total)
        self._progress.setValue(done)
        left = ""
        if seconds is not None:
            left = self.tr(", {minutes}:{seconds} left").format(
                minutes=int(seconds) // 60, seconds=f"{int(seconds) % 60:02d}"
            )
        self._words.setText(
            self.tr("{file}: {part} of all{left}").format(
                file=file, part=format_part(done / total if total else 0), left=left
            )
        )

    def show_hashing(self, done: int, total: int) -> None:
        """Show how many bytes of the files have been read before they are compared."""
        self._progress.setRange(0, 1000)
        self._progress.setValue(1000 * done // total if total else 0)
        self._words.setText(
            self.tr("looking at the files: {part} of {size}").format(
                part=format_part(done / total if total else 0), size=format_size(total)
            )
        )

    def show_trouble(self, sentence: str) -> None:
        """Say what is wrong; an empty sentence takes it back."""
        self._trouble.setText(say(sentence))
        self._trouble.setVisible(bool(sentence))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _press(self) -> None:
        (self.stop_wanted if self._running else self.run_wanted).emit()

    def _run_by_key(self) -> None:
        if not self._running and self.run.isEnabled():
            self.run_wanted.emit()

    def _build(self) -> None:
        head = QFrame()
        head.setProperty("panel", True)
        head.setProperty("below", True)
        line = QHBoxLayout(head)
        line.setContentsMargins(20, 5, 20, 5)
        line.setSpacing(10)
        for widget in (self._title, self._subtitle):
            line.addWidget(widget)
        line.addStretch(1)
        line.addWidget(self.export)
        line.addWidget(self.run)
        inner = QWidget()
        inner.setProperty("page", True)
        rows = QVBoxLayout(inner)
        rows.setContentsMargins(20, 14, 20, 20)
        rows.setSpacing(12)
        nothing = QHBoxLayout()
        nothing.addWidget(self._empty, 1)
        nothing.addWidget(self.library)
        rows.addWidget(self.selection)
        rows.addLayout(nothing)
        for part in (self._trouble, self._progress, self._words, self.results):
            rows.addWidget(part)
        rows.addStretch(1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inner)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(area, 1)
        self._progress.hide()
        self._words.hide()

    def _retranslate(self) -> None:
        self._title.setText(self.tr("Quantization"))
        self._subtitle.setText(self.tr("one text, several levels of one model"))
        self.export.setEnabled(self._finished and not self._running)
        self.run.setText(self.tr("Stop") if self._running else self.tr("Compare"))
        self.run.setAccessibleName(self.run.text())
        self.run.setEnabled(self._running or bool(self.selection.chosen_levels))
        alone = not self.selection.levels
        self._empty.setText(
            self.tr(
                "There is no second level of this model on this computer. Convert it to other "
                "levels in the library, or add a file."
            )
            if alone
            else self.tr(
                "Compare reads the text with the reference and with each level that is ticked, and "
                "shows what every level costs."
            )
        )
        self._empty.setVisible(alone or not (self._running or self._begun))
        self.library.setText(self.tr("Go to the library"))
        self.library.setVisible(alone)
