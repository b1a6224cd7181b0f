"""A line to type the value of a stage's parameter into."""

from __future__ import annotations

import json
import unicodedata

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.recipe.stage_words import Parameter
from models.errors import InputError

_NUMBER_WIDTH = 64
_TEXT_WIDTH = 220


class ValueField(QLineEdit):
    """The value as text: a number, a text, or a list as JSON writes it.

    Whether it is allowed, its stage decides. The arrow keys step a number between its ends.
    """

    def __init__(self, parameter: Parameter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parameter = parameter
        self._is_list = False

    def sizeHint(self) -> QSize:
        width = _NUMBER_WIDTH if self._parameter.step else _TEXT_WIDTH
        return QSize(width, super().sizeHint().height())

    def value(self) -> object:
        """What was typed. Raises InputError for a list that is not written as one."""
        text = self.text()
        if self._is_list:
            try:
                return json.loads(text)
            except json.JSONDecodeError:
                raise InputError(
                    f'{text} is not a list of texts in brackets: give one, like ["\\n", ":"].'
                ) from None
        if self._parameter.step:
            return unicodedata.normalize("NFKC", text).strip().replace(",", ".")
        return text

    def set_value(self, value: object) -> None:
        """Show `value`; what is typed already stays as it is typed if it means the same."""
        self._is_list = isinstance(value, list)
        if not self._means(value):
            self.setText(_write(value))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = self._parameter.step
        direction = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        modified = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if not step or direction is None or modified:
            super().keyPressEvent(event)
            return
        try:
            number = float(str(self.value())) + direction * step
        except ValueError:
            return
        number = min(max(round(number, 6), self._parameter.lowest), self._parameter.highest)
        self.setText(_write(number))
        self.textEdited.emit(self.text())

    def _means(self, value: object) -> bool:
        try:
            typed = self.value()
            return typed == value or (
                isinstance(value, (int, float)) and float(str(typed)) == value
            )
        except ValueError:  # InputError is one
            return False


def _write(value: object) -> str:
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    return repr(value).removesuffix(".0") if isinstance(value, float) else str(value)
