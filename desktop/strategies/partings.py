"""Where two columns part: the distributions of both at that step, side by side."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.glass.candidate_list import CandidateList
from desktop.library.lettering import make_icon_button, make_label, name_button
from desktop.strategies.column import Column, name_strategy
from desktop.theme.theme import Theme

_ROWS = 5


class Partings(QFrame):
    """Shows one step of one or two columns."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self._columns: list[Column] = []
        self._index = 0
        self._title, self._facts = make_label("strong"), make_label("dim", wrap=True)
        self._names = [make_label("dim") for _ in range(2)]
        self.lists = [CandidateList(theme, _ROWS) for _ in range(2)]
        self._sides = [QWidget() for _ in range(2)]
        self.close_button = make_icon_button(theme, "x")
        self.close_button.clicked.connect(self.hide)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self.close_button)
        row = QHBoxLayout()
        row.setSpacing(24)
        for side, name, candidates in zip(self._sides, self._names, self.lists, strict=True):
            rows = QVBoxLayout(side)
            rows.setContentsMargins(0, 0, 0, 0)
            rows.setSpacing(4)
            rows.addWidget(name)
            rows.addWidget(candidates)
            row.addWidget(side, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 10)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self._facts)
        column.addLayout(row)
        self.hide()

    def show_step(self, index: int, columns: list[Column]) -> None:
        """Show the step with this index of one column, or of two."""
        self._columns = [column for column in columns if index < len(column.steps)][:2]
        self._index = index
        for number, side in enumerate(self._sides):
            side.setVisible(number < len(self._columns))
        for candidates, column in zip(self.lists, self._columns, strict=False):
            candidates.show_step(column.steps[index])
        self.setVisible(bool(self._columns))
        self._retranslate()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        parted = any(self._index in column.partings for column in self._columns[1:])
        self._title.setText(self.tr("Where they part") if parted else self.tr("This step"))
        close = self.tr("Close this step")
        name_button(self.close_button, close, close)
        self._facts.setText(
            self.tr("Token {number}: pale is the model, solid after the sampler.").format(
                number=self._index + 1
            )
        )
        for label, column in zip(self._names, self._columns, strict=False):
            label.setText(name_strategy(column.strategy))
