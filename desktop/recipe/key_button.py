"""A button that shows its key beside its title."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QPushButton,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QWidget,
)

from desktop.theme.theme import Theme

_PADDING = 12
_GAP = 8
_HEIGHT = 32


class KeyButton(QPushButton):
    """A push button with a dim key at the right, which the application's actions listen to."""

    def __init__(self, theme: Theme, *, primary: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._primary = primary
        self._title = self._key = ""
        self.setProperty("primary", primary)
        theme.changed.connect(self.update)

    def set_title(self, title: str, keys: str) -> None:
        """Show `title` and `keys`, like "Ctrl+R", as this system writes it."""
        native = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
        self._title, self._key = title, native.replace("Return", "⏎").replace("+", " ")
        self.setAccessibleName(title)
        self.setAccessibleDescription(native)
        self.updateGeometry()
        self.update()

    def set_primary(self, primary: bool) -> None:
        """Be the one button of the screen, or a quiet one."""
        if primary != self._primary:
            self._primary = primary
            self.setProperty("primary", primary)
            self.style().unpolish(self)
            self.style().polish(self)
            self.update()

    def sizeHint(self) -> QSize:
        width = QFontMetrics(self._title_font()).horizontalAdvance(self._title)
        width += QFontMetrics(self._key_font()).horizontalAdvance(self._key)
        height = max(_HEIGHT, self.fontMetrics().height() + 12)
        return QSize(width + _GAP + 2 * _PADDING, height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        ink, dim = ("on_accent", "on_accent") if self._primary else ("ink", "dim")
        if not self.isEnabled():
            ink = dim = "faint"
        room = self.rect().adjusted(_PADDING, 0, -_PADDING, 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(self._title_font())
        painter.setPen(self._theme.color(ink))
        painter.drawText(room, middle | Qt.AlignmentFlag.AlignLeft, self._title)
        painter.setFont(self._key_font())
        painter.setPen(self._theme.color(dim))
        painter.drawText(room, middle | Qt.AlignmentFlag.AlignRight, self._key)

    def _title_font(self) -> QFont:
        font = QFont(self.font())
        font.setWeight(QFont.Weight.Bold if self._primary else QFont.Weight.Medium)
        return font

    def _key_font(self) -> QFont:
        font = QFont(self.font())
        font.setWeight(QFont.Weight.Normal)
        if font.pointSizeF() > 0:
            font.setPointSizeF(font.pointSizeF() * 0.85)
        else:
            font.setPixelSize(round(font.pixelSize() * 0.85))
        return font
