from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QCloseEvent
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication, QFrame, QMenu

from desktop.settings import Settings
from desktop.shell.first_run import FirstRun, Recommendation
from desktop.shell.main_window import MainWindow
from desktop.theme.theme import Theme
from desktop.translation import Translator
from tests.desktop.shell.windows import open_window


def test_the_title_names_the_document_and_marks_a_change(window: MainWindow) -> None:
    window.set_document("Lighthouse.md", edited=True, count=412)
    assert window.windowTitle() == "Lighthouse.md[*] — Inkglass"
    assert window.isWindowModified()
    window.set_document("Lighthouse.md", edited=False, count=412)
    assert not window.isWindowModified()


def test_the_top_line_belongs_to_the_workspaces(window: MainWindow) -> None:
    open_window(window)
    assert window.top_line.isVisible()
    window.show_page("settings")
    assert not window.top_line.isVisible()


def test_a_panel_comes_and_goes_with_its_page(window: MainWindow) -> None:
    open_window(window)
    panel = window.findChildren(QFrame)
    shown = [frame for frame in panel if frame.isVisible()]
    window.set_panel_visible(False)
    assert len([frame for frame in panel if frame.isVisible()]) < len(shown)
    window.set_panel_visible(True)
    assert [frame for frame in panel if frame.isVisible()] == shown


def test_closing_asks_first(window: MainWindow, settings: Settings) -> None:
    closed = QSignalSpy(window.closed)
    open_window(window)
    window.may_close = lambda: False
    event = QCloseEvent()
    window.closeEvent(event)
    assert not event.isAccepted()
    assert closed.count() == 0
    assert settings.geometry == ""
    window.may_close = lambda: True
    assert window.close()
    assert closed.count() == 1


def test_the_place_is_remembered(window: MainWindow, theme: Theme, settings: Settings) -> None:
    open_window(window, 790, 700)
    window.close()
    again = MainWindow(theme, settings, window._actions)
    assert again.size() == QSize(790, 700)


@pytest.mark.parametrize("geometry", ["%%%", "AAAA", "日本"])
def test_a_broken_place_is_left_alone(window: MainWindow, theme: Theme, geometry: str) -> None:
    other = MainWindow(theme, Settings(geometry=geometry), window._actions)
    open_window(other, 1200, 800)
    assert other.size() == QSize(1200, 800)


def test_recent_documents_open_from_the_menu(window: MainWindow) -> None:
    chosen: list[Path] = []
    window.recent_chosen.connect(chosen.append)
    paths = [Path("/a/one.md"), Path("/b/one.md"), Path("/a/two & three.md")]
    window.set_recent(paths)
    menu = next(m for m in window.findChildren(QMenu) if m.title() == "Open recent")
    titles = [action.text() for action in menu.actions()]
    assert titles == [
        f"one.md ({paths[0].parent})",
        f"one.md ({paths[1].parent})",
        "two && three.md",
    ]
    menu.actions()[1].trigger()
    assert chosen == [paths[1]]


@pytest.mark.parametrize("language", ["en", "ja"])
def test_every_page_fits_the_smallest_window(
    window: MainWindow, theme: Theme, translator: Translator, language: str
) -> None:
    first = FirstRun(theme)
    first.show_recommendation(Recommendation("Mistral-7B-v0.1", "Q4_K_M", "4.4 GB", "fits", "get"))
    window.set_page("first-run", first)
    translator.use("ja" if language == "ja" else "en")
    QApplication.processEvents()
    for page in ("write", "settings", "shortcuts", "first-run"):
        window.show_page(page)
        QApplication.processEvents()
        smallest = window.minimumSizeHint()
        assert smallest.width() <= 1024
        assert smallest.height() <= 700


def test_a_page_behind_needs_no_room(window: MainWindow) -> None:
    wide, narrow, panel = QFrame(), QFrame(), QFrame()
    wide.setMinimumWidth(800)
    panel.setMinimumWidth(400)
    window.set_page("strategies", wide)
    window.set_page("library", narrow, panel)
    open_window(window)
    for page in ("strategies", "library", "write"):
        window.show_page(page)
        QApplication.processEvents()
        assert window.width() == 1024


def test_the_language_changes_while_the_window_is_open(
    window: MainWindow, translator: Translator
) -> None:
    open_window(window)
    window.set_document("灯台.md", edited=True, count=1204, unit="characters")
    translator.use("ja")
    QApplication.processEvents()
    texts = [action.text() for action in window.menuBar().actions()]
    assert texts[0] == "ファイル(&F)"
    assert window._actions["save"].text() == "保存"
    assert window.top_line.switch.text() == "シンプル"
    translator.use("en")
    QApplication.processEvents()
    assert window._actions["save"].text() == "Save"
    assert window.top_line.switch.text() == "Simple"
