"""The window: rail, top line, notices, pages and status line around what the workspaces bring."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QByteArray, QCoreApplication, QEvent, QSize, Qt, Signal
from PySide6.QtGui import QAction, QCloseEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMainWindow,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.actions import title_actions
from desktop.settings import Settings
from desktop.shell.menus import Menus
from desktop.shell.notices import Notices
from desktop.shell.rail import Rail
from desktop.shell.scrolled_page import ScrolledPage
from desktop.shell.status_line import StatusLine
from desktop.shell.top_line import TopLine, Unit
from desktop.theme.theme import Theme
from desktop.translation import QT_TRANSLATE_NOOP

_FIRST_SIZE = QSize(1280, 820)


@dataclass(frozen=True, slots=True)
class _Entry:
    """What a page is called on the rail, and its icon; `head`, if it has a line of its own."""

    icon: str
    name: str
    foot: bool = False
    head: bool = False


_RAIL: Mapping[str, _Entry] = {
    "write": _Entry("pen-line", QT_TRANSLATE_NOOP("Page", "Write")),
    "strategies": _Entry("columns-3", QT_TRANSLATE_NOOP("Page", "Strategies"), head=True),
    "quantization": _Entry("scale", QT_TRANSLATE_NOOP("Page", "Quantization"), head=True),
    "questions": _Entry("list-checks", QT_TRANSLATE_NOOP("Page", "Questions"), head=True),
    "library": _Entry("library", QT_TRANSLATE_NOOP("Page", "Library"), head=True),
    "settings": _Entry("settings", QT_TRANSLATE_NOOP("Page", "Settings"), foot=True),
}


class _Stack(QStackedWidget):
    """Pages of which the one in front alone says how much room is needed."""

    def __init__(self) -> None:
        super().__init__()
        self.currentChanged.connect(self.updateGeometry)

    def minimumSizeHint(self) -> QSize:
        page = self.currentWidget()
        return super().minimumSizeHint() if page is None else page.minimumSizeHint()


class MainWindow(QMainWindow):
    """Holds the pages, and remembers its place in `settings`.

    `may_close` is asked before the window closes: False keeps it open.

    page_shown(id)       another page is in front
    recent_chosen(path)  one of the recent documents is to be opened
    closed()             the window has closed, and its place is in the settings
    """

    page_shown = Signal(str)
    recent_chosen = Signal(Path)
    closed = Signal()

    def __init__(self, theme: Theme, settings: Settings, actions: Mapping[str, QAction]) -> None:
        super().__init__()
        self._settings, self._actions = settings, actions
        self.may_close: Callable[[], bool] = lambda: True
        self.rail, self.status_line = Rail(theme), StatusLine(theme)
        self.top_line, self.notices = TopLine(), Notices(theme)
        self._builders: dict[str, Callable[[], None]] = {}
        self._pages: dict[str, QWidget] = {}
        self._panels: dict[str, QWidget] = {}
        self._page = self._home = ""
        self._panel_wanted = True
        self._stack, self._panel_stack = _Stack(), _Stack()
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._build()
        self._menus = Menus(self.menuBar(), actions)
        self._menus.recent_chosen.connect(self.recent_chosen)
        self.rail.chosen.connect(self.show_page)
        for action in actions.values():
            self.addAction(action)  # keys work where the menus are not in the window
        self.set_document("", edited=False, count=None)
        self._restore_place()

    def set_page(self, id: str, page: QWidget, panel: QWidget | None = None) -> None:
        """Add a page. A `panel` stands right of it, as high as the window, and can be dragged.

        Workspaces, the pages at the head of the rail, have the top line over them, or their own.
        """
        self._pages[id] = page
        self._stack.addWidget(page)
        if panel is not None:
            self._panels[id] = panel
            self._panel_stack.addWidget(panel)
        if isinstance(page, ScrolledPage):
            page.left.connect(self.go_back)
        if id not in self._builders:
            self._add_to_rail(id)
        if not self._page:
            self.show_page(id)

    def announce_page(self, id: str, build: Callable[[], None]) -> None:
        """Name a page that `build` sets when it is first wanted: the start need not wait for it."""
        self._builders[id] = build
        self._add_to_rail(id)

    def show_page(self, id: str) -> None:
        """Bring a page to the front. Raises KeyError for one that was never set or announced."""
        if id in self._builders and id not in self._pages:
            self._builders[id]()
        page = self._pages[id]
        self._page = id
        if not isinstance(page, ScrolledPage):
            self._home = id
        self._stack.setCurrentWidget(page)
        entry = _RAIL.get(id)
        self.top_line.setVisible(entry is not None and not entry.foot and not entry.head)
        self._show_panel()
        self.rail.show_chosen(id)
        page.setFocus(Qt.FocusReason.OtherFocusReason)
        self.page_shown.emit(id)

    def go_back(self) -> None:
        """Leave a page that is read, such as the settings, for the one it was called from."""
        if self._home:
            self.show_page(self._home)

    @property
    def page(self) -> str:
        """The id of the page in front."""
        return self._page

    @property
    def panel_visible(self) -> bool:
        """Whether the page in front has its panel beside it."""
        return self._panel_stack.isVisible()

    def set_panel_visible(self, visible: bool) -> None:
        """Show or hide the panels beside the pages."""
        self._panel_wanted = visible
        self._show_panel()

    def set_document(
        self, name: str, *, edited: bool, count: int | None, unit: Unit = "words"
    ) -> None:
        """Name the document in the top line and in the title; see TopLine.set_document."""
        self.top_line.set_document(name, edited=edited, count=count, unit=unit)
        # "[*]" is where Qt puts the mark of a changed document; doubled it stands for itself
        safe = name.replace("[*]", "[*][*]")
        self.setWindowTitle(f"{safe}[*] — Inkglass" if name else "Inkglass[*]")
        self.setWindowModified(edited)

    def set_recent(self, paths: Sequence[Path]) -> None:
        """List the recent documents in the menu."""
        self._menus.set_recent(paths)

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.may_close():
            event.ignore()
            return
        self._settings.geometry = self.saveGeometry().toBase64().toStdString()
        event.accept()
        self.closed.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            title_actions(self._actions)
            self._menus.retranslate()
            for id in (self._pages.keys() | self._builders.keys()) & _RAIL.keys():
                self.rail.name_entry(id, _name(_RAIL[id]))

    def _add_to_rail(self, id: str) -> None:
        if id in _RAIL:
            entry = _RAIL[id]
            self.rail.add_entry(id, entry.icon, _name(entry), foot=entry.foot)

    def _build(self) -> None:
        column = QWidget()
        rows = QVBoxLayout(column)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.top_line)
        rows.addWidget(self.notices)
        rows.addWidget(self._stack, 1)
        self._splitter.addWidget(column)
        self._splitter.addWidget(self._panel_stack)
        self._splitter.setHandleWidth(1)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setStretchFactor(0, 1)
        self._splitter.setSizes([_FIRST_SIZE.width(), self._settings.panel_width])
        self._splitter.splitterMoved.connect(self._remember_panel)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.rail)
        middle.addWidget(self._splitter, 1)
        whole = QWidget()
        lines = QVBoxLayout(whole)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addLayout(middle, 1)
        lines.addWidget(self.status_line)
        self.setCentralWidget(whole)

    def _restore_place(self) -> None:
        self.resize(_FIRST_SIZE.boundedTo(self.screen().availableSize()))
        if self._settings.geometry:  # what Qt cannot read, it leaves alone
            self.restoreGeometry(QByteArray.fromBase64(self._settings.geometry.encode()))

    def _show_panel(self) -> None:
        panel = self._panels.get(self._page)
        if panel is not None:
            self._panel_stack.setCurrentWidget(panel)
        self._panel_stack.setVisible(panel is not None and self._panel_wanted)

    def _remember_panel(self) -> None:
        self._settings.panel_width = max(1, self._splitter.sizes()[1])


def _name(entry: _Entry) -> str:
    return QCoreApplication.translate("Page", entry.name)
