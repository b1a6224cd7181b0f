"""Actions are enabled where they can do something, at once and not with the next change."""

from pathlib import Path

import pytest

from desktop.window import Window
from tests.desktop.conftest import OpenWindow, Wait
from tests.desktop.person import ALT, CTRL, KEY, LONG, press, type_text, units

OPENING = "The keeper wound the clock every evening at six, because"

pytestmark = pytest.mark.slow


def write(window: Window, wait: Wait, key: KEY = KEY.Key_Return) -> None:
    """Press Ctrl and a key, and let the model write a few words."""
    window.settings.tokens = LONG
    before = window.write.page.manuscript.next_generation
    press(window, key, CTRL)
    wait(lambda: window.write.page.manuscript.next_generation > before)
    wait(lambda: sum(unit.generation == before for unit in units(window)) > 3)
    press(window, KEY.Key_Escape)
    wait(lambda: not window.write.continuing.running)


def enabled(window: Window, *ids: str) -> list[str]:
    """Those of the actions that are enabled."""
    return [id for id in ids if window.actions[id].isEnabled()]


PROPOSAL = ("accept", "accept-word", "refuse")


@pytest.mark.parametrize("way", ["tab", "save"])
def test_what_is_accepted_is_a_proposal_no_longer(
    open_window: OpenWindow, wait: Wait, tmp_path: Path, way: str
) -> None:
    file = tmp_path / "lamp.md"
    file.write_text("")
    window = open_window(document=file)
    type_text(window, OPENING)
    write(window, wait)
    assert enabled(window, *PROPOSAL) == [*PROPOSAL]
    if way == "tab":
        press(window, KEY.Key_Tab)
    else:
        press(window, KEY.Key_S, CTRL)
    assert enabled(window, *PROPOSAL) == []


def test_versions_are_walked_to_where_the_cursor_goes(open_window: OpenWindow, wait: Wait) -> None:
    window = open_window()
    type_text(window, OPENING)
    write(window, wait)
    write(window, wait, KEY.Key_R)
    press(window, KEY.Key_Tab)
    end = window.write.page.manuscript.length
    type_text(window, " And then? The lamp")
    write(window, wait)
    press(window, KEY.Key_Tab)
    wait(lambda: enabled(window, "version-up") == [])
    while window.write.editor.textCursor().position() >= end:
        press(window, KEY.Key_Left)
    wait(lambda: enabled(window, "version-up"))
    shown = {window.write.editor.text()}
    for key in (KEY.Key_Up, KEY.Key_Down):
        press(window, key, ALT)
        shown.add(window.write.editor.text())
    assert len(shown) == 2
