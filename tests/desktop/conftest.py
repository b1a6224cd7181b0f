"""A window system without a screen, and a whole window on it."""

import itertools
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QPushButton

from desktop.window import Window
from tests.waiting import PATIENCE_S

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

SIZE = (1280, 820)
OFFSCREEN_WORDS = "plugin does not support"

Wait = Callable[[Callable[[], object]], None]
OpenWindow = Callable[..., Window]


@pytest.fixture(scope="session")
def application() -> QApplication:
    """The one application of this process."""
    there = QApplication.instance()
    return there if isinstance(there, QApplication) else QApplication([])


@pytest.fixture
def wait() -> Wait:
    """Let the window live until something holds. Not by QTest.qWait, which keeps the GIL."""

    def until(holds: Callable[[], object]) -> None:
        deadline = time.monotonic() + PATIENCE_S
        while not holds():
            assert time.monotonic() < deadline, "it did not come"
            QApplication.processEvents()
            time.sleep(0.002)

    return until


def press_notice(window: Window, title: str) -> None:
    """Press the button of a notice that has this title."""
    buttons = window.main.notices.findChildren(QPushButton)
    next(button for button in buttons if button.accessibleName() == title).click()


@pytest.fixture
def _no_complaints(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nothing that Qt warns of, and no exception in what Qt calls."""
    complaints: list[object] = []

    def hear(_type: QtMsgType, _context: QMessageLogContext, message: str) -> None:
        if OFFSCREEN_WORDS not in message:
            complaints.append(message)

    monkeypatch.setattr(sys, "excepthook", lambda _type, error, _trace: complaints.append(error))
    before = qInstallMessageHandler(hear)
    yield
    qInstallMessageHandler(before)
    assert not complaints, complaints


@pytest.fixture
def open_window(
    application: QApplication, home_with_starter: Path, wait: Wait, _no_complaints: None
) -> Iterator[OpenWindow]:
    """Open whole windows, one after another, each with an engine of its own."""
    opened: list[Window] = []

    def open_one(*, document: Path | None = None, first_run: bool = False) -> Window:
        counter = itertools.count(7)
        if not first_run:
            folder = home_with_starter / "settings"
            folder.mkdir(exist_ok=True)
            if not (folder / "settings.json").exists():
                (folder / "settings.json").write_text(
                    '{"first_run_done": true, "threads": 1, "context": 1024}'
                )
        window = Window(application, document=document, seeds=lambda: next(counter))
        opened.append(window)
        window.show()
        window.main.resize(*SIZE)
        window.main.activateWindow()
        if window.first_run is None:
            window.write.editor.setFocus()
        first = window.first_run.start if window.first_run else window.write.editor
        wait(lambda: window.main.isActiveWindow() and first.hasFocus())
        return window

    yield open_one
    for window in opened:
        window.translator.use("en")
        window.main.close()
        window.main.deleteLater()
        window.deleteLater()
    application.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    application.setStyleSheet("")
