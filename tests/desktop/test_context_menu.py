"""The menu of the page is for the word that was clicked, wherever the cursor is."""

from PySide6.QtCore import QPoint
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu

from desktop.manuscript.units import Unit
from desktop.window import Window
from models.engine.protocol import Step
from tests.desktop.conftest import OpenWindow
from tests.desktop.person import paste, select

WORDS = ("The", " keeper", " wound", " the", " clock")


def read(window: Window) -> list[Unit]:
    """Put the words into the text as if the model had read them."""
    paste(window, "".join(WORDS) + " again")
    steps = [
        Step(i, i, word, word.encode().hex(), -1.0, 0, 0.5, 1.0, [], [])
        for i, word in enumerate(WORDS)
    ]
    window.write.looking.read.add(0, steps)
    return list(window.write.looking.read.units_between(0, window.write.page.manuscript.length))


def open_menu(window: Window, position: int) -> QMenu:
    """Click with the right button on the character at a position, near its end."""
    editor = window.write.editor
    cursor = editor.textCursor()
    cursor.setPosition(position)
    left = editor.cursorRect(cursor).center()
    cursor.setPosition(position + 1)
    right = editor.cursorRect(cursor).center()
    point = QPoint(left.x() + (right.x() - left.x()) * 3 // 4, left.y())
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, point, point)
    QApplication.sendEvent(editor.viewport(), event)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def test_the_word_that_is_clicked_is_looked_into(open_window: OpenWindow) -> None:
    window = open_window()
    units = read(window)
    select(window, 2, 2)
    menu = open_menu(window, units[2].end - 1)
    title = window.actions["open-token"].text()
    action = next(action for action in menu.actions() if action.text() == title)
    action.trigger()
    menu.close()
    assert window.write.looking.unit == units[2]


def test_where_no_model_was_there_is_nothing_to_look_into(open_window: OpenWindow) -> None:
    window = open_window()
    units = read(window)
    select(window, 2, 2)
    menu = open_menu(window, units[-1].end + 2)
    title = window.actions["open-token"].text()
    action = next(action for action in menu.actions() if action.text() == title)
    assert not action.isEnabled()
    menu.close()
