"""A text in one of the theme's colours, which takes no room while it is empty."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from desktop.errors.words import say
from desktop.theme.theme import Theme

Tone = Literal["ink", "dim", "bad"]


class Sentence(QLabel):
    """A label in the colour of its tone; a wrapped one is as high as its width asks for."""

    def __init__(
        self, theme: Theme, tone: Tone, *, wrapped: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._tone = theme, tone
        self.setTextFormat(Qt.TextFormat.PlainText)
        if wrapped:
            self.setWordWrap(True)
            self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self._paint()
        theme.changed.connect(self._paint)
        self.setVisible(False)

    def say(self, text: str) -> None:
        """Show `text`, or nothing; what went wrong is also announced to a screen reader."""
        if self._tone == "bad":
            text = say(text)
        if text == self.text() and self.isHidden() != bool(text):
            return
        self.setText(text)
        self.setAccessibleName(text)
        if text and self.parentWidget() is None:
            # It appears with what it is put into; alone it would be a window that takes the keys.
            self.setAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide, False)
        else:
            self.setVisible(bool(text))
        if text and self._tone == "bad":
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def _paint(self) -> None:
        self.setStyleSheet(f"color: {getattr(self._theme.palette, self._tone)};")
