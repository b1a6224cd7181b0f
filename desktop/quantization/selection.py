"""What is compared: a reference, levels of the same model, and a text."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QWidget,
)

from converters.comparison import REFERENCE_LEVELS
from desktop.library.lettering import make_label
from desktop.library.shelf import ShelfModel
from desktop.shell.count_box import CountBox
from models.size import format_size

TEXTS = ("english", "japanese", "document", "file")
_LEAST_CHUNKS, _MOST_CHUNKS = 2, 999


class _Chunks(CountBox):
    """How much of the text is read: 0 is all of it, and one chunk is no comparison."""

    def __init__(self) -> None:
        super().__init__(0, _MOST_CHUNKS)

    def stepBy(self, steps: int) -> None:
        super().stepBy(steps)
        if self.value() < _LEAST_CHUNKS:
            self.setValue(_LEAST_CHUNKS if steps > 0 else 0)

    def valueFromText(self, text: str) -> int:
        value = super().valueFromText(text)
        return _LEAST_CHUNKS if value == 1 else value


class Selection(QFrame):
    """Offers what the library has, and says what is chosen.

    changed()       another choice
    file_wanted()   a file beside the library is to be added
    text_wanted(id) one of TEXTS
    """

    changed = Signal()
    file_wanted = Signal()
    text_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self._models: list[ShelfModel] = []
        self._by_person = False  # the reference was chosen, and not only proposed
        self.reference, self.text = QComboBox(), QComboBox()
        self.reference.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.reference.setMinimumContentsLength(30)
        for id in TEXTS:
            self.text.addItem("", id)
        self.chunks = _Chunks()
        self.add = QPushButton()
        self.levels: dict[Path, QCheckBox] = {}
        self._labels = [make_label("dim") for _ in range(3)]
        self._note = make_label("warning", wrap=True)
        self._note.hide()
        self._text_note = make_label("dim")
        self._boxes = QHBoxLayout()
        self._boxes.setSpacing(14)
        self._build()
        self._connect()
        self._retranslate()

    @property
    def chosen_reference(self) -> Path | None:
        """The reference."""
        path = self.reference.currentData()
        return Path(path) if path else None

    @property
    def chosen_levels(self) -> list[Path]:
        """The levels that are ticked, the largest first."""
        return [path for path, box in self.levels.items() if box.isChecked()]

    @property
    def chosen_chunks(self) -> int | None:
        """How much of the text is read; None for all of it."""
        return self.chunks.value() or None

    def show_models(self, models: Sequence[ShelfModel]) -> None:
        """Offer these; the choice stays where it can."""
        usable = [model for model in models if model.summary is not None and not model.problem]
        usable.sort(key=lambda model: -_size(model))
        usable.sort(key=lambda model: model.summary.level not in REFERENCE_LEVELS)  # type: ignore[union-attr]
        self._models = usable
        before = self.reference.currentData() if self._by_person else None
        self.reference.blockSignals(True)
        self.reference.clear()
        for model in usable:
            level = model.summary.level if model.summary is not None else ""
            self.reference.addItem(f"{model.name}  {level}  {format_size(_size(model))}")
            self.reference.setItemData(self.reference.count() - 1, str(model.path))
        families = [len(self._family(model)) for model in usable]
        first = next((n for n, count in enumerate(families) if count), 0)
        found = self.reference.findData(before) if before else -1
        self.reference.setCurrentIndex(found if found >= 0 else first)
        self.reference.blockSignals(False)
        self._show_levels()

    def show_text(self, note: str) -> None:
        """Say what the chosen text is."""
        self._text_note.setText(note)

    def set_enabled(self, enabled: bool) -> None:
        """Let the choice be changed, or not."""
        for widget in (self.reference, self.text, self.chunks, self.add, *self.levels.values()):
            widget.setEnabled(enabled)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _build(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(16, 12, 16, 12)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(2, 1)
        for line, label in enumerate(self._labels):
            grid.addWidget(label, line, 0)
        grid.addWidget(self.reference, 0, 1)
        grid.addWidget(self._note, 0, 2)
        levels = QHBoxLayout()
        levels.setSpacing(14)
        levels.addLayout(self._boxes)
        levels.addWidget(self.add)
        levels.addStretch(1)
        grid.addLayout(levels, 1, 1, 1, 2)
        text = QHBoxLayout()
        text.setSpacing(10)
        text.addWidget(self.text)
        text.addWidget(self.chunks)
        text.addWidget(self._text_note)
        text.addStretch(1)
        grid.addLayout(text, 2, 1, 1, 2)

    def _connect(self) -> None:
        self.reference.currentIndexChanged.connect(self._show_levels)
        self.reference.activated.connect(self._keep_reference)
        self.text.activated.connect(lambda _index: self.text_wanted.emit(self.text.currentData()))
        self.add.clicked.connect(self.file_wanted)

    def _keep_reference(self) -> None:
        self._by_person = True

    def _family(self, reference: ShelfModel) -> list[ShelfModel]:
        """Return the other levels of the model."""
        own = reference.summary
        return [
            model
            for model in self._models
            if model.summary is not None
            and own is not None
            and model.real != reference.real
            and model.summary.architecture == own.architecture
            and model.summary.vocabulary_size == own.vocabulary_size
            and model.summary.parameter_count == own.parameter_count
        ]

    def _show_levels(self) -> None:
        unticked = {path for path, box in self.levels.items() if not box.isChecked()}
        for box in self.levels.values():
            self._boxes.removeWidget(box)
            box.hide()
            box.deleteLater()
        self.levels = {}
        path = self.chosen_reference
        reference = next((model for model in self._models if model.path == path), None)
        for model in self._family(reference) if reference is not None else []:
            assert model.summary is not None
            box = QCheckBox(model.summary.level)
            box.setToolTip(f"{model.path.name}, {format_size(_size(model))}")
            box.setChecked(model.path not in unticked)
            box.toggled.connect(self.changed)
            self.levels[model.path] = box
            self._boxes.addWidget(box)
        coarse = (
            reference is not None
            and reference.summary is not None
            and reference.summary.level not in REFERENCE_LEVELS
        )
        self._note.setVisible(coarse)
        self.changed.emit()

    def _retranslate(self) -> None:
        for label, words in zip(
            self._labels,
            (self.tr("Reference"), self.tr("Levels"), self.tr("Text")),
            strict=True,
        ):
            label.setText(words)
        names = {
            "english": self.tr("A sample in English"),
            "japanese": self.tr("A sample in Japanese"),
            "document": self.tr("My document"),
            "file": self.tr("A file…"),
        }
        for number in range(self.text.count()):
            self.text.setItemText(number, names[self.text.itemData(number)])
        self.reference.setAccessibleName(self.tr("The reference"))
        self.text.setAccessibleName(self.tr("The text"))
        self.chunks.setSpecialValueText(self.tr("the whole text"))
        self.chunks.setSuffix(self.tr(" chunks"))
        self.chunks.setAccessibleName(self.tr("Chunks of 512 tokens"))
        self.add.setText(self.tr("Add a file…"))
        self._note.setText(self.tr("Coarse itself: F16, BF16 or Q8_0 would measure better."))


def _size(model: ShelfModel) -> int:
    return model.summary.file_size_bytes if model.summary is not None else 0
