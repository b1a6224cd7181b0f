"""The panel's words: small labels and links in the theme's colours."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QLabel, QSizePolicy, QWidget

from desktop.theme.theme import Theme

SMALL = 0.9  # of the interface font


def small_font(font: QFont, *, bold: bool = False) -> QFont:
    """Return `font` a little smaller, with figures of one width."""
    small = QFont(font)
    if font.pixelSize() > 0:
        small.setPixelSize(max(round(font.pixelSize() * SMALL), 1))
    else:
        small.setPointSizeF(font.pointSizeF() * SMALL)
    small.setFeature(QFont.Tag("tnum"), 1)
    small.setBold(bold)
    return small


def figure_font(font: QFont, *, bold: bool = False) -> QFont:
    """Return `font` with figures of one width, so that columns of them line up."""
    figures = QFont(font)
    figures.setFeature(QFont.Tag("tnum"), 1)
    figures.setBold(bold)
    return figures


def plain_tooltip(text: str) -> str:
    """Return a tooltip that shows `text` as it is: what a model wrote is never markup."""
    return f"<p style='white-space:pre-wrap'>{escape(text)}</p>" if text else ""


def draw_focus(painter: QPainter, rect: QRect, color: QColor) -> None:
    """Draw the ring of what the keyboard is on, inside of `rect`."""
    painter.setPen(QPen(color, 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 4, 4)


def draw_line(
    painter: QPainter, rect: QRect, text: str, metrics: QFontMetrics, *, right: bool = False
) -> None:
    """Draw a text on one line in the middle of `rect`, elided, at its left or its right edge.

    `metrics` are of the painter's font. At a point, a text is drawn in a quarter of the time that
    it takes in a rectangle.
    """
    text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    left = rect.right() + 1 - metrics.horizontalAdvance(text) if right else rect.left()
    painter.drawText(
        left, rect.top() + (rect.height() - metrics.height()) // 2 + metrics.ascent(), text
    )


class Words(QLabel):
    """A small text in a colour of the palette, never taken for markup."""

    def __init__(self, theme: Theme, parent: QWidget | None = None, *, bold: bool = False) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(small_font(self.font(), bold=bold))
        theme.changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self._theme.color("dim"))
        wrap = Qt.TextFlag.TextWordWrap if self.wordWrap() else Qt.TextFlag.TextSingleLine
        painter.drawText(self.contentsRect(), int(self.alignment()) | int(wrap), self.text())


class Link(QAbstractButton):
    """A word that can be pressed."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setFont(small_font(self.font()))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self.font())
        return QSize(max(metrics.horizontalAdvance(self.text()), 20), metrics.height() + 4)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        active = self.isEnabled() and (self.underMouse() or self.hasFocus())
        name = "accent" if active else "dim" if self.isEnabled() else "faint"
        painter.setPen(self._theme.color(name))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
        if self.hasFocus():
            line = self._theme.color("accent")
            painter.fillRect(0, self.height() - 2, self.width(), 2, line)
