"""Every page of the shell by the keyboard alone, and named for a screen reader."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget

from desktop.shell.first_run import FirstRun, Recommendation
from desktop.shell.main_window import MainWindow
from desktop.shell.notices import NoticeButton
from desktop.theme.theme import Theme
from tests.desktop.shell.windows import open_window, tab_stops, walk_by_tab


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def name_of(widget: QWidget) -> str:
    return widget.accessibleName()


@pytest.mark.parametrize("page", ["write", "settings", "shortcuts"])
def test_tab_reaches_every_control_and_each_has_a_name(window: MainWindow, page: str) -> None:
    window.notices.post("a", "It failed.", "bad", "trace", [NoticeButton("Again", lambda: None)])
    open_window(window)
    window.show_page(page)
    QApplication.processEvents()
    wanted = tab_stops(window)
    assert len(wanted) >= 4
    assert set(walk_by_tab(window)) >= wanted
    assert [type(widget) for widget in wanted if not name_of(widget)] == []


def test_the_first_page_begins_at_its_button_and_reaches_the_rest(theme: Theme) -> None:
    page = FirstRun(theme)
    page.show_recommendation(Recommendation("A model", "Q4_K_M", "4.4 GB", "fits", "get it"))
    page.show_language("en")
    open_window(page)
    page.setFocus()
    started: list[bool] = []
    page.started.connect(lambda: started.append(True))
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    assert started == [True]
    assert set(walk_by_tab(page)) >= tab_stops(page)
    assert [type(stop) for stop in tab_stops(page) if not name_of(stop)] == []


def test_the_arrow_keys_walk_the_rail(window: MainWindow) -> None:
    open_window(window)
    entries = window.rail.findChildren(QAbstractButton)
    entries[0].setFocus()
    QTest.keyClick(entries[0], Qt.Key.Key_Down)
    assert QApplication.focusWidget() is entries[1]
    QTest.keyClick(entries[1], Qt.Key.Key_Space)
    assert window.page == "settings"


@pytest.mark.parametrize("page", ["settings", "shortcuts"])
def test_esc_goes_back_to_writing(window: MainWindow, page: str) -> None:
    open_window(window)
    window.show_page("shortcuts")
    window.show_page(page)
    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    assert window.page == "write"


def test_keys_reach_the_actions_that_are_met(window: MainWindow, done: list[str]) -> None:
    open_window(window)
    QTest.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(window, Qt.Key.Key_Escape)  # neither a proposal nor a model at work
    QTest.keyClick(window, Qt.Key.Key_Tab)
    assert done == ["new"]


def test_the_shortcuts_begin_in_their_search(window: MainWindow) -> None:
    open_window(window)
    for _ in range(2):
        window.show_page("shortcuts")
        focused = QApplication.focusWidget()
        assert isinstance(focused, QLineEdit)
        window.show_page("write")
