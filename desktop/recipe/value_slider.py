"""A number with its name: to slide, to step with the arrow keys, or to type."""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import QEvent, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QSlider, QStyle, QWidget

from desktop.recipe.sentence import Sentence
from desktop.theme.theme import Theme

_STEPS = 100  # of the slider, a unit
_KEY_STEP = 5
_NARROWEST = 56
_TYPED = "0123456789.,０１２３４５６７８９．，"
_USUAL = 64


class ValueSlider(QWidget):
    """A number between two ends, in steps of 0.05 by key and of 0.01 by mouse.

    The value may be typed: click it, or begin to type on the slider; Return takes it, Esc does
    not. What lies beyond the ends becomes the end.
    """

    value_changed = Signal(float)

    def __init__(
        self, theme: Theme, lowest: float, highest: float, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._lowest, self._highest = lowest, highest
        self._value = lowest
        self._label = Sentence(theme, "dim", wrapped=False)
        self._slider = _Slider(Qt.Orientation.Horizontal)
        self._slider.setRange(round(lowest * _STEPS), round(highest * _STEPS))
        self._slider.setSingleStep(_KEY_STEP)
        self._slider.setPageStep(4 * _KEY_STEP)
        self._slider.setMinimumWidth(_NARROWEST)
        self._slider.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._text = _Text()
        self._label.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self._label.setBuddy(self._slider)
        self.setFocusProxy(self._slider)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for part in (self._label, self._slider, self._text):
            row.addWidget(part, 1 if part is self._slider else 0)
        self._slider.valueChanged.connect(lambda steps: self._take(steps / _STEPS))
        self._slider.typed.connect(self._begin_typing)
        self._text.editingFinished.connect(self._take_text)
        self._text.left.connect(self._leave_text)
        self.set_value(lowest)

    @property
    def value(self) -> float:
        return self._value

    def set_value(self, value: float) -> None:
        """Show `value` as it is, even one that lies beyond the ends; no signal."""
        self._value = value
        with QSignalBlocker(self._slider):
            self._slider.setValue(round(value * _STEPS))
        self._text.setText(f"{value:.2f}")

    def set_words(self, label: str, explanation: str) -> None:
        """Name the number, and explain it in a sentence."""
        self._label.say(label)
        self._slider.setAccessibleName(label)
        self._text.setAccessibleName(label)
        for part in (self._label, self._slider, self._text):
            part.setToolTip(explanation)
            part.setAccessibleDescription(explanation)

    def _take(self, value: float) -> None:
        if value != self._value:
            self.set_value(value)
            self.value_changed.emit(value)

    def _take_text(self) -> None:
        typed = unicodedata.normalize("NFKC", self._text.text()).strip().replace(",", ".")
        try:
            value = float(typed)
        except ValueError:
            value = float("nan")
        if value != value or typed == f"{self._value:.2f}":  # no number; or untouched
            self.set_value(self._value)
        else:
            self._take(min(max(value, self._lowest), self._highest))
            self.set_value(self._value)

    def _begin_typing(self, text: str) -> None:
        self._text.setFocus(Qt.FocusReason.OtherFocusReason)
        self._text.setText(text)

    def _leave_text(self, keep: bool) -> None:
        if not keep:
            self.set_value(self._value)
        self._slider.setFocus(Qt.FocusReason.OtherFocusReason)  # takes the text, if it is new


class _Slider(QSlider):
    """A slider that goes where it is clicked, and passes on what is typed."""

    typed = Signal(str)

    def sizeHint(self) -> QSize:
        return QSize(_USUAL, super().sizeHint().height())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            handle = self.style().pixelMetric(QStyle.PixelMetric.PM_SliderLength, None, self)
            room, place = self.width() - handle, round(event.position().x()) - handle // 2
            value = QStyle.sliderValueFromPosition(self.minimum(), self.maximum(), place, room)
            self.setValue(value)
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        modified = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.text() and event.text() in _TYPED and not modified:
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)


class _Text(QLineEdit):
    """The value: it looks like a text until one types into it."""

    left = Signal(bool)  # whether what was typed counts

    def __init__(self) -> None:
        super().__init__()
        self.setFrame(False)
        self.setProperty("plain", True)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setStyleSheet("QLineEdit { background: transparent; border: none; padding: 0; }")
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self.font().weight() != QFont.Weight.DemiBold:
            self._fit()

    def _fit(self) -> None:
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        self.setFont(font)
        self.setFixedWidth(QFontMetrics(font).horizontalAdvance("0.00") + 6)

    def event(self, event: QEvent) -> bool:
        # Esc and Return belong to the text here, not to the actions of the window.
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            mine = event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return)
            if mine and not event.modifiers():
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.left.emit(True)
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit(False)
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        self.selectAll()
