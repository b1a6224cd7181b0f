"""The model of the window gives its memory to others, and comes back."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.desktop.conftest import OpenWindow, Wait


def test_a_model_rests_and_wakes(open_window: OpenWindow, wait: Wait) -> None:
    window = open_window()
    wait(lambda: window.model.state == "ready")
    rested: list[bool] = []
    window.model.rest(lambda: rested.append(True))
    wait(lambda: rested)
    assert window.model.state == "resting"
    editor = window.write.editor
    QTest.keyClicks(editor, "The lamp")
    QTest.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert not window.write.continuing.running
    assert "no-model" in window.main.notices.keys
    window.model.wake()
    wait(lambda: window.model.state == "ready")
    assert "no-model" not in window.main.notices.keys
    QTest.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    wait(lambda: window.write.page.manuscript.length > len("The lamp"))
