"""Every page of the whole window in the smallest one, which none of them widens."""

import pytest
from PySide6.QtWidgets import QApplication

from tests.desktop.conftest import OpenWindow, Wait

pytestmark = pytest.mark.slow
PAGES = ("write", "strategies", "quantization", "questions", "library", "settings", "shortcuts")


@pytest.mark.parametrize("language", ["en", "ja"])
def test_no_page_widens_the_window(open_window: OpenWindow, wait: Wait, language: str) -> None:
    window = open_window()
    window.translator.use("ja" if language == "ja" else "en")
    window.main.resize(1024, 700)
    wait(lambda: window.model.opened)
    for everything in (False, True):
        window.actions["everything"].setChecked(everything)
        for page in (*PAGES, "write"):
            window.main.show_page(page)
            QApplication.processEvents()
            assert window.main.minimumSizeHint().width() <= 1024, page
            assert (window.main.width(), window.main.height()) == (1024, 700), page
    window.translator.use("en")
