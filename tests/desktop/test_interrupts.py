"""Ctrl+C in the terminal that the window was started from."""

import contextlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.interrupts import HeldInterrupts
from desktop.leaving import leaving_at
from desktop.library.command_run import CommandRun, Ending
from tests.conftest import inkglass_path
from tests.desktop.conftest import OpenWindow, Wait
from tests.desktop.person import click_button, said, type_text
from tests.desktop.test_closing import change_sampler
from tests.interrupts import interrupted
from tests.waiting import wait_for, wait_for_engine

PRESS_IN_AN_IMPORT = """
import gc, json, signal, sys
from pathlib import Path
from desktop import app

class Press:
    def find_spec(self, name, path, target=None):
        if name == sys.argv[1]:
            sys.meta_path.remove(self)
            signal.raise_signal(signal.SIGINT)
            if sys.argv[2] == "fails":
                raise ImportError("libEGL.so.1: cannot open")

signal.signal(signal.SIGINT, signal.default_int_handler)
sys.meta_path.insert(0, Press())
code = app.main(sys.argv[3:])
seen = {"code": code, "window": "desktop.window" in sys.modules, "garbage": gc.isenabled()}
print(json.dumps(seen))
"""


@pytest.fixture
def interrupts() -> Iterator[HeldInterrupts]:
    with HeldInterrupts() as interrupts:
        yield interrupts
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    assert signal.set_wakeup_fd(-1) == -1


def test_an_interrupt_is_kept_until_it_is_taken(interrupts: HeldInterrupts) -> None:
    def press_twice() -> None:
        signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGINT)

    assert not interrupts.take()
    assert not interrupted(press_twice)
    assert interrupted(interrupts.raise_taken)
    assert not interrupts.take()


def test_an_interrupt_that_nobody_took_is_raised_at_the_end() -> None:
    def hold() -> None:
        with HeldInterrupts():
            signal.raise_signal(signal.SIGINT)
            reached.append(True)

    reached: list[bool] = []
    assert interrupted(hold)
    assert reached


def test_ctrl_c_closes_the_window_and_keeps_the_text(
    open_window: OpenWindow, wait: Wait, interrupts: HeldInterrupts
) -> None:
    window = open_window()
    type_text(window, "A lamp in the harbour")

    def press() -> None:
        with leaving_at(interrupts, window.main):
            signal.raise_signal(signal.SIGINT)
            wait(lambda: not window.main.isVisible())

    assert interrupted(press)
    assert not window.main.isVisible()
    assert open_window().write.editor.toPlainText() == "A lamp in the harbour"


def test_ctrl_c_closes_no_more_than_the_button_would(
    open_window: OpenWindow,
    wait: Wait,
    interrupts: HeldInterrupts,
    capfd: pytest.CaptureFixture[str],
) -> None:
    window = open_window()
    change_sampler(window)

    def press() -> None:
        with leaving_at(interrupts, window.main):
            signal.raise_signal(signal.SIGINT)
            wait(lambda: "Samplers with changes" in said(window))
            assert window.main.isVisible()
            click_button(window, "Close without saving")
            assert not window.main.isVisible()

    assert not interrupted(press)
    assert capfd.readouterr().err == "Inkglass is still open: its window says why.\n"


def test_a_terminal_that_has_gone_is_no_error(
    open_window: OpenWindow,
    wait: Wait,
    interrupts: HeldInterrupts,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As where `inkglass | tee` has ended its reader with the same Ctrl+C."""
    window = open_window()
    change_sampler(window)
    reader, writer = os.pipe()
    os.close(reader)

    def press() -> None:
        with leaving_at(interrupts, window.main):
            signal.raise_signal(signal.SIGINT)
            wait(lambda: "Samplers with changes" in said(window))

    with open(writer, "w", buffering=1, encoding="utf-8") as gone:
        with monkeypatch.context() as patch:
            patch.setattr(sys, "stderr", gone)
            assert not interrupted(press)
        with contextlib.suppress(OSError):
            gone.close()
    click_button(window, "Close without saving")


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="sessions as POSIX has them")
def test_a_command_of_the_window_does_not_hear_the_terminal(
    open_window: OpenWindow, wait: Wait
) -> None:
    """Whether it ends is for the window to decide."""
    command, endings = CommandRun(), list[Ending]()
    command.ended.connect(endings.append)
    command.start(["models", "list", "--json"])
    wait(lambda: command.pid)
    assert os.getsid(command.pid) == command.pid
    wait(lambda: endings)
    assert endings == [Ending("done")]


@pytest.mark.slow
@pytest.mark.usefixtures("home_with_starter")
@pytest.mark.parametrize(
    ("module", "then", "window"),
    [
        ("models.engine.blocking", "goes on", False),
        ("PySide6.QtWidgets", "goes on", False),
        ("PySide6.QtWidgets", "fails", False),
        ("desktop.shell.main_window", "goes on", True),
    ],
)
def test_ctrl_c_in_an_import_opens_nothing(module: str, then: str, window: bool) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PRESS_IN_AN_IMPORT, module, then, "window"],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert done.stderr == b""
    assert json.loads(done.stdout) == {"code": 130, "window": window, "garbage": True}


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="signals as POSIX has them")
@pytest.mark.parametrize("moment", ["engine", "window"])
def test_ctrl_c_during_the_start_is_silent(home_with_starter: Path, moment: str) -> None:
    process = subprocess.Popen(
        [inkglass_path(), "window"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        start_new_session=True,
    )
    engine = wait_for_engine(process)
    if moment == "window":
        wait_for(lambda: any(home_with_starter.glob("documents/journal/*")), process)
    os.killpg(process.pid, signal.SIGINT)
    written, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert written == b""
    assert [line for line in errors.splitlines() if b"plugin does not support" not in line] == []
    wait_for(lambda: not engine.is_running())
