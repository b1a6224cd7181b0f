"""A window that closes drops nothing that a person wrote, and says what would be lost."""

from PySide6.QtTest import QTest

from desktop.window import Window
from tests.desktop.conftest import OpenWindow
from tests.desktop.person import CTRL, KEY, click_button, press, said

SOURCE = "def sample(logits, tokens): return logits\n"


def change_sampler(window: Window) -> None:
    """Type into a sampler, and do not save it."""
    file = window.folders.samplers / "mine.py"
    file.write_text(SOURCE)
    window.write.samplers.files.changed.emit()
    window.write.open_samplers()
    window.write.samplers.show_file("mine.py")
    code = window.write.samplers.code
    code.setFocus()
    QTest.keyClicks(code, "# new")
    assert window.write.samplers.unsaved == ["mine.py"]


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


def test_a_sampler_that_cannot_be_saved_is_shown_with_the_reason(open_window: OpenWindow) -> None:
    window = open_window()
    change_sampler(window)
    (window.folders.samplers / "mine.py.part").mkdir()
    window.main.show_page("settings")
    press(window, KEY.Key_Q, CTRL)
    click_button(window, "Save and close")
    assert window.main.isVisible()
    assert window.main.page == "write"
    assert "mine.py cannot be saved" in window.write.samplers.complaint
    (window.folders.samplers / "mine.py.part").rmdir()
    press(window, KEY.Key_Q, CTRL)
    click_button(window, "Save and close")
    assert not window.main.isVisible()
