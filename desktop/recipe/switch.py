"""A switch: a check box that looks like one side or the other."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QWidget

from desktop.theme.theme import Theme

_TRACK = QSize(28, 16)
_GAP = 6
_MARGIN = 3  # room for the focus ring


class Switch(QCheckBox):
    """On or off, with its text at the right; without text it needs an accessible name."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        text = metrics.horizontalAdvance(self.text()) + _GAP if self.text() else 0
        height = max(_TRACK.height(), metrics.height()) + 2 * _MARGIN
        return QSize(_TRACK.width() + text + 2 * _MARGIN, height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, _event: QPaintEvent) -> None:
        color = self._theme.color
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self.isEnabled():
            painter.setOpacity(0.5)
        top = (self.height() - _TRACK.height()) / 2
        track = QRectF(_MARGIN, top, _TRACK.width(), _TRACK.height())
        radius = track.height() / 2
        if self.hasFocus():
            painter.setPen(QPen(color("accent"), 2))
            painter.drawRoundedRect(track.adjusted(-2, -2, 2, 2), radius + 2, radius + 2)
        on = self.isChecked()
        painter.setPen(QPen(color("accent" if on else "dim"), 1.5))
        painter.setBrush(color("accent" if on else "paper"))
        painter.drawRoundedRect(track.adjusted(0.75, 0.75, -0.75, -0.75), radius, radius)
        side = track.height() - 7
        left = track.right() - side - 3.5 if on else track.left() + 3.5
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("on_accent" if on else "dim"))
        painter.drawEllipse(QRectF(left, track.top() + 3.5, side, side))
        if self.text():
            painter.setPen(color("ink"))
            text = self.rect().adjusted(_MARGIN + _TRACK.width() + _GAP, 0, 0, 0)
            painter.drawText(text, Qt.AlignmentFlag.AlignVCenter, self.text())
