"""Shares with their 95 % intervals: accuracy over temperature, and calibration."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.glass.lettering import small_font
from desktop.shell.figures import format_part
from desktop.theme.theme import Theme

_LEFT, _RIGHT, _TOP, _BOTTOM = 46, 18, 20, 24
_HEIGHT = 210
_DOT = 4.0
_COLOURS = ("accent", "good", "warning", "bad")
_STYLES = (Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine, Qt.PenStyle.DotLine)


@dataclass(frozen=True, slots=True)
class Share:
    """A share at `x`, with its interval; all but `x` are 0..1."""

    x: float
    value: float
    low: float
    high: float


class ShareChart(QWidget):
    """Paints series of shares, told apart by colour and by the kind of line.

    With `diagonal`, x is 0..1 too, and a line shows where both are the same.
    """

    def __init__(
        self, theme: Theme, *, diagonal: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._diagonal = theme, diagonal
        self._series: list[tuple[str, Sequence[Share]]] = []
        self.setMinimumSize(280, _HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setFont(small_font(self.font()))
        theme.changed.connect(self.update)

    def show_series(self, series: Sequence[tuple[str, Sequence[Share]]], spoken: str) -> None:
        """Show named series; `spoken` is the title for who cannot see them."""
        self._series = [
            (name, sorted(shares, key=lambda share: share.x)) for name, shares in series if shares
        ]
        said = "; ".join(
            f"{name}: "
            + ", ".join(
                f"{s.x:g} {format_part(s.value)} ({format_part(s.low)}–{format_part(s.high)})"
                for s in shares
            )
            for name, shares in self._series
        )
        self.setAccessibleName(spoken)
        self.setAccessibleDescription(said)
        self.setToolTip(said.replace("; ", "\n"))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for value in (0.0, 0.25, 0.5, 0.75, 1.0):
            y = self._y(value)
            painter.setPen(self._theme.color("line"))
            painter.drawLine(QPointF(_LEFT, y), QPointF(self.width() - _RIGHT, y))
            painter.setPen(self._theme.color("dim"))
            box = QRectF(0, y - 10, _LEFT - 8, 20)
            painter.drawText(
                box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, format_part(value)
            )
        if self._diagonal:
            painter.setPen(QPen(self._theme.color("faint"), 1, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(self._x(0), self._y(0)), QPointF(self._x(1), self._y(1)))
        for x in self._marks():
            painter.setPen(self._theme.color("dim"))
            text = format_part(x) if self._diagonal else f"{x:g}"
            box = QRectF(self._x(x) - 30, self.height() - _BOTTOM + 4, 60, 18)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
        for number, (name, shares) in enumerate(self._series):
            self._draw(painter, number, name, shares)

    def _draw(self, painter: QPainter, number: int, name: str, shares: Sequence[Share]) -> None:
        colour = self._theme.color(_COLOURS[number % len(_COLOURS)])
        shift = 4.0 * (number - (len(self._series) - 1) / 2)  # so that no bar hides another
        places = [QPointF(self._x(s.x) + shift, self._y(s.value)) for s in shares]
        painter.setPen(QPen(colour, 2, _STYLES[number % len(_STYLES)]))
        painter.drawPolyline(places)
        for share, place in zip(shares, places, strict=True):
            painter.setPen(QPen(colour, 1.5))
            painter.drawLine(
                QPointF(place.x(), self._y(share.low)), QPointF(place.x(), self._y(share.high))
            )
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawEllipse(place, _DOT, _DOT)
        if len(self._series) > 1:
            painter.setPen(colour)
            painter.drawText(QPointF(_LEFT + 6, _TOP + 2 + 15 * number), name)

    def _marks(self) -> list[float]:
        if self._diagonal:
            return [0.0, 0.5, 1.0]
        return sorted({share.x for _, shares in self._series for share in shares})

    def _y(self, value: float) -> float:
        return self.height() - _BOTTOM - value * (self.height() - _TOP - _BOTTOM)

    def _x(self, value: float) -> float:
        marks = [0.0, 1.0] if self._diagonal else self._marks()
        low, high = min(marks), max(marks)
        part = (value - low) / (high - low) if high > low else 0.5
        inset = 24
        return _LEFT + inset + part * (self.width() - _LEFT - _RIGHT - 2 * inset)
