"""The panel beside the page: what was weighed, and behind the advanced switch how it is done."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QEvent
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.glass.glass import Glass
from desktop.recipe.chain_editor import ChainEditor
from desktop.recipe.sampler_editor import SamplerEditor
from desktop.theme.theme import Theme

Side = Literal["glass", "chain", "samplers"]


class SidePanel(QWidget):
    """The glass; with `set_everything`, the chain and the samplers behind two further tabs."""

    def __init__(
        self,
        theme: Theme,
        glass: Glass,
        chain: ChainEditor,
        samplers: SamplerEditor,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._sides: dict[Side, QWidget] = {"glass": glass, "chain": chain, "samplers": samplers}
        self._tabs: dict[Side, QPushButton] = {}
        self._stack = QStackedWidget()
        self._head = QFrame()
        self._head.setProperty("below", True)
        row = QHBoxLayout(self._head)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(4)
        group = QButtonGroup(self)
        for side, widget in self._sides.items():
            tab = self._tabs[side] = QPushButton()
            tab.setCheckable(True)
            tab.setProperty("tab", True)
            tab.clicked.connect(lambda _checked, side=side: self.show_side(side))
            group.addButton(tab)
            row.addWidget(tab)
            self._stack.addWidget(widget)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addWidget(self._stack, 1)
        theme.changed.connect(self.update)
        self._translate()
        self.set_everything(False)

    def set_everything(self, everything: bool) -> None:
        """Show the tabs of the chain and the samplers, or the glass alone."""
        self._head.setVisible(everything)
        if not everything:
            self.show_side("glass")

    def show_side(self, side: Side) -> None:
        """Bring one of the three to the front."""
        self._tabs[side].setChecked(True)
        self._stack.setCurrentWidget(self._sides[side])

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._translate()

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), self._theme.color("panel"))

    def _translate(self) -> None:
        names: dict[Side, str] = {
            "glass": self.tr("Candidates"),
            "chain": self.tr("Chain"),
            "samplers": self.tr("Samplers"),
        }
        for side, name in names.items():
            self._tabs[side].setText(name)
            self._tabs[side].setAccessibleName(name)
