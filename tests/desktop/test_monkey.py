"""Keys, clicks and compositions in any order: editor and manuscript hold the same text."""

import random
import time
from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.window import Window
from tests.desktop.conftest import OpenWindow, Wait
from tests.desktop.person import ALT, CTRL, KEY, PLAIN, SHIFT, click_unit, compose, press, units

EVENTS = 200
WORDS = ("the lamp ", "why? ", "\t", "He went. ", "# ", "a")
JAPANESE = ("灯", "しずか", "😀", "時計")
KEYS = [
    *[(KEY.Key_Return, CTRL)] * 12,
    *[(KEY.Key_R, CTRL)] * 6,
    *[(KEY.Key_Z, CTRL)] * 12,
    *[(KEY.Key_Y, CTRL)] * 8,
    *[(key, ALT) for key in (KEY.Key_Up, KEY.Key_Down, KEY.Key_Left, KEY.Key_Right)] * 3,
    *[(KEY.Key_Backspace, PLAIN), (KEY.Key_Delete, PLAIN), (KEY.Key_Return, PLAIN)] * 3,
    *[(KEY.Key_Backspace, CTRL), (KEY.Key_Delete, CTRL)],
    *[(key, SHIFT) for key in (KEY.Key_Left, KEY.Key_Right, KEY.Key_Up, KEY.Key_Home)] * 2,
    *[(key, PLAIN) for key in (KEY.Key_Left, KEY.Key_Up, KEY.Key_End, KEY.Key_Down)] * 2,
    *[(KEY.Key_Escape, PLAIN), (KEY.Key_Tab, PLAIN), (KEY.Key_Right, CTRL)] * 3,
    *[(KEY.Key_End, CTRL), (KEY.Key_A, CTRL), (KEY.Key_X, CTRL), (KEY.Key_V, CTRL)] * 2,
    *[(KEY.Key_K, CTRL | SHIFT), (KEY.Key_O, CTRL | SHIFT), (KEY.Key_T, CTRL | SHIFT)] * 2,
    *[(KEY.Key_Return, ALT), (KEY.Key_Right, ALT | SHIFT), (KEY.Key_S, CTRL)],
]

pytestmark = pytest.mark.slow


def list_deeds(window: Window, chance: random.Random) -> list[Callable[[], str]]:
    """What the monkey can do; each returns what it did."""
    editor = window.write.editor

    def strike() -> str:
        key, modifier = chance.choice(KEYS)
        press(window, key, modifier)
        return f"{modifier.name} {key.name}"

    def type_words() -> str:
        words = chance.choice(WORDS)
        QTest.keyClicks(editor, words)
        return repr(words)

    def use_input_method() -> str:
        preedit = chance.choice(["", *JAPANESE])
        commit = chance.choice(["", *JAPANESE])
        compose(window, preedit, commit)
        return f"compose {preedit!r} {commit!r}"

    def click() -> str:
        at = QPoint(chance.randrange(editor.viewport().width()), chance.randrange(300))
        modifier = chance.choice([PLAIN, SHIFT])
        how = chance.choice([QTest.mouseClick, QTest.mouseDClick])
        how(editor.viewport(), Qt.MouseButton.LeftButton, modifier, at)
        return f"{how.__name__} {at.x()} {at.y()}"

    def choose() -> str:
        if editor.composing or not (found := units(window)):
            return "nothing"
        unit = chance.choice(found)
        click_unit(window, unit)
        if window.write.looking.unit is None:
            return "a click beside"
        steps = window.write.looking._steps(window.write.looking.unit)
        token = chance.choice(steps[0].candidates).token
        window.write.glass.chosen.emit(0, token)
        return f"choose {token} at {unit.start}"

    return [*[strike] * 6, *[type_words] * 3, *[use_input_method] * 2, click, choose]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_any_order_of_events_leaves_editor_and_manuscript_equal(
    open_window: OpenWindow, wait: Wait, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(seed)
    window = open_window()
    monkeypatch.setattr(window.filing, "_ask_save_path", lambda _proposal: None)
    window.settings.tokens = 12
    editor, page = window.write.editor, window.write.page
    QTest.keyClicks(editor, "The keeper wound the clock, because")
    wait(lambda: window.model.state == "ready")
    deeds, done = list_deeds(window, chance), list[str]()
    for _ in range(EVENTS):
        done.append(chance.choice(deeds)())
        end = time.monotonic() + chance.choice([0, 0, 0, 0.01, 0.1])
        while time.monotonic() < end:
            QApplication.processEvents()
            time.sleep(0.002)
        if not editor.composing:
            assert editor.text() == page.manuscript.text, done
        if QApplication.focusWidget() is not editor and chance.random() < 0.5:
            editor.setFocus()
    compose(window, "", "")
    wait(lambda: window.link.idle)
    assert editor.text() == page.manuscript.text, done
    text = editor.text()
    assert editor.toPlainText().replace("\u00a0", " ") == text.replace("\u00a0", " ")
    window.main.close()
    assert not window.main.isVisible()
    again = open_window()
    assert again.write.editor.text() == text, done
