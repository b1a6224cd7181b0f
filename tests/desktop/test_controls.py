"""A walk over every page that there is: each control has a name, and the keyboard comes to it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from desktop.glass.candidate_list import CandidateList
from desktop.glass.pipeline import Pipeline
from desktop.glass.timeline import Timeline
from desktop.glass.version_tree import VersionTree
from desktop.shell.notices import NoticeButton
from desktop.window import Window
from tests.desktop.conftest import OpenWindow, Wait
from tests.desktop.person import CTRL, PLAIN, SHIFT, press, select, type_text, units
from tests.desktop.shell.windows import tab_stops

PAGES = ("write", "strategies", "quantization", "questions", "library", "settings", "shortcuts")
MOST_STOPS = 400


def walk(window: Window) -> set[QWidget]:
    """Press Tab from the page on until the round is over; the editor, which keeps Tab for the text,
    is left by Ctrl+Tab.
    """
    visited: set[QWidget] = set()
    for _ in range(MOST_STOPS):
        focused = QApplication.focusWidget()
        assert focused is not None
        if focused in visited:
            break
        visited.add(focused)
        keeps_tab = focused is window.write.editor or focused is window.write.samplers.code
        QTest.keyClick(focused, Qt.Key.Key_Tab, CTRL if keeps_tab else PLAIN)
    return visited


def spoken(widget: QWidget) -> str:
    """What a screen reader calls a widget."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name)


def parts_of_the_glass(window: Window) -> list[QWidget]:
    """What the panel of an open word shows that is painted, not built of widgets."""
    kinds = (CandidateList, Pipeline, Timeline, VersionTree)
    return [part for kind in kinds for part in window.write.glass.findChildren(kind)]


def look(window: Window, page: str) -> list[str]:
    """What is wrong with the controls of the page in front."""
    QApplication.processEvents()
    stops = tab_stops(window.main)
    nameless = [f"{page}: {stop} has no name" for stop in stops if not spoken(stop)]
    window.main.setFocus()
    missed = [f"{page}: Tab misses {stop}, {spoken(stop)}" for stop in stops - walk(window)]
    return nameless + missed


@pytest.mark.slow
@pytest.mark.parametrize("everything", [False, True])
def test_every_control_has_a_name_and_is_reached(open_window: OpenWindow, everything: bool) -> None:
    window = open_window()
    type_text(window, "The lamp")
    window.write.set_everything(everything)
    wrong: list[str] = []
    for page in PAGES:
        window.main.show_page(page)
        wrong += look(window, page)
    window.main.show_page("write")
    for side in ("chain", "samplers") if everything else ():
        window.write.panel.show_side(side)
        wrong += look(window, side)
    assert not wrong, "\n".join(wrong)


@pytest.mark.slow
def test_every_control_of_a_text_at_work_has_a_name_and_is_reached(
    open_window: OpenWindow, wait: Wait
) -> None:
    window = open_window()
    write, notices = window.write, window.main.notices
    type_text(window, "The keeper wound the clock every evening at six, because")
    for key in (Qt.Key.Key_Return, Qt.Key.Key_R):
        press(window, key, CTRL)
        wait(lambda: write.continuing.running)
        wait(lambda: not write.continuing.running)
    press(window, Qt.Key.Key_Tab)
    write.looking.open(units(window)[0])
    select(window, 0, 27)
    press(window, Qt.Key.Key_R, CTRL | SHIFT)
    wait(lambda: not write.rewriting.running)
    press(window, Qt.Key.Key_R, CTRL)
    wait(lambda: not write.rewriting.running)
    write.find_bar.open()
    ways_out = [NoticeButton("Open it"), NoticeButton("Others", choices=[NoticeButton("One")])]
    notices.post("a", "Something happened.", "bad", "Traceback: here", ways_out)
    next(b for b in notices.findChildren(QPushButton) if b.isCheckable()).click()
    shown = (write.card.next_link, write.find_bar.text, notices, *parts_of_the_glass(window))
    QApplication.processEvents()
    assert all(widget.isVisible() for widget in shown)
    wrong = look(window, "text")
    write.rewriting.refuse()
    select(window, 0, 0)
    window.actions["titles"].trigger()
    wait(lambda: not write.rewriting.running)
    wrong += look(window, "titles")
    assert not wrong, "\n".join(wrong)


def test_the_first_run_is_walked_by_tab(open_window: OpenWindow) -> None:
    window = open_window(first_run=True)
    assert look(window, "first run") == []
