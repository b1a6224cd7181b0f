"""The page of the settings: the few that a person changes, and what is kept where."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QSpinBox,
    QWidget,
)

from desktop.settings import LARGEST_FONT, SMALLEST_FONT, Settings
from desktop.shell.count_box import CountBox
from desktop.shell.elided_label import ElidedLabel
from desktop.shell.scrolled_page import ScrolledPage
from desktop.theme.theme import Theme
from models.operations import MOST_TOKENS

_LABEL_WIDTH = 176
_CONTROL_WIDTH = 220
_HIGHEST_THREADS = 256
_CONTEXT_STEP = 256
_HIGHEST_CONTEXT = 1 << 20


class SettingsPage(ScrolledPage):
    """Shows settings, and says what the person chooses.

    chosen(field, value)   a field of `Settings` and its new value
    model_wanted()         another model is to be picked
    folder_wanted(path)    a folder is to be opened
    """

    chosen = Signal(str, object)
    model_wanted = Signal()
    folder_wanted = Signal(Path)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._texts: list[tuple[QLabel, QWidget | None, Callable[[], str]]] = []
        self._folders: dict[str, Path] = {}
        self.language, self.scheme = QComboBox(), QComboBox()
        self.font_size = _make_count(SMALLEST_FONT, LARGEST_FONT, 1)
        self.threads = _make_count(0, _HIGHEST_THREADS, 1)
        self.context = _make_count(0, _HIGHEST_CONTEXT, _CONTEXT_STEP)
        self.tokens = _make_count(0, MOST_TOKENS - 1, 8)  # 0: as many as there can be
        self._model = ElidedLabel()
        self._model_button = QPushButton()
        self._model_button.clicked.connect(self.model_wanted)
        self._fit = QLabel()
        self._paths = {name: ElidedLabel() for name in ("models", "documents", "journal")}
        self._openers = {name: QPushButton() for name in self._paths}
        for control in (self.language, self.scheme, *self._counts()):
            control.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            control.installEventFilter(self)
        self._build()
        self._connect()
        self._retranslate()

    def show_settings(self, settings: Settings) -> None:
        """Show these settings; says nothing back."""
        for box, field in ((self.language, "language"), (self.scheme, "scheme")):
            with QSignalBlocker(box):
                box.setCurrentIndex(box.findData(getattr(settings, field)))
        for count, value in (
            (self.font_size, settings.font_size),
            (self.threads, settings.threads or 0),
            (self.context, settings.context or 0),
            (self.tokens, settings.tokens if settings.tokens < MOST_TOKENS else 0),
        ):
            with QSignalBlocker(count):
                count.setValue(value)

    def show_model(self, name: str, sentence: str) -> None:
        """Show which model is at work, and whether it fits."""
        self._model.set_whole_text(name)
        self._fit.setText(sentence)
        self._fit.setVisible(bool(sentence))

    def show_folders(self, *, models: Path, documents: Path, journal: Path) -> None:
        """Show where things are kept."""
        self._folders = {"models": models, "documents": documents, "journal": journal}
        for name, path in self._folders.items():
            self._paths[name].set_whole_text(str(path))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # The wheel scrolls the page; it changes what has the keyboard alone.
        if (
            event.type() == QEvent.Type.Wheel
            and isinstance(watched, QWidget)
            and not watched.hasFocus()
        ):
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _counts(self) -> tuple[QSpinBox, ...]:
        return self.font_size, self.threads, self.context, self.tokens

    def _build(self) -> None:
        for data in ("system", "en", "ja"):
            self.language.addItem("", data)
        for data in ("system", "light", "dark"):
            self.scheme.addItem("", data)
        self._fit.setProperty("dim", True)
        self._fit.setWordWrap(True)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(10)
        grid.setColumnMinimumWidth(0, _LABEL_WIDTH)
        grid.setColumnStretch(1, 1)
        self.column.addLayout(grid)
        self.column.addStretch(1)
        self._add_section(grid, lambda: self.tr("Appearance"))
        self._add_row(grid, lambda: self.tr("Language"), self.language)
        self._add_row(grid, lambda: self.tr("Light or dark"), self.scheme)
        self._add_row(grid, lambda: self.tr("Size of the text"), self.font_size)
        self._add_section(grid, lambda: self.tr("Model"))
        self._add_row(grid, lambda: self.tr("At work"), self._model_button, self._model)
        grid.addWidget(self._fit, grid.rowCount(), 1)
        self._add_row(grid, lambda: self.tr("Length of a continuation"), self.tokens)
        self._add_row(grid, lambda: self.tr("Context"), self.context)
        self._add_row(grid, lambda: self.tr("Processor threads"), self.threads)
        self._add_note(
            grid, lambda: self.tr("A new context or number of threads loads the model again.")
        )
        self._add_section(grid, lambda: self.tr("What is kept"))
        for name, title in (
            ("documents", lambda: self.tr("Documents")),
            ("journal", lambda: self.tr("Journal")),
            ("models", lambda: self.tr("Models")),
        ):
            self._paths[name].setProperty("dim", True)
            self._add_row(grid, title, self._openers[name], self._paths[name])
        self._add_note(
            grid,
            lambda: self.tr(
                "The journal holds every version of your documents, so that nothing is lost. "
                "All of it stays on this computer."
            ),
        )

    def _add_section(self, grid: QGridLayout, title: Callable[[], str]) -> None:
        label = QLabel()
        label.setProperty("section", True)
        label.setContentsMargins(0, 16 if grid.count() else 4, 0, 2)
        self._texts.append((label, None, title))
        grid.addWidget(label, grid.rowCount(), 0, 1, 2)

    def _add_row(
        self,
        grid: QGridLayout,
        title: Callable[[], str],
        control: QWidget,
        shown: ElidedLabel | None = None,
    ) -> None:
        """A control with its name at the left; `shown` stands between the two."""
        label = QLabel()
        label.setBuddy(control)
        self._texts.append((label, control, title))
        row = QHBoxLayout()
        row.setSpacing(12)
        if shown is None:
            control.setFixedWidth(_CONTROL_WIDTH)
        else:
            shown.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            row.addWidget(shown, 1)
        row.addWidget(control)
        if shown is None:
            row.addStretch(1)
        line = grid.rowCount()
        grid.addWidget(label, line, 0, Qt.AlignmentFlag.AlignVCenter)
        grid.addLayout(row, line, 1)

    def _add_note(self, grid: QGridLayout, text: Callable[[], str]) -> None:
        label = QLabel()
        label.setProperty("dim", True)
        label.setWordWrap(True)
        self._texts.append((label, None, text))
        grid.addWidget(label, grid.rowCount(), 1)

    def _connect(self) -> None:
        for field, box in (("language", self.language), ("scheme", self.scheme)):
            box.activated.connect(
                lambda _index, field=field, box=box: self.chosen.emit(field, box.currentData())
            )
        self.font_size.valueChanged.connect(lambda value: self.chosen.emit("font_size", value))
        self.tokens.valueChanged.connect(
            lambda value: self.chosen.emit("tokens", value or MOST_TOKENS)
        )
        for field, count in (("threads", self.threads), ("context", self.context)):
            count.valueChanged.connect(
                lambda value, field=field: self.chosen.emit(field, value or None)
            )
        for name, button in self._openers.items():
            button.clicked.connect(lambda _checked, name=name: self._want_folder(name))

    def _want_folder(self, name: str) -> None:
        if name in self._folders:
            self.folder_wanted.emit(self._folders[name])

    def _retranslate(self) -> None:
        self.name_page(self.tr("Settings"), self.tr("Back to writing"))
        for label, control, text in self._texts:
            label.setText(text())
            if control is not None:
                control.setAccessibleName(text())
        for box, names in (
            (self.language, (self.tr("As the system"), "English", "日本語")),
            (self.scheme, (self.tr("As the system"), self.tr("Light"), self.tr("Dark"))),
        ):
            for index, name in enumerate(names):
                box.setItemText(index, name)
        self.font_size.setSuffix(self.tr(" px"))
        for count in (self.context, self.tokens):
            count.setSuffix(self.tr(" tokens"))
        for count in (self.threads, self.context):
            count.setSpecialValueText(self.tr("Chosen for this machine"))
        self.tokens.setSpecialValueText(self.tr("until it ends"))
        self._model_button.setText(self.tr("Choose another…"))
        self._model_button.setAccessibleName(self.tr("Choose another model"))
        for name, accessible in (
            ("documents", self.tr("Open the folder of the documents")),
            ("journal", self.tr("Open the folder of the journal")),
            ("models", self.tr("Open the folder of the models")),
        ):
            self._openers[name].setText(self.tr("Open"))
            self._openers[name].setAccessibleName(accessible)


def _make_count(lowest: int, highest: int, step: int) -> QSpinBox:
    """A number that is taken when it is whole, not at every key."""
    count = CountBox(lowest, highest)
    count.setSingleStep(step)
    count.setGroupSeparatorShown(True)
    count.setKeyboardTracking(False)
    return count
