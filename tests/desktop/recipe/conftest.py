"""A window system without a screen, and the theme."""

import os
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from desktop.theme.theme import Theme

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(scope="session")
def application() -> QApplication:
    """The one application of this process."""
    there = QApplication.instance()
    return there if isinstance(there, QApplication) else QApplication([])


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
