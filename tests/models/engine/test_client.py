"""The engine process dies, hangs and comes back; what it wrote before stays."""

import contextlib
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest

from models.engine import client as client_module
from models.engine import protocol
from models.engine.client import AnyNotice, Died, EngineClient, describe_exit
from models.engine.worker import describe_assertion
from tests.models.engine.continuations import DRAWN, Generated, branch
from tests.waiting import PATIENCE_S

PROMPT = "The old captain opened the map and"
LONG_PROMPT = "The sea was calm. " * 12_000  # more than a pipe holds
TOKENS = 48
LONG = 400  # tokens: not all are written before a signal comes
NOTICED_S = 0.25

Notice = TypeVar("Notice", bound=AnyNotice)

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals as POSIX has them")


class Desk:
    """A client and all that it was told, with the time of each notice."""

    def __init__(self) -> None:
        self.notices: list[tuple[float, AnyNotice]] = []
        self.seen = threading.Condition()
        self.client = EngineClient(self.note)

    def note(self, notice: AnyNotice) -> None:
        with self.seen:
            self.notices.append((time.perf_counter(), notice))
            self.seen.notify_all()

    def wait(
        self, kind: type[Notice], fits: Callable[[Notice], bool] = lambda _: True, after: int = 0
    ) -> tuple[float, Notice]:
        """Wait for the first notice of a kind that fits, passing over the first `after`."""
        found: list[tuple[float, Notice]] = []

        def look() -> bool:
            found.extend(
                (at, n) for at, n in self.notices[after:] if isinstance(n, kind) and fits(n)
            )
            return bool(found)

        with self.seen:
            assert self.seen.wait_for(look, PATIENCE_S), f"no {kind.__name__}"
        return found[0]

    def load(self, path: Path) -> None:
        job = self.client.new_job()
        self.client.send(protocol.Load(job, str(path), 512, 1, 0, 4))
        self.wait(protocol.Loaded, lambda event: event.job == job)

    def start(self, tokens: int = TOKENS, prompt: str | list[int] = PROMPT) -> int:
        job = self.client.new_job()
        self.client.send(protocol.Generate(job, prompt, [branch(DRAWN, seed=7)], tokens))
        return job

    def steps(self, job: int) -> list[protocol.Step]:
        return [n.step for _, n in self.notices if isinstance(n, protocol.Stepped) and n.job == job]

    def text(self, job: int) -> str:
        return "".join(step.text for step in self.steps(job))

    def wait_for_step(self, job: int, index: int) -> None:
        self.wait(protocol.Stepped, lambda event: event.job == job and event.step.index >= index)

    def finish(self, job: int) -> protocol.Outcome:
        return self.wait(protocol.Finished, lambda event: event.job == job)[1].outcome

    def pid(self) -> int:
        assert self.client.pid is not None
        return self.client.pid

    def stop(self) -> int:
        """Let the process stand still, and wait until each of its threads does; returns its pid."""
        pid = self.pid()
        os.kill(pid, signal.SIGSTOP)
        os.waitpid(pid, os.WUNTRACED)
        return pid


@contextlib.contextmanager
def open_desk(worker: str, model: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """Have a worker of this folder in the place of the engine's, with a model loaded."""
    path = Path(__file__).with_name(worker)
    monkeypatch.setattr(client_module, "WORKER", ("-P", str(path)))
    desk = Desk()
    try:
        desk.load(model)
        yield desk
    finally:
        desk.client.close()


@pytest.fixture(scope="module")
def desk(starter_path: Path) -> Iterator[Desk]:
    desk = Desk()
    desk.load(starter_path)
    yield desk
    desk.client.close()


@pytest.fixture(scope="module")
def whole_text(desk: Desk) -> str:
    """What PROMPT continues to where nothing happens."""
    job = desk.start()
    desk.finish(job)
    return desk.text(job)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("number", "words"),
    [
        (signal.SIGSEGV, "memory that is not its own"),
        (signal.SIGABRT, "the native library gave up"),
        (signal.SIGILL, "built for another processor"),
        (signal.SIGKILL, "killed from outside"),
    ],
)
def test_a_killed_engine_is_noticed_named_and_restarted(
    desk: Desk, whole_text: str, number: signal.Signals, words: str
) -> None:
    """Noticed within 250 ms of the signal, a bound that was asked for; the best of ten tries."""
    delays: list[float] = []
    while not delays or (min(delays) > NOTICED_S and len(delays) < 10):
        before, pid = len(desk.notices), desk.pid()
        job = desk.start(tokens=LONG)
        desk.wait_for_step(job, 4)
        killed = time.perf_counter()
        os.kill(pid, number)
        at, died = desk.wait(Died, after=before)
        delays.append(at - killed)

        assert words in died.reason
        assert number.name in died.reason
        assert died.jobs == (job,)
        assert died.restarting
        steps = desk.steps(job)
        assert [step.index for step in steps] == list(range(len(steps)))
        assert 5 <= len(steps) < LONG
        text = desk.text(job)
        shorter = min(len(text), len(whole_text))
        assert text[:shorter] == whole_text[:shorter]

        desk.wait(protocol.Loaded, after=before)  # nobody asked for it
        assert desk.pid() != pid
        again = desk.start()
        assert desk.finish(again).reason == "length"
        assert desk.text(again) == whole_text
    assert min(delays) <= NOTICED_S


def test_an_idle_engine_that_dies_is_restarted(desk: Desk, whole_text: str) -> None:
    before, pid = len(desk.notices), desk.pid()
    os.kill(pid, signal.SIGKILL)
    _, died = desk.wait(Died, after=before)
    assert died.jobs == ()
    desk.wait(protocol.Loaded, after=before)
    job = desk.start()
    desk.finish(job)
    assert desk.text(job) == whole_text


def test_a_command_right_after_a_death_finds_the_model(desk: Desk, whole_text: str) -> None:
    """Sent before anybody could know that the engine is gone, or while it is loading again."""
    before = len(desk.notices)
    os.kill(desk.pid(), signal.SIGKILL)
    desk.wait(Died, after=before)
    job = desk.start()
    desk.finish(job)
    assert desk.text(job) == whole_text


def test_jobs_that_waited_are_named_with_the_one_at_work(desk: Desk) -> None:
    before = len(desk.notices)
    first = desk.start(tokens=400)
    second = desk.start()
    desk.wait_for_step(first, 0)
    os.kill(desk.pid(), signal.SIGKILL)
    _, died = desk.wait(Died, after=before)
    assert died.jobs == (first, second)
    desk.wait(protocol.Loaded, after=before)


def test_a_model_that_kills_the_engine_while_loading_is_not_tried_again(starter_path: Path) -> None:
    desk = Desk()
    try:
        job = desk.client.new_job()
        desk.client.send(protocol.Load(job, str(starter_path), 512, 1, 0, 4))
        os.kill(desk.pid(), signal.SIGKILL)
        _, died = desk.wait(Died)
        assert died.jobs == (job,)
        assert not died.restarting
        assert desk.client.pid is None

        asked = desk.client.new_job()
        desk.client.send(protocol.FindDevices(asked))
        desk.wait(protocol.DevicesFound)
        assert not any(isinstance(n, protocol.Loading | protocol.Loaded) for _, n in desk.notices)

        desk.load(starter_path)  # and it works again where it is asked for
        last = desk.start(tokens=2)
        assert desk.finish(last).reason == "length"
    finally:
        desk.client.close()


def test_the_text_of_a_failed_assertion_is_in_the_reason(
    starter_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_desk("failing_worker.py", starter_path, monkeypatch) as desk:
        job = desk.start()
        _, died = desk.wait(Died)
        assert "GGML_ASSERT(index < " in died.reason
        assert "(ggml-backend-reg.cpp:" in died.reason  # the line, not the machine it was built on
        assert died.jobs == (job,)
        assert "GGML_ASSERT" in died.log
        assert [step.index for step in desk.steps(job)] == [0, 1, 2, 3, 4]
        desk.wait(protocol.Loaded, after=len(desk.notices) - 1)


def test_an_event_that_cannot_be_read_fails_its_job(
    starter_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The steps before it are there, and the engine goes on with the next job."""
    with open_desk("unreadable_worker.py", starter_path, monkeypatch) as desk:
        job = desk.start()
        _, failed = desk.wait(protocol.Failed)
        assert (failed.job, failed.kind) == (job, "defect")
        assert "(ValidationError: " in failed.message
        assert "probability" in failed.traceback
        assert f'"job":{job}' in caplog.text
        caplog.clear()  # it was expected
        assert desk.finish(desk.start(tokens=2)).reason == "length"
        told = [notice for _, notice in desk.notices]
        before = told[: told.index(failed)]
        steps = [event.step.index for event in before if isinstance(event, protocol.Stepped)]
        assert steps == [0, 1]


def test_a_step_that_cannot_be_described_at_once_is_not_left_out(
    starter_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_desk("scarce_worker.py", starter_path, monkeypatch) as desk:
        job = desk.start()
        _, failed = desk.wait(protocol.Failed)
        assert (failed.job, failed.kind) == (job, "job")
        assert "Memory ran out" in failed.message
        told = [notice for _, notice in desk.notices]
        steps = [event.step.index for event in told if isinstance(event, protocol.Stepped)]
        assert steps == list(range(len(steps)))
        assert 2 in steps
        assert desk.finish(desk.start(tokens=2)).reason == "length"


def test_cancel_between_tokens_keeps_the_steps(desk: Desk, whole_text: str) -> None:
    pid = desk.pid()
    job = desk.start(tokens=400)
    desk.wait_for_step(job, 2)
    desk.client.cancel(job)
    desk.client.cancel(job)  # twice is once
    outcome = desk.finish(job)
    assert outcome.reason == "cancelled"
    assert outcome.tokens == len(desk.steps(job)) < 400
    shorter = min(len(whole_text), len(desk.text(job)))
    assert desk.text(job)[:shorter] == whole_text[:shorter]
    desk.client.cancel(job)  # nothing: it has ended
    after = desk.start()
    assert desk.finish(after).reason == "length"
    assert desk.pid() == pid


def test_cancel_inside_a_long_prompt_comes_back_before_it_is_read(desk: Desk) -> None:
    """Only a part of the prompt has been reported as read when the outcome is there."""
    job = desk.start(prompt=[100 + i for i in range(480)])
    desk.wait(protocol.Reading, lambda event: event.job == job)
    desk.client.cancel(job)
    assert desk.finish(job).reason == "cancelled"
    readings = [n for _, n in desk.notices if isinstance(n, protocol.Reading) and n.job == job]
    assert readings[-1].done < readings[-1].total == 480


def test_cancel_of_a_job_that_has_not_begun(desk: Desk) -> None:
    pid = desk.stop()
    first = desk.start(tokens=30)
    second = desk.start(tokens=400)
    desk.client.cancel(second)
    os.kill(pid, signal.SIGCONT)
    assert desk.finish(first).reason == "length"
    assert desk.finish(second).reason == "cancelled"
    assert desk.steps(second) == []


def test_a_waiting_job_is_cancelled_whatever_its_number(desk: Desk) -> None:
    """Numbers are taken before commands are sent, so a later number may be done first."""
    early, late = desk.client.new_job(), desk.client.new_job()
    desk.client.send(protocol.Tokenize(late, "a"))
    desk.wait(protocol.Tokenized, lambda event: event.job == late)
    pid = desk.stop()
    first = desk.start(tokens=30)
    command = protocol.Generate(
        early,
        prompt="It",
        branches=[protocol.Branch([protocol.StageValues("greedy")], 1)],
        tokens=400,
    )
    desk.client.send(command)
    desk.client.cancel(early)
    os.kill(pid, signal.SIGCONT)
    assert desk.finish(first).reason == "length"
    assert desk.finish(early).reason == "cancelled"
    assert desk.steps(early) == []


def test_a_text_that_cannot_be_sent_is_no_job(desk: Desk) -> None:
    with pytest.raises(UnicodeEncodeError):
        desk.client.send(protocol.Tokenize(desk.client.new_job(), "\ud800"))
    assert desk.finish(desk.start(tokens=2)).reason == "length"


def test_a_cancelled_job_may_wait_for_a_long_one(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It waits longer than a job may take to stop, and the one at work is not disturbed."""
    monkeypatch.setattr(client_module, "CANCEL_S", 0.3)
    pid = desk.pid()
    first, second = desk.start(tokens=300), desk.start()
    desk.client.cancel(second)
    assert desk.finish(first).reason == "length"
    monkeypatch.undo()
    assert desk.finish(second).reason == "cancelled"
    assert desk.pid() == pid


@pytest.mark.slow
def test_an_engine_that_does_not_stop_is_ended_and_restarted(desk: Desk, whole_text: str) -> None:
    before, pid = len(desk.notices), desk.pid()
    job = desk.start(tokens=400)
    desk.wait_for_step(job, 0)
    os.kill(pid, signal.SIGSTOP)
    desk.client.cancel(job)
    _, died = desk.wait(Died, after=before)
    assert "did not stop within 2 s" in died.reason
    assert died.jobs == (job,)
    desk.wait(protocol.Loaded, after=before)
    assert desk.pid() != pid
    again = desk.start()
    desk.finish(again)
    assert desk.text(again) == whole_text


@pytest.mark.slow
def test_a_stopped_engine_that_reads_no_long_prompt_is_ended_by_a_cancel(
    desk: Desk, whole_text: str
) -> None:
    """What waits for the pipe must not hold what a cancel needs."""
    before = len(desk.notices)
    desk.stop()
    job = desk.start(prompt=LONG_PROMPT)
    waiting = desk.start()
    desk.client.cancel(job)
    _, died = desk.wait(Died, after=before)
    assert "did not stop within 2 s" in died.reason
    assert died.jobs == (job, waiting)
    desk.wait(protocol.Loaded, after=before)
    again = desk.start()
    desk.finish(again)
    assert desk.text(again) == whole_text


@pytest.mark.slow
def test_closing_ends_a_stopped_engine_that_reads_no_long_prompt(starter_path: Path) -> None:
    desk = Desk()
    desk.load(starter_path)
    pid = desk.stop()

    def end() -> None:
        desk.start(prompt=LONG_PROMPT)
        desk.client.close()

    ending = threading.Thread(target=end, daemon=True)
    ending.start()
    ending.join(PATIENCE_S)
    is_closed = not ending.is_alive()
    if not is_closed:
        os.kill(pid, signal.SIGKILL)
    assert is_closed
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_a_death_while_a_command_is_written_is_noticed(desk: Desk, whole_text: str) -> None:
    before, pid = len(desk.notices), desk.stop()
    job = desk.start(prompt=LONG_PROMPT)
    os.kill(pid, signal.SIGKILL)
    _, died = desk.wait(Died, after=before)
    assert died.jobs == (job,)
    desk.wait(protocol.Loaded, after=before)
    again = desk.start()
    desk.finish(again)
    assert desk.text(again) == whole_text


def test_closing_ends_an_engine_at_work(starter_path: Path) -> None:
    desk = Desk()
    desk.load(starter_path)
    pid = desk.pid()
    job = desk.start(tokens=400)
    desk.wait_for_step(job, 0)
    desk.client.close()
    desk.client.cancel(job)  # nothing
    desk.client.send(protocol.FindDevices(desk.client.new_job()))  # nothing
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    assert not any(isinstance(notice, Died) for _, notice in desk.notices)


def test_the_engine_ends_with_its_parent(starter_path: Path) -> None:
    """Its input ends, whatever became of the parent."""
    desk = Desk()
    desk.load(starter_path)
    desk.start(tokens=400)
    process = desk.client._process
    assert process is not None
    desk.client._outbox.put(None)
    process.wait(PATIENCE_S)
    desk.client.close()


@pytest.mark.parametrize(
    ("code", "last_words", "words"),
    [
        (3, "", "it ended with code 3"),
        (-signal.SIGTERM, "", "SIGTERM"),
        (-signal.SIGUSR1, "", "SIGUSR1"),
        (-200, "", "signal 200"),
        (-signal.SIGABRT, "its own last words", "its own last words"),
        (0xC0000005, "", "access violation"),
    ],
)
def test_every_end_has_words(code: int, last_words: str, words: str) -> None:
    assert words in describe_exit(code, last_words)


def test_an_assertion_is_told_without_the_path_of_the_build() -> None:
    words = describe_assertion("/a/ggml.c:1: GGML_ASSERT(x: y) failed")
    assert words == "the native library gave up: GGML_ASSERT(x: y) failed (ggml.c:1)"


def test_a_generation_has_all_its_parts() -> None:
    """The collector of these tests refuses a branch that finishes twice."""
    generated = Generated([])
    with pytest.raises(IndexError):
        generated.add(protocol.Finished(1, 0, protocol.Outcome("end", 0, 0, 0, 0, 0)))
