"""The list of candidates: what the model weighed, and what the chain made of it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, Signal
from PySide6.QtWidgets import QWidget

from desktop.glass.candidate_delegate import CandidateDelegate
from desktop.glass.candidate_model import CandidateModel
from desktop.glass.candidate_rows import Row, list_rows
from desktop.glass.row_list import RowList
from desktop.theme.theme import Theme
from models.engine.protocol import Step

MOST_ROWS = 12


class CandidateList(RowList):
    """A row a candidate.

    chosen(token)  a row was clicked, or Enter or Space pressed on it
    walked(step)   Left or Right: -1 for the previous token of the text, +1 for the next one
    """

    chosen = Signal(int)
    walked = Signal(int)

    def __init__(
        self, theme: Theme, most_rows: int = MOST_ROWS, parent: QWidget | None = None
    ) -> None:
        super().__init__(most_rows, parent)
        self._live = False
        self._model = CandidateModel(self)
        self._delegate = CandidateDelegate(theme, self._model, self)
        self.setModel(self._model)
        self.setItemDelegate(self._delegate)
        self.pressed_row.connect(self._choose)
        self.turned.connect(self.walked)
        theme.changed.connect(self.viewport().update)
        self._name()

    @property
    def full(self) -> float:
        """The probability that a bar of full width stands for."""
        return self._delegate.full

    def show_step(self, step: Step, original: Step | None = None) -> None:
        """Show a step from its most probable candidate on.

        With `original`, `step` is that one decided again: the token of `original` is the one in
        the text.
        """
        self._show(step, original)
        self._live = False
        row = self._row_in_text()
        self.setCurrentIndex(self._model.index(0 if row is None or row >= self._most_rows else row))
        self.scrollToTop()

    def show_live(self, step: Step) -> None:
        """Show the newest step of a generation: rows can be read and not chosen."""
        self._show(step, None)
        self._live = True

    def set_other(self, token: int | None) -> None:
        """Mark the candidate that other settings would choose."""
        self._model.set_other(token)

    def below_view(self) -> Row | None:
        """Return the row of the token in the text, where one has to scroll to see it."""
        row = self._row_in_text()
        return self._model.rows[row] if row is not None and row >= self._most_rows else None

    def title_of(self, token: int) -> str | None:
        """Return how a token is drawn; None when it is not listed."""
        rows = self._model.rows
        return next((r.name for r in rows if r.candidate and r.candidate.token == token), None)

    def bar_area(self, index: QModelIndex) -> tuple[int, int]:
        """Return left and width of the bars of a row, in pixels of the viewport."""
        area = self._delegate.bar_area(self.visualRect(index), self.font())
        return area.left(), area.width()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._name()
            self.viewport().update()

    def _show(self, step: Step, original: Step | None) -> None:
        rows = list_rows(step, original)
        self._delegate.scale_to(rows, tuple(stage.name for stage in step.stages))
        self._model.show_rows(rows)
        self.fit_height()

    def _row_in_text(self) -> int | None:
        return next((i for i, row in enumerate(self._model.rows) if row.in_text), None)

    def _choose(self, row: int) -> None:
        candidate = self._model.rows[row].candidate
        if candidate is not None and not self._live:
            self.chosen.emit(candidate.token)

    def _name(self) -> None:
        self.setAccessibleName(self.tr("Candidates"))
