"""What the window says goes when it is no longer true, and follows the language meanwhile."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton

from desktop.engine_link import Ended
from desktop.window import Window
from tests.desktop.conftest import OpenWindow, Wait
from tests.desktop.person import CTRL, KEY, click_button, press, said, text_of, type_text

OPENING = "The keeper wound the clock every evening at six, because"


@pytest.mark.parametrize(
    "tell",
    [
        lambda window: window.write.continuing.repeated.emit(),
        lambda window: window.write.continuing.failed.emit(Ended("job", "It failed.")),
        lambda window: window.write.continuing.forgotten.emit(100, 50),
    ],
)
def test_what_was_said_of_one_document_goes_with_it(
    open_window: OpenWindow, tell: Callable[[Window], None]
) -> None:
    window = open_window()
    type_text(window, OPENING)
    tell(window)
    assert said(window)
    press(window, KEY.Key_N, CTRL)
    assert said(window) == ""


def test_a_wish_that_is_taken_back_is_said_no_longer(open_window: OpenWindow, wait: Wait) -> None:
    window = open_window()
    type_text(window, OPENING)
    assert window.model.state != "ready"
    press(window, KEY.Key_Return, CTRL)
    wait(lambda: "it writes as soon as it is ready" in said(window))
    press(window, KEY.Key_Escape)
    wait(lambda: not window.write.continuing.running)
    assert said(window) == ""


def test_a_load_that_fails_is_said_alone(
    open_window: OpenWindow, wait: Wait, home_with_starter: Path
) -> None:
    settings = home_with_starter / "settings" / "settings.json"
    settings.parent.mkdir(exist_ok=True)
    settings.write_text('{"first_run_done": true, "model": "no such model"}')
    window = open_window()
    type_text(window, OPENING)
    press(window, KEY.Key_Return, CTRL)
    press(window, KEY.Key_Escape)
    wait(lambda: window.model.state == "none")
    wait(lambda: window.link.idle and not window.write.continuing.running)
    assert window.main.notices.keys == ("model",)


def test_settings_that_are_written_again_are_said_no_longer(
    open_window: OpenWindow, wait: Wait
) -> None:
    window = open_window()
    file = window.folders.settings / "settings.json"
    file.unlink()
    file.mkdir()  # a file cannot take its place
    window.settings_page.chosen.emit("font_size", 20)
    wait(lambda: "The settings could not be written" in said(window))
    file.rmdir()
    window.settings_page.chosen.emit("font_size", 21)
    wait(lambda: said(window) == "")


def test_a_notice_follows_the_language(open_window: OpenWindow, wait: Wait) -> None:
    window = open_window()
    press(window, KEY.Key_Return, CTRL)
    assert "There is no text yet" in said(window)
    window.settings_page.chosen.emit("language", "ja")
    wait(lambda: "まだ文章がありません。" in said(window))
    window.settings_page.chosen.emit("language", "en")
    wait(lambda: "There is no text yet" in said(window))


def test_the_choices_of_a_notice_follow_the_language(
    open_window: OpenWindow, wait: Wait, tmp_path: Path
) -> None:
    """Of a text that is in no file, and of a file that another program has changed."""
    unsaved, changed = tmp_path / "unsaved.md", tmp_path / "changed.md"
    for file in (unsaved, changed):
        file.write_text("The lamp.\n")
    window = open_window(document=unsaved)
    type_text(window, "Mine: ")
    press(window, KEY.Key_Q, CTRL)
    window = open_window(document=changed)
    type_text(window, "Mine: ")
    changed.write_text("Theirs.\n")
    wait(lambda: "changed.md was changed by another program." in said(window))
    assert "Further documents hold text that is in no file." in said(window)
    window.settings_page.chosen.emit("language", "ja")
    wait(lambda: "changed.md は、ほかのプログラムによって変更されました。" in said(window))
    assert "ファイルに保存されていない文章が、ほかの文書にもあります。" in said(window)
    shown = {button.text() for button in window.main.notices.findChildren(QPushButton)}
    assert {"ファイルを表示", "自分の文章で上書き", "表示する"} <= shown
    window.settings_page.chosen.emit("language", "en")
    wait(lambda: "changed.md was changed by another program." in said(window))
    click_button(window, "Show the file")
    assert text_of(window) == "Theirs.\n"
