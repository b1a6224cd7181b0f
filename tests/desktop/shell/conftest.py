"""A window system without a screen, the theme, and a whole window of the shell."""

import os
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QFrame

from desktop.actions import ACTIONS, build_actions
from desktop.settings import Settings
from desktop.shell.main_window import MainWindow
from desktop.shell.settings_page import SettingsPage
from desktop.shell.shortcuts_page import ShortcutsPage
from desktop.theme.theme import Theme
from desktop.translation import Translator

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

EXPECTED = "This plugin does not support"  # what has no screen, and says so


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
def translator(application: QApplication) -> Iterator[Translator]:
    """The languages; at the end the window speaks English again."""
    translator = Translator(application)
    yield translator
    translator.use("en")
    translator.deleteLater()


@pytest.fixture
def settings() -> Settings:
    return Settings()


@pytest.fixture
def done() -> list[str]:
    """The actions that were triggered, in turn."""
    return []


@pytest.fixture
def window(theme: Theme, settings: Settings, done: list[str]) -> MainWindow:
    """The shell around an empty page with a panel, with the pages that are the shell's own."""

    def note(id: str) -> Callable[[], None]:
        return lambda: done.append(id)

    actions = build_actions(theme, {action.id: note(action.id) for action in ACTIONS})
    window = MainWindow(theme, settings, actions)
    window.set_page("write", QFrame(), QFrame())
    window.set_page("settings", SettingsPage(theme))
    window.set_page("shortcuts", ShortcutsPage(theme))
    return window
