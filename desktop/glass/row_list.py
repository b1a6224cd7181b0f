"""A list view that is as tall as its rows, and whose rows are pressed by mouse and keyboard."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QSizePolicy, QWidget

_PRESSES = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class RowList(QListView):
    """What the candidates and the versions have in common.

    Up, Down, Home, End and the page keys walk the rows; the screen reader reads them from the
    model.

    pressed_row(row)  a click, Enter or Space
    turned(step)      Left or Right: -1 or +1
    """

    pressed_row = Signal(int)
    turned = Signal(int)

    def __init__(self, most_rows: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._most_rows = most_rows
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.viewport().setAutoFillBackground(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.clicked.connect(self._click)

    def fit_height(self) -> None:
        """Become as tall as the rows, but no taller than the most that are shown at once."""
        rows = min(self.model().rowCount(), self._most_rows)
        height = sum(max(self.sizeHintForRow(row), 0) for row in range(rows))
        if height != self.height():
            self.setFixedHeight(height)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and event.key() in _PRESSES:
            if self.currentIndex().isValid():
                self.pressed_row.emit(self.currentIndex().row())
        elif plain and event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.turned.emit(-1 if event.key() == Qt.Key.Key_Left else 1)
        elif event.modifiers() & ~(
            Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier
        ):
            event.ignore()  # a shortcut of the window
        else:
            super().keyPressEvent(event)

    def _click(self, index: QModelIndex) -> None:
        self.pressed_row.emit(index.row())
