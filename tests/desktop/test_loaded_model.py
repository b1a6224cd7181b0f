"""The model of the window gives its memory to others, and comes back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.loaded_model import ModelChoice
from models.errors import InputError
from tests.desktop.conftest import OpenWindow, Wait


def test_a_model_rests_and_wakes(open_window: OpenWindow, wait: Wait) -> None:
    window = open_window()
    wait(lambda: window.model.state == "ready")
    assert window.model.opened is not None
    file = window.model.opened.loaded.path
    rested: list[bool] = []
    window.model.take("quantization")
    window.model.rest(lambda: rested.append(True))
    wait(lambda: rested)
    assert window.model.state == "resting"
    assert window.model.choice.model == file
    editor = window.write.editor
    QTest.keyClicks(editor, "The lamp")
    QTest.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert not window.write.continuing.running
    assert "no-model" in window.main.notices.keys
    window.model.give_back()
    wait(lambda: window.model.state == "ready")
    assert "no-model" not in window.main.notices.keys
    QTest.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    wait(lambda: window.write.page.manuscript.length > len("The lamp"))


def test_one_workspace_has_the_models_at_a_time(open_window: OpenWindow, wait: Wait) -> None:
    model = open_window().model
    with pytest.raises(InputError, match="No model is at work yet"):
        model.take("strategies", ready=True)
    wait(lambda: model.state == "ready")
    model.take("quantization")
    model.rest(lambda: None)
    with pytest.raises(InputError, match="Quantization is at work"):
        model.take("questions")
    model.load(ModelChoice(context=512))  # chosen meanwhile: it has to wait
    assert model.state == "resting"
    model.give_back()
    wait(lambda: model.state == "ready")
    assert model.opened is not None
    assert model.opened.loaded.context == 512
