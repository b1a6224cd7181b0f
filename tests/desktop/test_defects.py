"""Errors that nobody caught: in the log, and in a notice of the window."""

import logging
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QLabel

from desktop.defects import KEY, Defects
from desktop.shell.notices import Notices
from desktop.theme.theme import Theme
from tests.desktop.conftest import Wait

FAIL_IN_A_SLOT = """
import sys
from PySide6.QtCore import QTimer
from desktop import app, window
show = window.Window.show

def show_and_fail(self):
    show(self)
    QTimer.singleShot(0, lambda: 1 / 0)
    self.looking = QTimer(self)
    self.looking.timeout.connect(lambda: "defect" in self.main.notices.keys and self.main.close())
    self.looking.start(10)

window.Window.show = show_and_fail
sys.exit(app.main(["window"]))
"""


def fail() -> None:
    raise ZeroDivisionError("by zero")


@pytest.fixture
def notices(
    application: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Notices]:
    """Notices that hear of defects; what the tests themselves would say of those is kept still."""
    monkeypatch.setenv("INKGLASS_HOME", str(tmp_path))
    monkeypatch.setattr(sys, "excepthook", lambda *_: None)
    monkeypatch.setattr(threading, "excepthook", lambda _: None)
    notices = Notices(Theme())
    with Defects(notices, QAction("Open the log folder", notices), notices).listening():
        yield notices
    notices.deleteLater()


def said(notices: Notices) -> str:
    return " ".join(label.text() for label in notices.findChildren(QLabel))


def test_an_error_in_a_slot_is_logged_once_and_said(
    notices: Notices, wait: Wait, tmp_path: Path
) -> None:
    for _ in range(3):
        QTimer.singleShot(0, fail)
    wait(lambda: KEY in notices.keys)
    log = tmp_path / "logs" / "inkglass.log"
    assert "(ZeroDivisionError: by zero): your text stays in the journal" in said(notices)
    assert f"the details are in {log}." in said(notices)
    notices.withdraw(KEY)
    QTimer.singleShot(0, fail)
    wait(lambda: KEY in notices.keys)  # again, since it was read
    assert log.read_text(encoding="utf-8").count("Traceback") == 1


def test_an_error_in_another_thread_is_said(notices: Notices, wait: Wait) -> None:
    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    wait(lambda: KEY in notices.keys)


def test_what_is_logged_is_in_the_log(notices: Notices, tmp_path: Path) -> None:
    try:
        fail()
    except ZeroDivisionError:
        logging.getLogger("desktop").exception("a job failed")
    log = (tmp_path / "logs" / "inkglass.log").read_text(encoding="utf-8")
    assert "a job failed\nTraceback" in log
    assert "ZeroDivisionError: by zero" in log


def test_a_log_that_takes_nothing_is_said(notices: Notices, wait: Wait, tmp_path: Path) -> None:
    (tmp_path / "logs").write_text("in the way", encoding="utf-8")
    QTimer.singleShot(0, fail)
    wait(lambda: KEY in notices.keys)
    assert "could not be written to" in said(notices)


@pytest.mark.slow
def test_the_window_says_what_failed_in_it(home_with_starter: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FAIL_IN_A_SLOT], capture_output=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    log = (home_with_starter / "logs" / "inkglass.log").read_text(encoding="utf-8")
    assert "ZeroDivisionError: division by zero" in log
