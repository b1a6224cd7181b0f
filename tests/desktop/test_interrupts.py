"""Ctrl+C in the terminal that the window was started from."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.interrupts import HeldInterrupts
from desktop.leaving import leaving_at
from tests.conftest import inkglass_path
from tests.desktop.conftest import OpenWindow, Wait
from tests.desktop.person import click_button, said, type_text
from tests.desktop.test_closing import change_sampler
from tests.waiting import wait_for, wait_for_engine


@pytest.fixture
def interrupts() -> Iterator[HeldInterrupts]:
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # it may be ignored
    with HeldInterrupts() as interrupts:
        yield interrupts
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    signal.signal(signal.SIGINT, before)


def test_an_interrupt_is_kept_until_it_is_taken(interrupts: HeldInterrupts) -> None:
    assert not interrupts.take()
    signal.raise_signal(signal.SIGINT)
    signal.raise_signal(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt):
        interrupts.raise_taken()
    interrupts.raise_taken()


def test_ctrl_c_closes_the_window_and_keeps_the_text(
    open_window: OpenWindow, wait: Wait, interrupts: HeldInterrupts
) -> None:
    window = open_window()
    type_text(window, "A lamp in the harbour")

    def interrupt() -> None:
        with leaving_at(interrupts, window.main):
            signal.raise_signal(signal.SIGINT)
            wait(lambda: not window.main.isVisible())

    with pytest.raises(KeyboardInterrupt):
        interrupt()
    assert open_window().write.editor.toPlainText() == "A lamp in the harbour"


def test_ctrl_c_closes_no_more_than_the_button_would(
    open_window: OpenWindow,
    wait: Wait,
    interrupts: HeldInterrupts,
    capfd: pytest.CaptureFixture[str],
) -> None:
    window = open_window()
    change_sampler(window)
    with leaving_at(interrupts, window.main):
        signal.raise_signal(signal.SIGINT)
        wait(lambda: "Samplers with changes" in said(window))
        assert window.main.isVisible()
        click_button(window, "Close without saving")
        assert not window.main.isVisible()
    assert capfd.readouterr().err == "Inkglass is still open: its window says why.\n"


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="signals as POSIX has them")
@pytest.mark.parametrize("moment", ["engine", "imports", "window"])
def test_ctrl_c_during_the_start_is_silent(home_with_starter: Path, moment: str) -> None:
    process = subprocess.Popen(
        [inkglass_path(), "window"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        start_new_session=True,
    )
    engine = wait_for_engine(process)
    if moment == "imports":
        time.sleep(0.1)
    elif moment == "window":
        wait_for(lambda: any(home_with_starter.glob("documents/journal/*")), process)
    os.killpg(process.pid, signal.SIGINT)
    written, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert written == b""
    assert [line for line in errors.splitlines() if b"plugin does not support" not in line] == []
    wait_for(lambda: not engine.is_running())
