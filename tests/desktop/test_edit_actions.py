"""Undo, cut, paste and the like act where the keyboard is, and never on a page that is hidden."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from tests.desktop.conftest import OpenWindow, Wait
from tests.desktop.person import CTRL, KEY, press, type_text, units

TEXT = "The keeper wound the clock"


@pytest.mark.parametrize("page", ["settings", "shortcuts", "library"])
def test_a_page_that_is_hidden_is_not_edited(open_window: OpenWindow, page: str) -> None:
    window = open_window()
    type_text(window, TEXT)
    window.main.show_page(page)
    for widget in (QApplication.focusWidget(), window.main):
        if isinstance(widget, QWidget):
            widget.setFocus()
        for key in (KEY.Key_A, KEY.Key_X, KEY.Key_V, KEY.Key_F):
            press(window, key, CTRL)
        for id in ("select-all", "cut", "undo", "paste"):  # as from the menu
            window.actions[id].trigger()
    assert window.write.editor.text() == TEXT
    assert not window.actions["find"].isEnabled()
    assert not window.write.find_bar.isVisibleTo(window.write.sheet)


def test_an_edit_goes_to_the_field_that_has_the_keyboard(
    open_window: OpenWindow, application: QApplication
) -> None:
    window = open_window()
    type_text(window, TEXT)
    press(window, KEY.Key_F, CTRL)
    find = window.write.find_bar.text
    assert find.hasFocus()
    find.setText("clock")
    window.actions["select-all"].trigger()
    window.actions["cut"].trigger()
    assert (find.text(), application.clipboard().text()) == ("", "clock")
    window.actions["paste"].trigger()
    assert find.text() == "clock"
    window.write.bar.temperature.setFocus()  # which is no text: then it is the page's
    window.actions["select-all"].trigger()
    window.actions["cut"].trigger()
    assert window.write.editor.text() == ""
    assert application.clipboard().text() == TEXT


def test_undo_in_the_chain_leaves_the_document_alone(open_window: OpenWindow) -> None:
    window = open_window()
    type_text(window, TEXT)
    window.actions["everything"].setChecked(True)
    window.write.panel.show_side("chain")
    chain = window.write.chain
    before = chain.recipe
    chain.rows[0].removed.emit()
    assert chain.rows[0].hasFocus()
    window.actions["undo"].trigger()
    assert (chain.recipe, window.write.editor.text()) == (before, TEXT)
    window.actions["undo"].trigger()
    window.actions["cut"].trigger()
    assert (chain.recipe, window.write.editor.text()) == (before, TEXT)


@pytest.mark.slow
def test_esc_in_the_find_bar_closes_it_and_leaves_what_is_proposed(
    open_window: OpenWindow, wait: Wait
) -> None:
    window = open_window()
    type_text(window, TEXT)
    press(window, KEY.Key_Return, CTRL)
    wait(lambda: window.write.continuing.running)
    wait(lambda: not window.write.continuing.running)
    whole = window.write.editor.text()
    assert units(window)
    press(window, KEY.Key_F, CTRL)
    press(window, KEY.Key_Escape)
    assert not window.write.find_bar.isVisible()
    assert window.write.editor.hasFocus()
    assert window.write.editor.text() == whole
    press(window, KEY.Key_Escape)
    assert window.write.editor.text() == TEXT


def test_what_is_chosen_anywhere_is_shown_everywhere_and_written(
    open_window: OpenWindow, wait: Wait, home_with_starter: Path
) -> None:
    window = open_window()
    size = window.settings.font_size
    for _ in range(3):
        press(window, KEY.Key_Plus, CTRL)
    assert window.settings_page.font_size.value() == size + 3
    window.write.glass.edit_requested.emit()
    assert "Everything" in window.main.top_line.switch.text()
    written = home_with_starter / "settings" / "settings.json"
    wait(lambda: f'"font_size": {size + 3}' in written.read_text())
    window.actions["heat"].trigger()
    wait(lambda: '"heat": false' in written.read_text())
    window.write.bar.special.click()
    wait(lambda: '"special": false' in written.read_text())
