"""Zooming keeps to the sizes that the settings offer."""

import pytest

from desktop.settings import LARGEST_FONT, SMALLEST_FONT
from tests.desktop.conftest import OpenWindow
from tests.desktop.person import CTRL, KEY, press


@pytest.mark.parametrize(
    ("key", "start", "end"),
    [
        (KEY.Key_Plus, LARGEST_FONT - 1, LARGEST_FONT),
        (KEY.Key_Minus, SMALLEST_FONT + 1, SMALLEST_FONT),
    ],
)
def test_zooming_goes_on_from_the_size_of_the_settings(
    open_window: OpenWindow, key: KEY, start: int, end: int
) -> None:
    window = open_window()
    window.settings_page.font_size.setValue(start)
    window.write.editor.setFocus()
    for _ in range(2):
        press(window, key, CTRL)
        assert window.settings.font_size == window.settings_page.font_size.value() == end
