"""The rail at the left: the workspaces, and the settings at its foot."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from desktop.theme.theme import Theme

WIDTH = 75
_ICON = 20
_MARGIN = 8


class Rail(QFrame):
    """One entry a page: icon and name. Tab reaches the chosen one, the arrow keys the others.

    chosen(id)  the person wants this page
    """

    chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._entries: dict[str, QToolButton] = {}
        self._group = QButtonGroup(self)
        self.setProperty("ground", True)
        self.setProperty("right", True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self._head, self._foot = QVBoxLayout(), QVBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, 12, _MARGIN, 12)
        for part in (self._head, self._foot):
            part.setSpacing(4)
        column.addLayout(self._head)
        column.addStretch(1)
        column.addLayout(self._foot)
        self._retranslate()

    def add_entry(self, id: str, icon: str, name: str, *, foot: bool = False) -> None:
        """Add an entry below the others, or at the foot."""
        entry = QToolButton()
        entry.setProperty("rail", True)
        entry.setIcon(self._theme.icon(icon, "dim"))
        entry.setIconSize(QSize(_ICON, _ICON))
        entry.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        entry.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        entry.setCheckable(True)
        entry.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        entry.clicked.connect(lambda: self.chosen.emit(id))
        self._group.addButton(entry)
        self._entries[id] = entry
        (self._foot if foot else self._head).addWidget(entry)
        self.name_entry(id, name)

    def name_entry(self, id: str, name: str) -> None:
        """Name an entry anew, as after a change of the language."""
        font = self.font()
        if font.pointSizeF() > 0:
            font.setPointSizeF(font.pointSizeF() * 0.85)
        entry = self._entries[id]
        entry.setFont(font)
        entry.setText(name)
        entry.setAccessibleName(name)

    def show_chosen(self, id: str) -> None:
        """Mark the entry of the page that is shown; none when it has no entry."""
        self._group.setExclusive(False)  # else one of them would stay checked
        for name, entry in self._entries.items():
            entry.setChecked(name == id)
        self._group.setExclusive(True)

    def sizeHint(self) -> QSize:
        return super().sizeHint().expandedTo(QSize(WIDTH, 0))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Workspaces"))
