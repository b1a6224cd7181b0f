"""The levels that a source can be converted to: size, bits a weight, and whether each fits."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QLabel, QWidget

from desktop.library.convertible import Convertible, PlannedLevel
from desktop.library.lettering import FitLabel, make_label
from desktop.theme.theme import Theme
from models.size import format_size

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class LevelTable(QFrame):
    """A row a level, with a box to tick. `changed()` follows every tick."""

    changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._planned: dict[str, PlannedLevel] = {}
        self._here: frozenset[str] = frozenset()
        self.boxes: dict[str, QCheckBox] = {}
        self._fits: dict[str, FitLabel] = {}
        self._notes: dict[str, QLabel] = {}
        self._heads = [make_label("section") for _ in range(4)]
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(20)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(4, 1)
        for column, head in enumerate(self._heads):
            self._grid.addWidget(head, 0, column, _RIGHT if column in {1, 2} else _LEFT)
        self._retranslate()

    @property
    def chosen(self) -> list[PlannedLevel]:
        """The levels that are ticked."""
        return [self._planned[level] for level, box in self.boxes.items() if box.isChecked()]

    def show_levels(self, convertible: Convertible) -> None:
        """Show the levels of a source; what was ticked stays so if the source is the same."""
        ticked = {plan.level for plan in self.chosen}
        ticked &= {plan.level for plan in convertible.levels}
        self._clear()
        self._planned = {plan.level: plan for plan in convertible.levels}
        for line, plan in enumerate(convertible.levels, start=1):
            box = self.boxes[plan.level] = QCheckBox(plan.level)
            box.setChecked(plan.level in (ticked or {convertible.proposed}))
            box.toggled.connect(self.changed)
            size = make_label()
            size.setText(format_size(plan.size_bytes))
            bits = make_label()
            bits.setText(f"{plan.bits_per_weight:.2f}")
            fit = self._fits[plan.level] = FitLabel(self._theme)
            note = self._notes[plan.level] = make_label("dim")
            self._grid.addWidget(box, line, 0)
            self._grid.addWidget(size, line, 1, _RIGHT)
            self._grid.addWidget(bits, line, 2, _RIGHT)
            self._grid.addWidget(fit, line, 3)
            self._grid.addWidget(note, line, 3)
            fit.show_plan(plan.memory)  # a widget that is shown before it has a parent is a window
        self._retranslate()
        self.changed.emit()

    def show_here(self, file_names: Collection[str]) -> None:
        """Show which of the files are in the output folder already: they are not written again."""
        self._here = frozenset(
            level for level, plan in self._planned.items() if plan.file_name in file_names
        )
        for level, box in self.boxes.items():
            there = level in self._here
            box.setEnabled(not there)
            box.setChecked(box.isChecked() and not there)
            self._fits[level].setVisible(not there)
            self._notes[level].setVisible(there)
        self._retranslate()
        self.changed.emit()

    def forget(self) -> None:
        """Show no level; the next source begins with its own proposal."""
        self._clear()
        self._planned.clear()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _clear(self) -> None:
        for index in reversed(range(len(self._heads), self._grid.count())):
            item = self._grid.takeAt(index)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.boxes.clear()
        self._fits.clear()
        self._notes.clear()
        self._here = frozenset()

    def _retranslate(self) -> None:
        names = (
            self.tr("level"),
            self.tr("size"),
            self.tr("bits a weight"),
            self.tr("this machine"),
        )
        for head, name in zip(self._heads, names, strict=True):
            head.setText(name)
        for level, box in self.boxes.items():
            plan = self._planned[level]
            spoken = self.tr("{level}: {size}, {bits} bits a weight").format(
                level=level,
                size=format_size(plan.size_bytes),
                bits=f"{plan.bits_per_weight:.2f}",
            )
            box.setAccessibleName(spoken)
            self._notes[level].setText(self.tr("is there already"))
