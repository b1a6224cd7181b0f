"""A page of the window that is read from top to bottom: a title and one calm column."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.theme.theme import Theme

_WIDEST = 680
_SIDE = 32
_CROSS, _AROUND = 20, 5  # the cross, and its button around it


class ScrolledPage(QFrame):
    """What the pages have in common. `left` follows Esc and the cross: the person is done here."""

    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("panel", True)
        self.title = QLabel()
        self.title.setProperty("title", True)
        self.close_button = QPushButton()
        self.close_button.setProperty("bare", True)
        self.close_button.setIcon(theme.icon("x", "dim"))
        self.close_button.setIconSize(QSize(_CROSS, _CROSS))
        self.close_button.setFixedSize(_CROSS + 2 * _AROUND, _CROSS + 2 * _AROUND)
        self.close_button.clicked.connect(self.left)
        head = QHBoxLayout()
        head.setContentsMargins(_SIDE, 28, _SIDE - _AROUND, 0)  # the cross itself is at the edge
        head.addWidget(self.title, 1)
        head.addWidget(self.close_button)
        column = QWidget()
        column.setMaximumWidth(_WIDEST)
        self.column = QVBoxLayout()
        self.column.setContentsMargins(_SIDE, 12, _SIDE, _SIDE)
        self.column.setSpacing(12)
        rows = QVBoxLayout(column)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addLayout(head)
        rows.addLayout(self.column, 1)
        middle = QWidget()
        middle.setProperty("page", True)
        row = QHBoxLayout(middle)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(column, 1000)
        row.addStretch(1)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(middle)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.area)

    def name_page(self, title: str, close: str) -> None:
        """Name the page and its cross in the language of the window."""
        self.title.setText(title)
        self.setAccessibleName(title)
        self.area.setAccessibleName(title)
        self.close_button.setToolTip(close)
        self.close_button.setAccessibleName(close)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.left.emit()
        else:
            super().keyPressEvent(event)
