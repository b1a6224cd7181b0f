"""The page of the keyboard shortcuts: the table of the actions, to be searched."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QLineEdit, QWidget

from desktop.actions import ACTIONS, MENUS, Action, Menu
from desktop.shell.menus import show_menu_title
from desktop.shell.scrolled_page import ScrolledPage
from desktop.theme.theme import Theme


class ShortcutsPage(ScrolledPage):
    """Every action and its keys, in the groups of the menus."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._filter)
        self.column.addWidget(self.search)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(0, 1)
        self.column.addLayout(self._grid)
        self._nothing = QLabel()
        self._nothing.setProperty("dim", True)
        self.column.addWidget(self._nothing)
        self.column.addStretch(1)
        self._sections: dict[Menu, QLabel] = {}
        self._rows: list[tuple[Action, QLabel, QWidget]] = []
        self._build()
        self._retranslate()

    @property
    def found(self) -> tuple[str, ...]:
        """The ids of the actions that the search has left."""
        return tuple(action.id for action, title, _keys in self._rows if not title.isHidden())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.search.setFocus(event.reason())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _build(self) -> None:
        for menu in MENUS:
            section = QLabel()
            section.setProperty("section", True)
            section.setContentsMargins(0, 14, 0, 2)
            self._grid.addWidget(section, self._grid.rowCount(), 0, 1, 2)
            self._sections[menu] = section
            for action in ACTIONS:
                if action.menu == menu and action.keys:
                    title, keys = QLabel(), _show_keys(action)
                    line = self._grid.rowCount()
                    self._grid.addWidget(title, line, 0)
                    self._grid.addWidget(keys, line, 1)
                    self._rows.append((action, title, keys))

    def _filter(self) -> None:
        """Keep what has every word of the search in its title, its keys or its menu."""
        words = self.search.text().casefold().split()
        found: set[Menu] = set()
        for action, title, keys in self._rows:
            text = " ".join((title.text(), *action.shown_keys, self._sections[action.menu].text()))
            fits = all(word in text.casefold() for word in words)
            title.setVisible(fits)
            keys.setVisible(fits)
            if fits:
                found.add(action.menu)
        for menu, section in self._sections.items():
            section.setVisible(menu in found)
        self._nothing.setVisible(not found)

    def _retranslate(self) -> None:
        self.name_page(self.tr("Keyboard shortcuts"), self.tr("Back to writing"))
        self.search.setPlaceholderText(self.tr("Search for an action or a key"))
        self.search.setAccessibleName(self.tr("Search for an action or a key"))
        self._nothing.setText(self.tr("No action and no key is called that."))
        for menu, section in self._sections.items():
            section.setText(show_menu_title(menu, with_key=False))
        for action, title, _keys in self._rows:
            title.setText(action.shown_title)
            title.setAccessibleName(f"{action.shown_title}: {', '.join(action.shown_keys)}")
        self._filter()


def _show_keys(action: Action) -> QWidget:
    """The keys of an action as caps, the first one first."""
    shown = QWidget()
    row = QHBoxLayout(shown)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(6)
    row.addStretch(1)
    for key in action.shown_keys:
        cap = QLabel(key)
        cap.setTextFormat(Qt.TextFormat.PlainText)
        cap.setProperty("key", True)
        row.addWidget(cap)
    return shown
