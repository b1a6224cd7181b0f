"""Texts that are in no file come back: all of them, each once, until the person deletes one."""

import os
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton

from desktop.shell.elided_label import ElidedLabel
from desktop.window import Window
from tests.desktop.conftest import OpenWindow, Wait
from tests.desktop.manuscript.writing import make_record, make_steps
from tests.desktop.person import CTRL, KEY, click_button, is_edited, press, said, type_text, units


def offered(window: Window) -> dict[str, dict[str, QAction]]:
    """What the notice offers: by the first words of each text, what can be done with it."""
    notices = window.main.notices
    menus = [b.menu() for b in notices.findChildren(QPushButton) if b.text() == "Show them"]
    if not menus:
        return {}
    found = {}
    for entry in menus[-1].actions():
        menu = entry.menu()
        assert isinstance(menu, QMenu)
        found[entry.text().partition(" (")[0]] = {a.text(): a for a in menu.actions()}
    return found


@pytest.fixture
def five_texts(open_window: OpenWindow) -> Window:
    """A window that was opened after five texts were left without a file, on the last of them."""
    window = open_window()
    for number in range(5):
        type_text(window, f"Text {number} & more")
        if number < 4:
            press(window, KEY.Key_N, CTRL)
    press(window, KEY.Key_Q, CTRL)
    return open_window()


def leave_unsaved(open_window: OpenWindow, folder: Path) -> Path:
    """Write before the text of a file, and quit without saving; returns the file."""
    file = folder / "lamp.md"
    file.write_text("The lamp.\n")
    window = open_window(document=file)
    type_text(window, "New: ")
    press(window, KEY.Key_Q, CTRL)
    return file


def test_every_text_without_a_file_can_be_opened(five_texts: Window) -> None:
    window = five_texts
    assert window.write.editor.text() == "Text 4 & more"
    assert set(offered(window)) == {f"Text {number} && more" for number in range(4)}
    offered(window)["Text 0 && more"]["Open"].trigger()
    assert window.write.editor.text() == "Text 0 & more"
    assert set(offered(window)) == {f"Text {number} && more" for number in range(1, 5)}


def test_a_text_is_deleted_for_good_after_a_question(
    five_texts: Window, open_window: OpenWindow
) -> None:
    window = five_texts
    offered(window)["Text 1 && more"]["Delete for good…"].trigger()
    assert "“Text 1 & more”: is what was never saved of it to be deleted" in said(window)
    click_button(window, "Keep it")
    assert "Text 1 && more" in offered(window)
    for number in range(4):
        offered(window)[f"Text {number} && more"]["Delete for good…"].trigger()
        click_button(window, "Delete it")
    assert said(window) == ""
    window.actions["unsaved"].trigger()
    assert "All other texts are in their files." in said(window)
    press(window, KEY.Key_Q, CTRL)
    again = open_window()
    assert again.write.editor.text() == "Text 4 & more"
    assert offered(again) == {}


def test_the_text_of_a_file_that_was_deleted_is_shown_again(
    open_window: OpenWindow, wait: Wait, tmp_path: Path
) -> None:
    file = tmp_path / "lamp.md"
    file.write_text("The lamp.\n")
    window = open_window(document=file)
    file.unlink()
    wait(lambda: "was deleted or moved by another program. Your text is here" in said(window))
    press(window, KEY.Key_Q, CTRL)
    again = open_window()
    assert again.write.editor.text() == "The lamp.\n"
    assert again.filing.edited
    assert "was deleted or moved by another program. Your text is here" in said(again)
    press(again, KEY.Key_N, CTRL)
    again.actions["unsaved"].trigger()
    assert set(offered(again)) == {"The lamp."}
    offered(again)["The lamp."]["Open"].trigger()
    press(again, KEY.Key_S, CTRL)
    assert file.read_text() == "The lamp.\n"
    press(again, KEY.Key_N, CTRL)
    again.actions["unsaved"].trigger()
    assert "All other texts are in their files." in said(again)


def test_a_file_that_comes_back_as_it_was_holds_the_text_again(
    open_window: OpenWindow, wait: Wait, tmp_path: Path
) -> None:
    file, aside = tmp_path / "lamp.md", tmp_path / "aside.md"
    file.write_text("The lamp.\n")
    window = open_window(document=file)
    file.rename(aside)
    wait(lambda: "was deleted or moved" in said(window))
    assert is_edited(window)
    aside.rename(file)
    wait(lambda: said(window) == "")
    assert not is_edited(window)
    press(window, KEY.Key_N, CTRL)
    window.actions["unsaved"].trigger()
    assert "All other texts are in their files." in said(window)


def test_the_document_on_show_is_not_offered_too(open_window: OpenWindow, tmp_path: Path) -> None:
    file = leave_unsaved(open_window, tmp_path)
    again = open_window(document=file)
    assert again.write.editor.text() == "New: The lamp.\n"
    assert "is shown with the changes that you have not saved yet" in said(again)
    assert "in no file" not in said(again)


def test_the_text_that_was_set_aside_is_kept_after_the_end_with_its_versions(
    open_window: OpenWindow, tmp_path: Path
) -> None:
    file = tmp_path / "lamp.md"
    file.write_text("The lamp.\n")
    window = open_window(document=file)
    manuscript = window.write.page.manuscript
    record = make_record(manuscript)
    manuscript.begin(record, 0)
    window.write.page.apply(manuscript.write(record.id, make_steps(["New", ": "])))
    manuscript.end(record.id, "length")
    press(window, KEY.Key_Q, CTRL)
    again = open_window(document=file)
    click_button(again, "Show the saved file")
    assert "Your text that is not saved is kept." in said(again)
    assert not again.filing.edited
    type_text(again, "Also. ")
    press(again, KEY.Key_S, CTRL)
    press(again, KEY.Key_Q, CTRL)
    third = open_window(document=file)
    assert third.write.editor.text() == file.read_text() == "Also. The lamp.\n"
    offered(third)["New: The lamp."]["Open"].trigger()
    assert third.write.editor.text() == "New: The lamp.\n"
    assert [(unit.start, unit.end) for unit in units(third)] == [(0, 3), (3, 5)]
    assert third.write.page.manuscript.step(record.id, 1).text == ": "
    assert third.filing.edited
    assert "lamp.md has changed since this text was saved. Which one is to stay?" in said(third)
    assert "by another program" not in said(third)


def test_the_text_that_was_set_aside_is_kept_until_it_is_deleted(
    open_window: OpenWindow, tmp_path: Path
) -> None:
    file = leave_unsaved(open_window, tmp_path)
    again = open_window(document=file)
    click_button(again, "Show the saved file")
    again.actions["unsaved"].trigger()
    offered(again)["New: The lamp."]["Delete for good…"].trigger()
    click_button(again, "Delete it")
    assert said(again) == ""
    again.actions["unsaved"].trigger()
    assert "All other texts are in their files." in said(again)


def test_what_was_opened_and_saved_meanwhile_is_offered_no_more(
    open_window: OpenWindow, tmp_path: Path
) -> None:
    lamp, other = tmp_path / "lamp.md", tmp_path / "other.md"
    for file in (lamp, other):
        file.write_text(f"{file.stem}\n")
    window = open_window(document=lamp)
    type_text(window, "New ")
    window.filing.open_path(other)
    type_text(window, "Further ")
    press(window, KEY.Key_N, CTRL)
    type_text(window, "A note")
    press(window, KEY.Key_Q, CTRL)
    again = open_window()
    assert set(offered(again)) == {"New lamp", "Further other"}
    again.filing.open_path(lamp)
    assert set(offered(again)) == {"Further other", "A note"}
    type_text(again, "Very ")
    press(again, KEY.Key_S, CTRL)
    press(again, KEY.Key_N, CTRL)
    assert set(offered(again)) == {"Further other", "A note"}
    assert lamp.read_text() == "Very New lamp\n"


def test_what_another_window_has_saved_meanwhile_is_shown_as_it_is(
    open_window: OpenWindow, tmp_path: Path
) -> None:
    file = tmp_path / "lamp.md"
    file.write_text("lamp\n")
    window = open_window(document=file)
    type_text(window, "New ")
    press(window, KEY.Key_N, CTRL)
    type_text(window, "A note")
    press(window, KEY.Key_Q, CTRL)
    first, second = open_window(), open_window(document=file)
    assert set(offered(first)) == {"New lamp"}
    type_text(second, "Very ")
    press(second, KEY.Key_S, CTRL)
    press(second, KEY.Key_Q, CTRL)
    offered(first)["New lamp"]["Open"].trigger()
    assert first.write.editor.text() == file.read_text() == "Very New lamp\n"
    assert not first.filing.edited
    assert "by another program" not in said(first)


def test_what_is_said_of_unsaved_changes_ends_when_they_are_saved(
    open_window: OpenWindow, tmp_path: Path
) -> None:
    file = leave_unsaved(open_window, tmp_path)
    again = open_window(document=file)
    assert "with the changes that you have not saved yet" in said(again)
    press(again, KEY.Key_S, CTRL)
    assert said(again) == ""


def test_a_link_to_the_document_is_the_document(open_window: OpenWindow, tmp_path: Path) -> None:
    file, link = tmp_path / "lamp.md", tmp_path / "link.md"
    file.write_text("The lamp.\n")
    link.symlink_to(file)
    window = open_window(document=file)
    window.filing.open_path(link)
    assert said(window) == ""
    assert window.filing.path == file


def test_the_saved_file_is_shown_and_the_kept_text_comes_back(
    open_window: OpenWindow, tmp_path: Path
) -> None:
    file = tmp_path / "lamp.md"
    file.write_text("The lamp.\n")
    saved_at = datetime.fromtimestamp(1_000_000_000)
    os.utime(file, (1_000_000_000, 1_000_000_000))
    window = open_window(document=file)
    type_text(window, "New: ")
    press(window, KEY.Key_Q, CTRL)
    again = open_window(document=file)
    click_button(again, "Show the saved file")
    assert again.write.editor.text() == "The lamp.\n"
    assert again.write.editor.hasFocus()
    assert again.filing.saved_at == saved_at
    assert f"{saved_at:%Y-%m-%d}" in again.main.status_line.findChildren(ElidedLabel)[-1].whole_text
    click_button(again, "Show my text again")
    assert again.write.editor.text() == "New: The lamp.\n"
    assert again.write.editor.hasFocus()
    assert again.filing.edited
    assert said(again) == ""
