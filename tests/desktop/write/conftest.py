"""A window system without a screen, the theme, and an editor that is shown."""

import os
import sys
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from desktop.theme.theme import Theme
from desktop.write.editor import Editor

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

EXPECTED = "This plugin does not support"  # what has no screen, and says so


@pytest.fixture(scope="session")
def application() -> QApplication:
    """The one application of this process."""
    there = QApplication.instance()
    return there if isinstance(there, QApplication) else QApplication([])


@pytest.fixture(autouse=True)
def _no_complaints(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A warning of Qt, and an exception in what Qt called, fail the test."""
    said: list[object] = []

    def listen(_kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
        if EXPECTED not in message:
            said.append(message)

    monkeypatch.setattr(sys, "excepthook", lambda *error: said.append(error))
    qInstallMessageHandler(listen)
    yield
    qInstallMessageHandler(None)
    assert said == []


@pytest.fixture
def theme(application: QApplication) -> Iterator[Theme]:
    """The colours; at the end no widget of the test is left."""
    theme = Theme()
    theme.choose("light")
    yield theme
    for widget in application.topLevelWidgets():
        widget.close()
        widget.deleteLater()
    application.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def editor(theme: Theme, application: QApplication) -> Editor:
    """An empty page in a window of its own, with the focus."""
    editor = Editor(theme)
    editor.resize(900, 600)
    editor.show()
    editor.activateWindow()
    editor.setFocus()
    application.processEvents()
    return editor


@pytest.fixture
def still(application: QApplication) -> Iterator[None]:
    """No caret blinks."""
    before = application.cursorFlashTime()
    application.setCursorFlashTime(0)
    yield
    application.setCursorFlashTime(before)
