"""Ctrl+C at any moment of the start of the engine leaves a process that can be closed."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator

import pytest

from models.engine.client import EngineClient
from models.engine.interrupts import interrupts_held

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals as POSIX has them")

HANDED_ON_S = 0.05


@pytest.fixture(autouse=True)
def _interrupted_as_in_a_terminal() -> Iterator[None]:
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # it may be ignored
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture(autouse=True)
def _another_thread() -> Iterator[None]:
    """One that masks no signal: the system gives it those that the main thread masks."""
    ends = threading.Event()
    thread = threading.Thread(target=ends.wait)
    thread.start()
    yield
    ends.set()
    thread.join()


def press() -> None:
    """Press Ctrl+C, and go on until Python must have heard of it."""
    os.kill(os.getpid(), signal.SIGINT)
    for _ in range(10):
        time.sleep(HANDED_ON_S / 10)


@pytest.mark.parametrize("moment", ["before", "after"])
def test_an_interrupted_start_can_be_closed(monkeypatch: pytest.MonkeyPatch, moment: str) -> None:
    """Before the process is there, and when it is there but its threads are not."""
    started: list[subprocess.Popen[bytes]] = []
    popen = subprocess.Popen

    def start(command: list[str], **options: object) -> subprocess.Popen[bytes]:
        if moment == "before":
            press()
        started.append(popen(command, **options))  # type: ignore[call-overload]
        if moment == "after":
            press()
        return started[-1]

    monkeypatch.setattr(subprocess, "Popen", start)
    client = EngineClient(lambda _notice: None)
    with pytest.raises(KeyboardInterrupt):
        client.start()
    (process,) = started
    assert client.pid == process.pid
    client.close()
    assert process.poll() == 0


def test_an_interrupt_is_held_once_and_handed_on() -> None:
    passed = []

    def start() -> None:
        with interrupts_held():
            press()
            press()
            passed.append(True)

    with pytest.raises(KeyboardInterrupt):
        start()
    assert passed == [True]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    with pytest.raises(KeyboardInterrupt):
        press()


def test_without_an_interrupt_nothing_is_changed() -> None:
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, [])
    with interrupts_held():
        assert signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, [])
    assert signal.pthread_sigmask(signal.SIG_BLOCK, []) == mask
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
