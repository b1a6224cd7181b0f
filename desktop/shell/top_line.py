"""The line over a page: which document it is, and how much of the settings is shown."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QPushButton, QWidget

from desktop.shell.elided_label import ElidedLabel
from desktop.shell.figures import format_count

Unit = Literal["words", "characters"]


class TopLine(QFrame):
    """The document's name, whether it was edited, its length; at the right Simple or Everything.

    everything_chosen(bool)  the person wants all settings, or the simple ones
    """

    everything_chosen = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._edited = False
        self._count: int | None = None
        self._unit: Unit = "words"
        self.setProperty("panel", True)
        self.setProperty("below", True)
        self._name = ElidedLabel()
        self._name.setProperty("strong", True)
        self._state = QLabel()
        self._state.setProperty("dim", True)
        self.switch = QPushButton()
        self.switch.setProperty("menu", True)
        menu = QMenu(self.switch)
        group = QActionGroup(self)
        self._simple, self._all = QAction(self), QAction(self)
        for action in (self._simple, self._all):
            action.setCheckable(True)
            group.addAction(action)
            menu.addAction(action)
        self._simple.triggered.connect(lambda: self.everything_chosen.emit(False))
        self._all.triggered.connect(lambda: self.everything_chosen.emit(True))
        self.switch.setMenu(menu)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 5, 20, 5)
        row.setSpacing(10)
        row.addWidget(self._name)
        row.addWidget(self._state)
        row.addStretch(1)
        row.addWidget(self.switch)
        self.set_everything(False)
        self._retranslate()

    def set_document(
        self, name: str, *, edited: bool, count: int | None, unit: Unit = "words"
    ) -> None:
        """Show a document; `count` words or characters, None while they are not counted."""
        self._name.set_whole_text(name)
        self._edited, self._count, self._unit = edited, count, unit
        self._describe()

    def set_everything(self, everything: bool) -> None:
        """Show whether all settings are shown."""
        (self._all if everything else self._simple).setChecked(True)
        self._name_switch()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _describe(self) -> None:
        parts = [self.tr("edited")] if self._edited else []
        if self._count is not None:
            if self._unit == "characters":
                one, many = self.tr("1 character"), self.tr("{count} characters")
            else:
                one, many = self.tr("1 word"), self.tr("{count} words")
            text = one if self._count == 1 else many.format(count=format_count(self._count))
            parts.append(text)
        self._state.setText(" · ".join(parts))

    def _name_switch(self) -> None:
        chosen = self._all if self._all.isChecked() else self._simple
        self.switch.setText(chosen.text())
        self.switch.setAccessibleName(
            self.tr("Settings that are shown: {choice}").format(choice=chosen.text())
        )

    def _retranslate(self) -> None:
        self._simple.setText(self.tr("Simple"))
        self._all.setText(self.tr("Everything"))
        self._name_switch()
        self._describe()
