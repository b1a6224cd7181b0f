"""A window that closes drops nothing that a person wrote, and says what would be lost."""

import errno
import os

import pytest
from PySide6.QtTest import QTest

from desktop.recipe import sampler_files
from desktop.window import Window
from desktop.workspaces import Workspaces
from tests.desktop.conftest import OpenWindow, Wait
from tests.desktop.full_disk import limit_files
from tests.desktop.person import CTRL, KEY, click_button, press, said, type_text

SOURCE = "def sample(logits, tokens): return logits\n"


def change_sampler(window: Window, name: str = "mine.py") -> None:
    """Type into a sampler, and do not save it."""
    file = window.folders.samplers / name
    file.write_text(SOURCE)
    window.write.samplers.files.changed.emit()
    window.write.open_samplers()
    window.write.samplers.show_file(name)
    code = window.write.samplers.code
    code.setFocus()
    QTest.keyClicks(code, "# new")
    assert name in window.write.samplers.unsaved


def test_a_sampler_that_is_not_saved_keeps_the_window_open(open_window: OpenWindow) -> None:
    window = open_window()
    change_sampler(window)
    press(window, KEY.Key_Q, CTRL)
    assert window.main.isVisible()
    assert "Samplers with changes that are not saved: mine.py." in said(window)
    click_button(window, "Save and close")
    assert not window.main.isVisible()
    assert (window.folders.samplers / "mine.py").read_text() == f"# new{SOURCE}"


def test_a_sampler_is_left_unsaved_only_where_the_person_says_so(open_window: OpenWindow) -> None:
    window = open_window()
    change_sampler(window)
    press(window, KEY.Key_Q, CTRL)
    click_button(window, "Close without saving")
    assert not window.main.isVisible()
    assert (window.folders.samplers / "mine.py").read_text() == SOURCE


def test_a_sampler_that_cannot_be_saved_is_shown_with_the_reason(
    open_window: OpenWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    window = open_window()
    change_sampler(window)
    monkeypatch.setattr(sampler_files, "replace_file", refuse)
    window.main.show_page("settings")
    press(window, KEY.Key_Q, CTRL)
    click_button(window, "Save and close")
    assert window.main.isVisible()
    assert window.main.page == "write"
    assert "mine.py cannot be saved" in window.write.samplers.complaint
    monkeypatch.undo()
    press(window, KEY.Key_Q, CTRL)
    click_button(window, "Save and close")
    assert not window.main.isVisible()


def test_samplers_that_are_saved_are_named_no_longer(open_window: OpenWindow) -> None:
    window = open_window()
    change_sampler(window, "yours.py")
    change_sampler(window)
    press(window, KEY.Key_Q, CTRL)
    assert "not saved: yours.py, mine.py." in said(window)
    press(window, KEY.Key_S, CTRL)
    assert "not saved: yours.py." in said(window)
    window.write.samplers.show_file("yours.py")
    press(window, KEY.Key_S, CTRL)
    assert said(window) == ""


def test_save_and_close_does_not_write_over_what_was_saved_elsewhere(
    open_window: OpenWindow,
) -> None:
    window = open_window()
    change_sampler(window)
    file = window.folders.samplers / "mine.py"
    file.write_text("# theirs\n")
    press(window, KEY.Key_Q, CTRL)
    click_button(window, "Save and close")
    assert window.main.isVisible()
    assert file.read_text() == "# theirs\n"
    assert "mine.py was changed by another program" in window.write.samplers.complaint
    window.write.samplers.keep.click()
    press(window, KEY.Key_Q, CTRL)
    assert not window.main.isVisible()
    assert file.read_text() == f"# new{SOURCE}"


def test_work_that_has_ended_is_said_no_longer(
    open_window: OpenWindow, wait: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window()
    with monkeypatch.context() as patch:
        patch.setattr(Workspaces, "busy", True)
        press(window, KEY.Key_Q, CTRL)
        assert "A workspace is still at work" in said(window)
    wait(lambda: said(window) == "")
    assert window.main.isVisible()


@pytest.mark.slow
def test_a_journal_that_is_on_the_disk_again_is_said_no_longer(
    open_window: OpenWindow, wait: Wait
) -> None:
    window = open_window()
    assert window.journal.flush()
    with limit_files(4096):
        type_text(window, "x" * 50)
        press(window, KEY.Key_Q, CTRL)
        assert "The journal is not on the disk yet" in said(window)
    wait(lambda: "closing" not in window.main.notices.keys)
    assert window.main.isVisible()
