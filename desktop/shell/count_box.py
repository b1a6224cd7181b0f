"""A field for a whole number, set in from its border like every other field."""

from __future__ import annotations

from PySide6.QtWidgets import QSpinBox, QWidget

_INSET = 7  # which the stylesheet can make room for, and not give


class CountBox(QSpinBox):
    """From `lowest` to `highest`."""

    def __init__(self, lowest: int, highest: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRange(lowest, highest)
        self.lineEdit().setTextMargins(_INSET, 0, 0, 0)
