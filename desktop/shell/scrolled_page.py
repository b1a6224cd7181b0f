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
        self.close_button.setIconSize(QSize(20, 20))
        self.close_button.clicked.connect(self.left)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.close_button)
        column = QWidget()
        column.setMaximumWidth(_WIDEST)
        self.column = QVBoxLayout(column)
        self.column.setContentsMargins(32, 28, 32, 32)
        self.column.setSpacing(12)
        self.column.addLayout(head)
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
