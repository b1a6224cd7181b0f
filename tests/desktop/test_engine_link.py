"""The pace of the engine's events: together, more seldom where showing them takes long, the last
ones always. Without an engine: the work of a job reports what it likes.
"""

import threading
import time
from collections.abc import Callable, Iterator
from itertools import count, pairwise
from statistics import mean, median
from typing import cast

import pytest
from PySide6.QtWidgets import QApplication

from desktop import engine_link
from desktop.engine_link import DELIVER_MS, LONGEST_MS, Ended, EngineLink
from models.engine.blocking import BlockingEngine, EngineClosedError
from tests.desktop.conftest import Wait
from tests.waiting import PATIENCE_S

EVENT_S = 0.004  # from one event to the next
DELIVERIES = 8

pytestmark = pytest.mark.usefixtures("application", "_no_complaints")


class NoEngine:
    """What the link asks of an engine, without one."""

    def __init__(self) -> None:
        self.needs_every_core = False
        self.reported = threading.Event()
        self.closed = threading.Event()

    def tell_deaths(self, then: Callable[[], None]) -> None:
        pass

    def clear_cancel(self) -> None:
        pass

    def cancel(self) -> None:
        pass

    def close(self) -> None:
        self.closed.set()


@pytest.fixture
def no_engine() -> NoEngine:
    return NoEngine()


@pytest.fixture
def link(no_engine: NoEngine) -> Iterator[EngineLink]:
    link = EngineLink(cast(BlockingEngine, no_engine))
    yield link
    if not no_engine.closed.is_set():
        link.close()


class Heard:
    """What came of a job: when each delivery came, its events, and the ends in their place."""

    def __init__(self, show: Callable[[], None] = lambda: None) -> None:
        self.show = show  # what is done at each delivery
        self.times: list[float] = []
        self.deliveries: list[list[int]] = []
        self.all: list[int | str] = []

    def on_events(self, events: list[int]) -> None:
        self.times.append(time.monotonic())
        self.deliveries.append(events)
        self.all += events
        self.show()

    def on_end(self, ended: Ended) -> None:
        self.all.append(ended.kind)

    @property
    def gaps_s(self) -> list[float]:
        return [after - before for before, after in pairwise(self.times)]


class Clock:
    """The processor time of the window's thread, as the link is told of it."""

    def __init__(self) -> None:
        self.worked_s = 0.0

    def thread_time(self) -> float:
        return self.worked_s

    def work(self, seconds: float) -> None:
        self.worked_s += seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """A busy machine makes what is really worked out take too long."""
    clock = Clock()
    monkeypatch.setattr(engine_link, "time", clock)
    return clock


def work_really(seconds: float) -> None:
    """Use so much processor time."""
    end = time.thread_time() + seconds
    while time.thread_time() < end:
        pass


def hear_steady_events(
    link: EngineLink, wait: Wait, show: Callable[[], None] = lambda: None
) -> Heard:
    """Report numbers from 0 on until there were enough deliveries; return when the end was heard.

    The last number is reported just before the end.
    """
    heard, enough = Heard(show), threading.Event()
    reported = count()

    def work(_engine: BlockingEngine, report: Callable[[int], None]) -> None:
        while not enough.wait(EVENT_S):
            report(next(reported))
        report(next(reported))

    link.submit(work, on_events=heard.on_events, on_end=heard.on_end)
    try:
        wait(lambda: len(heard.times) >= DELIVERIES)
    finally:
        enough.set()
    wait(lambda: "done" in heard.all)
    assert heard.all == [*range(next(reported)), "done"]
    return heard


def test_fast_events_come_together_and_all_of_them(link: EngineLink, wait: Wait) -> None:
    heard = Heard()

    def work(_engine: BlockingEngine, report: Callable[[int], None]) -> None:
        for number in range(2000):
            report(number)

    link.submit(work, on_events=heard.on_events, on_end=heard.on_end)
    wait(lambda: "done" in heard.all)
    assert heard.all == [*range(2000), "done"]
    assert len(heard.deliveries) < 200


def test_deliveries_are_a_moment_apart(link: EngineLink, wait: Wait) -> None:
    assert mean(hear_steady_events(link, wait).gaps_s) > 0.8 * DELIVER_MS / 1000


def test_who_shows_long_hears_more_seldom_where_the_model_needs_every_core(
    link: EngineLink, no_engine: NoEngine, clock: Clock, wait: Wait
) -> None:
    """The longest pause is due with every core, and 0.07 s without."""
    between_s = 0.2
    gaps_s = hear_steady_events(link, wait, lambda: clock.work(0.02)).gaps_s
    assert mean(gaps_s) > 0.05
    assert median(gaps_s) < between_s
    no_engine.needs_every_core = True
    assert mean(hear_steady_events(link, wait, lambda: clock.work(0.02)).gaps_s) > between_s


def test_no_pause_is_longer_than_the_longest(
    link: EngineLink, no_engine: NoEngine, clock: Clock, wait: Wait
) -> None:
    """What takes 10 s to show would else come every 10 minutes."""
    no_engine.needs_every_core = True
    gaps_s = hear_steady_events(link, wait, lambda: clock.work(10.0)).gaps_s
    assert max(gaps_s) < LONGEST_MS / 1000 + 5


def test_the_processor_time_of_the_handlers_is_what_counts(
    link: EngineLink, no_engine: NoEngine, wait: Wait
) -> None:
    no_engine.needs_every_core = True
    assert mean(hear_steady_events(link, wait, lambda: work_really(0.03)).gaps_s) > 0.2


def test_the_end_is_heard_after_the_last_events_when_a_pause_is_due(
    link: EngineLink, no_engine: NoEngine, clock: Clock, wait: Wait
) -> None:
    """One job after another: the ends of those that wait come too, each after its own events."""
    no_engine.needs_every_core = True
    heard = Heard(lambda: clock.work(0.05))
    goes_on = threading.Event()

    def work(_engine: BlockingEngine, report: Callable[[int], None]) -> None:
        report(1)
        goes_on.wait(PATIENCE_S)
        report(2)
        report(3)

    for _ in range(2):
        link.submit(work, on_events=heard.on_events, on_end=heard.on_end)
    wait(lambda: heard.all)
    goes_on.set()
    wait(lambda: heard.all.count("done") == 2)
    assert heard.all == [1, 2, 3, "done", 1, 2, 3, "done"]


def test_a_planned_delivery_does_not_come_after_close(
    link: EngineLink, no_engine: NoEngine, wait: Wait
) -> None:
    heard, later = submit_two_endless(link, no_engine)
    wait(lambda: heard.all or link._timer.isActive())
    heard_before = list(heard.all)
    link.close()
    live_on()
    assert heard.all == heard_before
    assert later.all == []


def test_what_was_not_yet_planned_does_not_come_after_close(
    link: EngineLink, no_engine: NoEngine
) -> None:
    heard, later = submit_two_endless(link, no_engine)
    assert no_engine.reported.wait(PATIENCE_S)
    link.close()
    live_on()
    assert heard.all == []
    assert later.all == []


def submit_two_endless(link: EngineLink, no_engine: NoEngine) -> tuple[Heard, Heard]:
    """Submit a job that reports before and after the close, and another that waits."""
    heard, later = Heard(), Heard()

    def work(_engine: BlockingEngine, report: Callable[[int], None]) -> None:
        report(1)
        no_engine.reported.set()
        no_engine.closed.wait(PATIENCE_S)
        report(2)
        raise EngineClosedError

    link.submit(work, on_events=heard.on_events, on_end=heard.on_end)
    link.submit(work, on_events=later.on_events, on_end=later.on_end)
    return heard, later


def live_on() -> None:
    """Let the window live for longer than any pause between two deliveries."""
    end = time.monotonic() + 2 * LONGEST_MS / 1000
    while time.monotonic() < end:
        QApplication.processEvents()
        time.sleep(0.002)
