"""The menus of the window, from the table of the actions."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QMenuBar

from desktop.actions import ACTIONS, MENUS, Menu


class Menus(QObject):
    """Fills a menu bar. `recent_chosen(path)`: one of the recent documents is to be opened."""

    recent_chosen = Signal(Path)

    def __init__(self, bar: QMenuBar, actions: Mapping[str, QAction]) -> None:
        super().__init__(bar)
        self._menus = {menu: bar.addMenu("") for menu in MENUS}
        self._recent = QMenu(bar)
        for action in ACTIONS:
            menu = self._menus[action.menu]
            if action.apart:
                menu.addSeparator()
            menu.addAction(actions[action.id])
            if action.id == "open":
                menu.addMenu(self._recent)
        self.set_recent(())
        self.retranslate()

    def set_recent(self, paths: Sequence[Path]) -> None:
        """List the recent documents by their names, and by their folders where names are shared."""
        self._recent.clear()
        names = [path.name for path in paths]
        for path in paths:
            name = path.name if names.count(path.name) == 1 else f"{path.name} ({path.parent})"
            entry = self._recent.addAction(name.replace("&", "&&"))
            entry.setToolTip(str(path))
            entry.triggered.connect(lambda _checked, path=path: self.recent_chosen.emit(path))
        self._recent.setEnabled(bool(paths))

    def retranslate(self) -> None:
        """Name the menus in the language of the window; the actions name themselves."""
        for menu, shown in self._menus.items():
            shown.setTitle(show_menu_title(menu))
        self._recent.setTitle(self.tr("Open recent"))


def show_menu_title(menu: Menu, *, with_key: bool = True) -> str:
    """The title of a menu; without its key it reads as a heading."""
    title = QCoreApplication.translate("Menu", MENUS[menu])
    return title if with_key else re.sub(r"\(&.\)|&", "", title)
