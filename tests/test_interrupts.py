"""Ctrl+C at any moment of the start of a process leaves none that nobody can end."""

import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from converters import job_process
from models.engine import client as client_module
from models.engine import protocol
from models.engine.client import AnyNotice, EngineClient
from models.interrupts import interrupts_delayed
from tests.interrupts import interrupted
from tests.waiting import PATIENCE_S

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals as POSIX has them")

HANDED_ON_S = 0.05


@pytest.fixture(autouse=True)
def _another_thread() -> Iterator[None]:
    """One that masks no signal: the system gives it those that the main thread masks."""
    ends = threading.Event()
    thread = threading.Thread(target=ends.wait)
    thread.start()
    yield
    ends.set()
    thread.join()


@pytest.fixture
def started(
    monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> list[subprocess.Popen[bytes]]:
    """The processes that are started; Ctrl+C is pressed just before or after each."""
    started: list[subprocess.Popen[bytes]] = []
    popen = subprocess.Popen

    def start(command: list[str], **options: object) -> subprocess.Popen[bytes]:
        if request.param == "before":
            press()
        started.append(popen(command, **options))  # type: ignore[call-overload]
        if request.param == "after":
            press()
        return started[-1]

    monkeypatch.setattr(subprocess, "Popen", start)
    monkeypatch.setattr(client_module, "CANCEL_S", PATIENCE_S)
    return started


both_moments = pytest.mark.parametrize("started", ["before", "after"], indirect=True)


def press() -> None:
    """Press Ctrl+C, and go on until Python must have heard of it."""
    os.kill(os.getpid(), signal.SIGINT)
    for _ in range(10):
        time.sleep(HANDED_ON_S / 10)


@both_moments
def test_an_interrupted_start_can_be_closed(started: list[subprocess.Popen[bytes]]) -> None:
    client = EngineClient(lambda _notice: None)
    assert interrupted(client.start)
    (process,) = started
    assert client.pid == process.pid
    client.close()
    assert process.poll() == 0


@both_moments
def test_an_interrupted_job_leaves_no_process(
    started: list[subprocess.Popen[bytes]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INKGLASS_HOME", str(tmp_path))
    job = job_process.follow(
        "converters.comparison_worker",
        protocol.FindDevices(1),  # it is never read
        lambda line: line,
        what="The comparison",
        log="comparison.log",
        stopped=lambda: False,
    )
    assert interrupted(lambda: next(job))
    (process,) = started
    assert process.poll() is not None
    assert "converters.comparison_worker" not in {thread.name for thread in threading.enumerate()}


def test_an_engine_that_has_only_begun_does_not_hear_it() -> None:
    notices: queue.SimpleQueue[AnyNotice] = queue.SimpleQueue()
    client = EngineClient(notices.put)
    try:
        client.start()
        assert client.pid is not None
        os.kill(client.pid, signal.SIGINT)
        client.send(protocol.FindDevices(client.new_job()))
        assert isinstance(notices.get(timeout=PATIENCE_S), protocol.DevicesFound)
    finally:
        client.close()


def test_an_interrupt_is_delayed_and_raised_once() -> None:
    passed = []

    def start() -> None:
        with interrupts_delayed():
            press()
            press()
            passed.append(True)

    assert interrupted(start)
    assert passed == [True]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_an_interrupt_is_not_lost_where_the_start_fails() -> None:
    def start() -> None:
        with interrupts_delayed():
            press()
            raise OSError("no more processes")

    assert interrupted(start)


def test_without_an_interrupt_nothing_is_changed() -> None:
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, [])
    with interrupts_delayed():
        assert signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, [])
    assert signal.pthread_sigmask(signal.SIG_BLOCK, []) == mask
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
