"""The samplers that there are, each with a check box: checked, it is a stage of the chain."""

from __future__ import annotations

from collections.abc import Mapping, Set

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QWidget

from desktop.theme.theme import Theme

_ROWS_SHOWN = 4
_ROW_PADDING = 12
_CHECKED, _UNCHECKED = Qt.CheckState.Checked, Qt.CheckState.Unchecked
_FILE = int(Qt.ItemDataRole.UserRole)


class SamplerList(QListWidget):
    """Names of files, as high as a few of them; the arrow keys choose, Space checks."""

    chosen = Signal(str)
    checked = Signal(str, bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.currentItemChanged.connect(self._choose)
        self.itemChanged.connect(self._check)
        theme.changed.connect(self._colour)
        self._colour()

    def fill(self, names: list[str], used: Set[str], chosen: str) -> None:
        """List `names`, check those in `used`, choose `chosen` or else the first of them.

        Only a choice that differs from `chosen` is signalled.
        """
        height = self.fontMetrics().height() + _ROW_PADDING
        self.blockSignals(True)
        self.clear()
        for name in names:
            item = QListWidgetItem(name)
            item.setData(_FILE, name)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(_CHECKED if name in used else _UNCHECKED)
            item.setSizeHint(QSize(0, height))
            self.addItem(item)
            if name == chosen:
                self.setCurrentItem(item)
        self.blockSignals(False)
        self.setFixedHeight(height * min(max(len(names), 1), _ROWS_SHOWN) + 4)
        if self.currentItem() is None and names:
            self.setCurrentRow(0)

    def describe(self, states: Mapping[str, str], tooltip: str) -> None:
        """Write behind each name what state its file is in, if that is worth a word."""
        self.blockSignals(True)
        for row in range(self.count()):
            item = self.item(row)
            name = item.data(_FILE)
            item.setText(f"{name} · {states[name]}" if states.get(name) else name)
            item.setToolTip(tooltip)
        self.blockSignals(False)
        self.viewport().update()

    def choose(self, name: str) -> None:
        """Choose this name, if it is there."""
        for row in range(self.count()):
            if self.item(row).data(_FILE) == name:
                self.setCurrentRow(row)

    def _choose(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.chosen.emit(item.data(_FILE))

    def _check(self, item: QListWidgetItem) -> None:
        self.checked.emit(item.data(_FILE), item.checkState() == _CHECKED)

    def _colour(self) -> None:
        # A rule for ::item would paint the check boxes black.
        palette = self._theme.palette
        self.setStyleSheet(
            f"background: {palette.paper}; color: {palette.ink};"
            f"selection-background-color: {palette.accent_ground}; selection-color: {palette.ink};"
        )
