"""A part of the panel: a line above it, a title with a note or a link beside it, and a body."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from desktop.glass.lettering import Words, plain_tooltip
from desktop.theme.theme import Theme

SIDE = 18
_ABOVE = 14


class Section(QWidget):
    """`body` under a title. The first section of the panel has no line above it.

    `bleed` lets the body reach that many pixels beyond the title at either side.
    """

    def __init__(
        self,
        theme: Theme,
        body: QWidget,
        *,
        first: bool = False,
        bleed: int = 0,
        link: QWidget | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._first = first
        self.title = Words(theme, bold=True)
        self.note = Words(theme)
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._head.setSpacing(2)
        self._head.setContentsMargins(bleed, 0, bleed, 0)
        self._head.addWidget(self.title)
        self._head.addWidget(self.note if link is None else link)
        self._head.setAlignment(self.note if link is None else link, Qt.AlignmentFlag.AlignRight)
        column = QVBoxLayout(self)
        column.setContentsMargins(SIDE - bleed, _ABOVE, SIDE - bleed, _ABOVE)
        column.setSpacing(8)
        column.addLayout(self._head)
        column.addWidget(body)
        theme.changed.connect(self.update)

    def set_title(self, title: str, tooltip: str = "") -> None:
        """Set the title; the tooltip tells what it had to leave out."""
        self.title.setText(title)
        self.title.setToolTip(plain_tooltip(tooltip))
        self._place_note()

    def set_note(self, note: str, tooltip: str = "") -> None:
        """Set the note, whose tooltip has the exact figure."""
        self.note.setText(note)
        self.note.setToolTip(plain_tooltip(tooltip))
        self._place_note()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_note()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._first:
            painter = QPainter(self)
            painter.fillRect(0, 0, self.width(), 1, self._theme.color("line"))

    def _place_note(self) -> None:
        """Put the note beside the title, or below it where both do not fit."""
        wanted = self.title.sizeHint().width() + 12 + self.note.sizeHint().width()
        beside = wanted <= self.width() - 2 * SIDE
        direction = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if direction != self._head.direction():
            self._head.setDirection(direction)
            side = Qt.AlignmentFlag.AlignRight if beside else Qt.AlignmentFlag.AlignLeft
            self._head.setAlignment(self.note, side)
