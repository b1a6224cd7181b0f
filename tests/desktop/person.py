"""What a person does at a window, and what is to be read there: keys, the mouse, notices."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFrame, QPushButton

from desktop.manuscript.units import Unit
from desktop.recipe.recipe import Recipe
from desktop.window import Window
from models.sampling import User
from tests.desktop.conftest import Wait

KEY = Qt.Key
PLAIN = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
LONG = 400  # tokens: a continuation that does not end while something is done to it
USUAL = 48


def press(window: Window, key: Qt.Key, modifier: Qt.KeyboardModifier = PLAIN) -> None:
    """Press a key where the keyboard is; shortcuts are found as they are by hand."""
    QTest.keyClick(QApplication.focusWidget() or window.main, key, modifier)


def type_text(window: Window, text: str) -> None:
    """Type ASCII text into the document."""
    QTest.keyClicks(window.write.editor, text)


def compose(window: Window, preedit: str, commit: str = "") -> None:
    """Do what an input method does: commit a text, and show another one that is not yet one."""
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(commit)
    QApplication.sendEvent(window.write.editor, event)


def paste(window: Window, text: str) -> None:
    """Put a text on the clipboard and paste it."""
    QApplication.clipboard().setText(text)
    press(window, KEY.Key_V, CTRL)


def select(window: Window, start: int, end: int) -> None:
    """Select a part of the document."""
    cursor = window.write.editor.textCursor()
    cursor.setPosition(start)
    cursor.setPosition(end, cursor.MoveMode.KeepAnchor)
    window.write.editor.setTextCursor(cursor)


def click_unit(window: Window, unit: Unit) -> None:
    """Click into the middle of a unit, with the mouse."""
    editor = window.write.editor
    cursor = editor.textCursor()
    cursor.setPosition(unit.start)
    left = editor.cursorRect(cursor)
    cursor.setPosition(unit.end)
    right = editor.cursorRect(cursor)
    x = (left.center().x() + right.center().x()) // 2 if left.y() == right.y() else left.x() + 3
    QTest.mouseClick(
        editor.viewport(), Qt.MouseButton.LeftButton, PLAIN, QPoint(x, left.center().y())
    )


def units(window: Window) -> list[Unit]:
    """What a model wrote in the document."""
    manuscript = window.write.page.manuscript
    return list(manuscript.units_between(0, manuscript.length))


def text_of(window: Window) -> str:
    """What the window shows, which the manuscript holds too."""
    text = window.write.editor.text()
    assert text == window.write.page.manuscript.text
    return text


def go_on(window: Window, wait: Wait) -> None:
    """Press Ctrl+Enter and let the model write to its end."""
    window.settings.tokens = USUAL
    press(window, KEY.Key_Return, CTRL)
    wait(lambda: window.write.continuing.running)
    wait(lambda: not window.write.continuing.running)


def have_rewritten(window: Window, wait: Wait, start: int, end: int) -> None:
    """Select a part of the document, and have it rewritten to the end."""
    select(window, start, end)
    wait(lambda: window.model.state == "ready")
    press(window, KEY.Key_R, CTRL | SHIFT)
    assert window.write.rewriting.running
    wait(lambda: not window.write.rewriting.running)
    assert window.write.card.isVisible()
    assert window.write.card.ready


def is_edited(window: Window) -> bool:
    """Whether the window says that the document is not saved."""
    return window.filing.edited


def said(window: Window) -> str:
    """What the notices say, one a line."""
    frames = window.main.notices.findChildren(
        QFrame, options=Qt.FindChildOption.FindDirectChildrenOnly
    )
    shown = [frame.accessibleName() for frame in frames if not frame.isHidden()]
    return "\n".join(shown)


def click_button(window: Window, title: str) -> None:
    """Click a button of a notice."""
    buttons = window.main.notices.findChildren(QPushButton)
    button = next(b for b in buttons if b.text() == title and b.isVisible())
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def use_sampler(window: Window, name: str, source: str) -> Path:
    """Write a sampler, and put it into the chain of the window."""
    file = window.folders.samplers / name
    file.write_text(source)
    window.write.set_recipe(Recipe.from_preset("balanced").added(User.name, {"file": name}))
    return file
