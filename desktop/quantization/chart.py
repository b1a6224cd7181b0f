"""Levels over their size: how far they diverge, their perplexity, their speed."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.glass.lettering import small_font
from desktop.theme.theme import Theme
from models.size import format_size

_LEFT, _RIGHT, _TOP, _BOTTOM = 52, 56, 18, 26
_HEIGHT = 240
_DOT = 4.5
_LEAST = 1e-6  # of a divergence on a log scale: float32 tells no less from nothing


@dataclass(frozen=True, slots=True)
class LevelPoint:
    """One level; `error` is a standard error, drawn as a bar up and down, or 0."""

    level: str
    size_bytes: int
    value: float
    error: float = 0.0
    marked: bool = False


class LevelChart(QWidget):
    """Paints points, joined by a line in the order of their sizes."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._points: list[LevelPoint] = []
        self._log = False
        self.setMinimumHeight(_HEIGHT)
        self.setMinimumWidth(360)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setFont(small_font(self.font()))
        theme.changed.connect(self.update)

    def show_points(self, points: Sequence[LevelPoint], *, log: bool, spoken: str) -> None:
        """Show values over sizes; `spoken` is the title for who cannot see them."""
        self._log = log
        self._points = sorted(points, key=lambda point: point.size_bytes)
        said = "; ".join(
            f"{point.level} {format_size(point.size_bytes)} {point.value:.3g}"
            for point in self._points
        )
        self.setAccessibleName(spoken)
        self.setAccessibleDescription(said)
        self.setToolTip(said.replace("; ", "\n"))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._points:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_grid(painter)
        places = [QPointF(self._x(p.size_bytes), self._y(p.value)) for p in self._points]
        painter.setPen(QPen(self._theme.color("before"), 2))
        painter.drawPolyline(places)
        for point, place in zip(self._points, places, strict=True):
            self._draw_point(painter, point, place)

    def _draw_grid(self, painter: QPainter) -> None:
        metrics = QFontMetrics(self.font())
        for value in self._ticks():
            y = self._y(value)
            painter.setPen(self._theme.color("line"))
            painter.drawLine(QPointF(_LEFT, y), QPointF(self.width() - _RIGHT, y))
            painter.setPen(self._theme.color("dim"))
            box = QRectF(0, y - 10, _LEFT - 8, 20)
            painter.drawText(
                box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"{value:g}"
            )
        painter.setPen(self._theme.color("dim"))
        last = -math.inf
        for point in self._points:
            text = format_size(point.size_bytes)
            width = metrics.horizontalAdvance(text)
            x = self._x(point.size_bytes) - width / 2
            if x > last + 8:
                painter.drawText(QPointF(x, self.height() - 6), text)
                last = x + width

    def _draw_point(self, painter: QPainter, point: LevelPoint, place: QPointF) -> None:
        colour = self._theme.color("good" if point.marked else "accent")
        if point.error:
            painter.setPen(QPen(colour, 1.5))
            low, high = self._y(point.value - point.error), self._y(point.value + point.error)
            painter.drawLine(QPointF(place.x(), low), QPointF(place.x(), high))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        radius = _DOT + 2 * point.marked
        painter.drawEllipse(place, radius, radius)
        painter.setPen(self._theme.color("ink"))
        painter.drawText(place + QPointF(9, -6), point.level)

    def _range(self) -> tuple[float, float]:
        lows = [self._scale(point.value - point.error) for point in self._points]
        highs = [self._scale(point.value + point.error) for point in self._points]
        low, high = min(lows), max(highs)
        room = (high - low) * 0.08 or abs(high) * 0.1 or 1.0
        return low - room, high + room

    def _scale(self, value: float) -> float:
        return math.log10(max(value, _LEAST)) if self._log else value

    def _y(self, value: float) -> float:
        low, high = self._range()
        part = (self._scale(value) - low) / (high - low)
        return self.height() - _BOTTOM - part * (self.height() - _TOP - _BOTTOM)

    def _x(self, size: float) -> float:
        sizes = [point.size_bytes for point in self._points]
        low, high = min(sizes), max(sizes)
        part = (size - low) / (high - low) if high > low else 0.5
        inset = 18
        return _LEFT + inset + part * (self.width() - _LEFT - _RIGHT - 2 * inset)

    def _ticks(self) -> list[float]:
        low, high = self._range()
        if self._log:
            marks = [f * 10.0**e for e in range(-6, 4) for f in (1, 3)]
            return [mark for mark in marks if low <= math.log10(mark) <= high]
        step = 10.0 ** math.floor(math.log10((high - low) / 4))
        step *= next(factor for factor in (1, 2, 5, 10) if (high - low) / (step * factor) <= 6)
        first, last = math.ceil(low / step), math.floor(high / step)
        return [round(number * step, 10) for number in range(first, last + 1)]
