"""Saving through the real dialog, and while the model writes."""

import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialogButtonBox,
    QFileDialog,
    QLineEdit,
    QMessageBox,
)

from desktop.window import Window
from tests.desktop.conftest import OpenWindow, Wait
from tests.desktop.person import (
    CTRL,
    KEY,
    LONG,
    SHIFT,
    click_button,
    is_edited,
    press,
    said,
    type_text,
    units,
)

LEFT = Qt.MouseButton.LeftButton
TEXT = "The keeper wound the clock"


def save_as(window: Window, name: str) -> list[str]:
    """Save under a name that is typed into the dialog; to its question say no, and leave it.

    Returns what was asked.
    """
    asked: list[str] = []
    typed = done = False

    def follow() -> None:
        nonlocal typed
        if not done:  # before all else, for a question is asked inside of a key
            QTimer.singleShot(20, follow)
        shown = QApplication.activeModalWidget()
        if isinstance(shown, QMessageBox):
            asked.append(shown.text())
            shown.button(QMessageBox.StandardButton.No).click()
        elif isinstance(shown, QFileDialog) and not typed:
            typed = True
            line = shown.findChild(QLineEdit, "fileNameEdit")
            assert isinstance(line, QLineEdit)
            line.setText(name)
            box = shown.findChild(QDialogButtonBox)
            assert isinstance(box, QDialogButtonBox)
            QTest.mouseClick(box.button(QDialogButtonBox.StandardButton.Save), LEFT)
        elif isinstance(shown, QFileDialog):
            shown.reject()

    QTimer.singleShot(20, follow)
    press(window, KEY.Key_S, CTRL | SHIFT)
    done = True
    return asked


def test_a_file_is_not_overwritten_unasked(open_window: OpenWindow, tmp_path: Path) -> None:
    other = tmp_path / "other.md"
    other.write_text("Theirs.\n")
    window = open_window()
    type_text(window, TEXT)
    asked = save_as(window, str(tmp_path / "other"))
    assert len(asked) == 1
    assert "other.md" in asked[0]
    assert other.read_text() == "Theirs.\n"
    assert window.filing.path is None


def test_a_name_without_a_suffix_gets_one(open_window: OpenWindow, tmp_path: Path) -> None:
    window = open_window()
    type_text(window, TEXT)
    assert save_as(window, str(tmp_path / "new")) == []
    assert (tmp_path / "new.md").read_text() == TEXT
    assert window.filing.path == tmp_path / "new.md"


@pytest.mark.slow
@pytest.mark.parametrize("then", [None, KEY.Key_N])
def test_what_is_saved_while_the_model_writes_has_its_last_words(
    open_window: OpenWindow, wait: Wait, tmp_path: Path, then: Qt.Key | None
) -> None:
    file = tmp_path / "lamp.md"
    file.write_text("")
    window = open_window(document=file)
    manuscript = window.write.page.manuscript
    window.settings.tokens = LONG
    type_text(window, TEXT)
    press(window, KEY.Key_Return, CTRL)
    wait(lambda: len(units(window)) > 3)
    time.sleep(0.2)  # a busy window: further words wait to be shown
    press(window, KEY.Key_S, CTRL)
    press(window, KEY.Key_Escape)
    if then is not None:
        press(window, then, CTRL)
    wait(lambda: window.link.idle and not window.write.continuing.running)
    QApplication.processEvents()
    assert file.read_text() == manuscript.text
    assert file.read_text() != TEXT
    assert not is_edited(window)


def test_a_file_that_goes_and_comes_back_changed_is_noticed_each_time(
    open_window: OpenWindow, wait: Wait, tmp_path: Path
) -> None:
    file, other = tmp_path / "lamp.md", tmp_path / "other.md"
    file.write_text("The lamp.\n")
    window = open_window(document=file)
    file.unlink()
    wait(lambda: "was deleted or moved" in said(window))
    file.write_text("Another text.\n")
    wait(lambda: "was changed by another program" in said(window))
    other.write_text("A third text.\n")
    other.replace(file)
    click_button(window, "Show the file")
    assert window.write.editor.text() == "A third text.\n"
    file.write_text("A fourth text.\n")
    wait(lambda: "was changed by another program" in said(window))
