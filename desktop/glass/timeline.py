"""The model's uncertainty over the last tokens of the text, as a line."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QEvent, QLineF, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from desktop.glass.figures import MINUS, format_choices, format_number
from desktop.glass.lettering import draw_focus, plain_tooltip, small_font
from desktop.theme.theme import Theme

SHOWN = 61  # tokens: from 60 ago to now
_FEWEST = 21  # a short text fills the width from this many on
_CHART = 72  # height in pixels
_LEAST_TOP = 2.0  # nats: the height of the chart stands for at least that
_SIDE = 4
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_PageUp: -10, Qt.Key.Key_PageDown: 10}

Values = npt.NDArray[np.floating[Any]]


class Timeline(QWidget):
    """A point a token: the entropy of the model's own distribution, in nats.

    picked(index)  a click, or the arrow keys, on the token of this index
    """

    picked = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._values: Values = np.empty(0)
        self._first = 0
        self._current: int | None = None
        self._top = _LEAST_TOP
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFont(small_font(self.font()))
        self.setFixedHeight(_CHART + QFontMetrics(self.font()).height() + 6)
        self._retranslate()
        theme.changed.connect(self.update)

    def set_values(self, values: Values, first_index: int = 0, current: int | None = None) -> None:
        """Show `values`, float[n], entropies in nats; nothing is copied.

        first_index  the index of the first value, as `picked` gives it
        current      the index of the open token
        """
        self._values, self._first, self._current = values, first_index, current
        if self.hasFocus():
            self._retranslate()
        self.update()

    def set_top(self, nats: float) -> None:
        """Let the height of the chart stand for so much at least, as that of others beside it."""
        top = max(nats, _LEAST_TOP)
        if top != self._top:
            self._top = top
            self.update()

    @property
    def mean_entropy(self) -> float | None:
        """The mean of the values on show, in nats; None without any."""
        start, stop = self._window()
        return float(self._values[start:stop].mean()) if stop > start else None

    def index_at(self, x: float) -> int:
        """Return the index of the token nearest to a horizontal position."""
        start, stop = self._window()
        place = round((self._right() - x) / self._spacing())
        return self._first + min(max(stop - 1 - place, start), stop - 1)

    def x_of(self, index: int) -> float:
        """Return the horizontal position of a token."""
        return self._right() - (self._window()[1] - 1 - (index - self._first)) * self._spacing()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        count = len(self._values)
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier or not count:
            event.ignore()
            return
        last = self._first + count - 1
        if event.key() in _STEPS:
            step = _STEPS[Qt.Key(event.key())]
            target = last if self._current is None else self._current + step
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            target = self._first if event.key() == Qt.Key.Key_Home else last
        else:
            super().keyPressEvent(event)
            return
        self._pick(min(max(target, self._first), last))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and len(self._values):
            self._pick(self.index_at(event.position().x()))

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            if len(self._values):
                text = self._describe(self.index_at(event.pos().x()))
                QToolTip.showText(event.globalPos(), plain_tooltip(text), self)
            return True
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
            self.update()

    def focusInEvent(self, event: Any) -> None:
        self._retranslate()
        super().focusInEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        color = self._theme.color
        painter.setPen(QPen(color("line"), 1))
        painter.drawLine(0, _CHART, self.width(), _CHART)
        start, stop = self._window()
        if stop > start:
            self._draw_line(painter, start, stop)
            self._draw_labels(painter, start, stop)
        if self.hasFocus():
            draw_focus(painter, self.rect(), color("accent"))

    def _draw_line(self, painter: QPainter, start: int, stop: int) -> None:
        color = self._theme.color
        values = self._values[start:stop]
        top = max(float(values.max()), self._top) * 1.08
        heights = (_CHART - values * (_CHART / top)).tolist()
        left = self.x_of(self._first + start)
        spacing = self._spacing()
        points = [QPointF(left + n * spacing, height) for n, height in enumerate(heights)]
        floor = [QPointF(points[-1].x(), _CHART), QPointF(left, _CHART)]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("accent_ground"))
        painter.drawPolygon(QPolygonF(points + floor))
        painter.setPen(QPen(color("accent"), 1.5))
        # as lines of their own: a polyline of this width takes seven times as long
        painter.drawLines([QLineF(*ends) for ends in pairwise(points)])
        at = None if self._current is None else self._current - self._first - start
        if at is not None and 0 <= at < len(points):
            painter.setPen(QPen(color("accent"), 1, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(points[at].x(), 2), QPointF(points[at].x(), _CHART))
            painter.setPen(QPen(color("panel"), 1.5))
            painter.setBrush(color("accent"))
            painter.drawEllipse(points[at], 4, 4)

    def _draw_labels(self, painter: QPainter, start: int, stop: int) -> None:
        painter.setPen(self._theme.color("dim"))
        last = len(self._values) - 1
        row = QRect(_SIDE, _CHART + 3, self.width() - 2 * _SIDE, self.height() - _CHART - 3)
        right = self._ago(last - stop + 1)
        painter.drawText(row, Qt.AlignmentFlag.AlignRight, right)
        room = self.x_of(self._first + stop - 1) - QFontMetrics(self.font()).horizontalAdvance(
            right
        )
        left = QRectF(row)
        left.setLeft(max(self.x_of(self._first + start), left.left()))
        if left.left() + 40 < room:
            painter.drawText(left, Qt.AlignmentFlag.AlignLeft, self._ago(last - start))

    def _ago(self, tokens: int) -> str:
        return self.tr("now") if tokens == 0 else f"{MINUS}{tokens}"

    def _pick(self, index: int) -> None:
        self._current = index
        self._retranslate()
        self.update()
        self.picked.emit(index)

    def _window(self) -> tuple[int, int]:
        """The part of the values on show: the last ones, or those around the open token."""
        count = len(self._values)
        stop = count
        if self._current is not None and self._current - self._first < count - SHOWN:
            stop = min(max(self._current - self._first + SHOWN // 2, SHOWN), count)
        return max(stop - SHOWN, 0), stop

    def _spacing(self) -> float:
        start, stop = self._window()
        return (self.width() - 2 * _SIDE) / (max(stop - start, _FEWEST) - 1)

    def _right(self) -> float:
        return self.width() - _SIDE

    def _describe(self, index: int) -> str:
        entropy = float(self._values[index - self._first])
        return self.tr("Token {index} of {count}: as sure as a choice among {choices}").format(
            index=index - self._first + 1,
            count=len(self._values),
            choices=format_choices(entropy),
        ) + self.tr(" (entropy {nats} nats)").format(nats=format_number(entropy, 2))

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Uncertainty, token by token"))
        at = None if self._current is None else self._current - self._first
        known = at is not None and 0 <= at < len(self._values)
        self.setAccessibleDescription(
            self._describe(self._first + at)
            if known and at is not None
            else self.tr("Left and Right pick a token.")
        )
