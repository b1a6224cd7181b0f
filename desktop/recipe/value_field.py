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
        """Show `value`."""
        self._is_list = isinstance(value, list)
        self.setText(_write(value))
        self.setCursorPosition(0)  # else a long one shows its end

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = self._parameter.step
        direction = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        modified = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if direction is not None and modified:
            event.ignore()  # the row moves with it
            return
        if not step or direction is None:
            super().keyPressEvent(event)
            return
        try:
            number = float(str(self.value())) + direction * step
        except ValueError:
            return
        number = min(max(round(number, 6), self._parameter.lowest), self._parameter.highest)
        self.setText(_write(number))
        self.textEdited.emit(self.text())


def _write(value: object) -> str:
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    return repr(value).removesuffix(".0") if isinstance(value, float) else str(value)
