"""A window system without a screen, and the theme."""

import os
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QWidget

from desktop.theme.theme import Theme

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

EXPECTED = "This plugin does not support"  # what has no screen, and says so
WIDTH = 358

Show = Callable[[QWidget], None]


@pytest.fixture(scope="session")
def application() -> QApplication:
    """The one application of this process."""
    there = QApplication.instance()
    return there if isinstance(there, QApplication) else QApplication([])


@pytest.fixture(autouse=True)
def _no_qt_warnings() -> Iterator[None]:
    """A warning of Qt fails the test."""
    said: list[str] = []

    def listen(_kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
        if EXPECTED not in message:
            said.append(message)

    qInstallMessageHandler(listen)
    yield
    qInstallMessageHandler(None)
    assert said == []


@pytest.fixture
def theme(application: QApplication) -> Iterator[Theme]:
    """The theme, light and at work; at the end no widget and no rule of it is left."""
    theme = Theme()
    theme.choose("light")
    theme.dress(application)
    yield theme
    for widget in application.topLevelWidgets():
        widget.close()
        widget.deleteLater()
    application.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    application.setStyleSheet("")


@pytest.fixture
def show(application: QApplication) -> Show:
    """Show a widget as wide as the panel, laid out and active."""

    def show(widget: QWidget) -> None:
        widget.resize(WIDTH, max(widget.height(), 400))
        widget.show()
        widget.activateWindow()
        application.processEvents()

    return show
