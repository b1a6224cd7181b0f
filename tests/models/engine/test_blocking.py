"""A thread waits for the engine, as in the window, and another one cancels, closes, or is told."""

import os
import shutil
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from models.engine import protocol
from models.engine.blocking import (
    BlockingEngine,
    EngineClosedError,
    EngineDiedError,
    Measured,
    Written,
)
from models.errors import Cancelled, InputError, SamplerError
from models.sampling import parse_chain
from tests.models.engine.continuations import Continuation, Generated, branch, write
from tests.waiting import PATIENCE_S

PROMPT = "The old captain opened the map and"
LONG = "He wrote the weather of the day into the book. " * 60


class Waiting:
    """Work in a thread that waits for the engine; what came of it is told by `outcome`."""

    def __init__(self, work: Callable[[], Any]) -> None:
        self.error: BaseException | None = None
        self.result: Any = None
        self._work = work
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        try:
            self.result = self._work()
        except BaseException as error:
            self.error = error

    def outcome(self) -> Any:
        """Return the result, or raise the error, of the thread."""
        self._thread.join(PATIENCE_S)
        assert not self._thread.is_alive(), "it still waits"
        if self.error is not None:
            raise self.error
        return self.result


class Writing(Waiting):
    """A generation in a thread that waits for it."""

    def __init__(self, engine: BlockingEngine, prompt: str = PROMPT, tokens: int = 1500) -> None:
        self.written = Generated([Continuation()])
        self.started = threading.Event()
        super().__init__(lambda: self._write(engine, prompt, tokens))

    def _write(self, engine: BlockingEngine, prompt: str, tokens: int) -> Continuation:
        ban_end = parse_chain("logit-bias 0=-100 2=-100 > temperature 1")
        for event in engine.generate(prompt, [branch(ban_end)], tokens=tokens):
            self.written.add(event)
            self.started.set()
        return self.written.branches[0]

    def wait_for_start(self) -> None:
        assert self.started.wait(PATIENCE_S)


@pytest.fixture(autouse=True)
def _no_cancel_is_left(request: pytest.FixtureRequest) -> Iterator[None]:
    yield
    if "engine" in request.fixturenames:
        request.getfixturevalue("engine").clear_cancel()


def test_a_generation_is_cancelled_from_another_thread(engine: BlockingEngine) -> None:
    writing = Writing(engine)
    writing.wait_for_start()
    engine.cancel()
    outcome = writing.outcome().ended
    assert outcome.reason == "cancelled"
    assert outcome.tokens == len(writing.written.branches[0].steps) < 1500


def test_a_prompt_is_cancelled_while_it_is_read(engine: BlockingEngine) -> None:
    writing = Writing(engine, prompt=LONG)
    writing.wait_for_start()  # a block has been read
    engine.cancel()
    assert writing.outcome().ended.tokens == 0
    assert writing.written.readings[-1].done < writing.written.readings[-1].total


def test_a_cancel_holds_for_what_has_not_begun(engine: BlockingEngine) -> None:
    """Whatever the work asks for next, until its owner says that other work begins."""
    engine.cancel()
    for _ in range(2):
        with pytest.raises(Cancelled):
            write(engine, PROMPT, tokens=2)
        with pytest.raises(Cancelled):
            engine.tokenize("a")
    engine.clear_cancel()
    assert len(write(engine, PROMPT, tokens=2).steps) == 2
    assert engine.tokenize("a")


def test_cancels_at_any_moment_leave_the_next_work_alone(engine: BlockingEngine) -> None:
    """A short generation, cancelled after a delay that grows from nothing to past its end."""
    reasons = set()
    for delay in range(10):
        writing = Writing(engine, tokens=6)
        time.sleep(delay * 0.02)
        engine.cancel()
        try:
            reasons.add(writing.outcome().ended.reason)
        except Cancelled:
            reasons.add("cancelled")
        engine.clear_cancel()
        assert len(write(engine, PROMPT, tokens=1).steps) == 1
    assert reasons <= {"length", "cancelled"}


def test_loading_is_cancelled(starter_path: Path, tmp_path: Path) -> None:
    """In the middle of it; the model that was loaded before is gone, and another Load works."""
    with BlockingEngine() as engine:
        engine.load(starter_path, context=512, threads=1)
        seen: list[float] = []

        def stop_at_once(part: float) -> None:
            seen.append(part)
            engine.cancel()

        def load() -> None:
            for _ in range(200):  # the file may be read before the cancel arrives
                engine.clear_cancel()
                engine.load(starter_path, context=512, threads=1, on_progress=stop_at_once)

        with pytest.raises(Cancelled):
            Waiting(load).outcome()
        engine.clear_cancel()
        with pytest.raises(InputError, match="No model is loaded"):
            engine.tokenize("a")
        assert seen
        engine.load(starter_path, context=512, threads=1)
        assert len(write(engine, PROMPT, tokens=2).steps) == 2


def test_ctrl_c_stops_a_load(starter_path: Path) -> None:
    """In the middle of it, and when it had just ended: then the model is there all the same."""
    with BlockingEngine() as engine:
        engine.load(starter_path, context=512, threads=1)
        for _ in range(200):  # the file may be read before the cancel arrives
            with pytest.raises((Cancelled, KeyboardInterrupt)) as caught:
                engine.load(
                    starter_path,
                    context=512,
                    threads=1,
                    on_progress=lambda part: signal.raise_signal(signal.SIGINT),
                )
            assert (engine.loaded is None) is (caught.type is Cancelled)
            if engine.loaded is None:
                break
        with pytest.raises(InputError, match="No model is loaded"):
            engine.tokenize("a")


@pytest.mark.parametrize("job", ["generate", "score"])
def test_ctrl_c_after_the_last_event_is_not_lost(starter_path: Path, job: str) -> None:
    """The job has ended, so nothing is cancelled; its caller must not begin another one."""
    greedy = branch(parse_chain("greedy"))
    with BlockingEngine() as engine:
        engine.load(starter_path, context=512, threads=1)
        events: Iterator[Written | Measured] = (
            engine.generate(PROMPT, [greedy], tokens=1)
            if job == "generate"
            else engine.score(PROMPT, chain=greedy.chain)
        )
        for event in events:
            if isinstance(event, protocol.Finished):
                assert event.outcome.reason != "cancelled"
                signal.raise_signal(signal.SIGINT)
                break
        with pytest.raises(KeyboardInterrupt):
            next(events)
        assert len(write(engine, PROMPT, tokens=2).steps) == 2


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="signals as POSIX has them")
@pytest.mark.parametrize(
    ("number", "remedied"), [("SIGKILL", False), ("SIGSEGV", False), ("SIGILL", True)]
)
def test_a_death_has_one_remedy(starter_path: Path, number: str, remedied: bool) -> None:
    with BlockingEngine() as engine:
        engine.load(starter_path, context=512, threads=1)
        writing = Writing(engine)
        writing.wait_for_start()
        assert engine.client.pid is not None
        os.kill(engine.client.pid, signal.Signals[number])
        with pytest.raises(EngineDiedError) as died:
            writing.outcome()
    assert ("run `make clean`" in str(died.value)) is remedied
    assert ("choose a smaller context or model" in str(died.value)) is not remedied


def test_closing_ends_the_wait_with_its_own_error(starter_path: Path) -> None:
    engine = BlockingEngine()
    engine.load(starter_path, context=512, threads=1)
    writing = Writing(engine)
    writing.wait_for_start()
    engine.close()
    with pytest.raises(EngineClosedError, match="was closed"):
        writing.outcome()
    with pytest.raises(EngineClosedError):
        engine.tokenize("a")
    engine.cancel()
    engine.close()  # twice is once


def test_the_signals_are_left_alone_outside_of_the_main_thread(engine: BlockingEngine) -> None:
    before = signal.getsignal(signal.SIGINT)
    seen = []
    writing = Writing(engine, tokens=3)
    writing.wait_for_start()
    seen.append(signal.getsignal(signal.SIGINT))
    writing.outcome()
    assert [*seen, signal.getsignal(signal.SIGINT)] == [before, before]


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="signals as POSIX has them")
def test_an_engine_that_hangs_is_replaced(starter_path: Path) -> None:
    with BlockingEngine() as engine:
        engine.load(starter_path, context=512, threads=1)
        pid = engine.client.pid
        assert pid is not None
        writing = Writing(engine)
        writing.wait_for_start()
        os.kill(pid, signal.SIGSTOP)
        engine.cancel()
        continuation = writing.outcome()
        assert continuation.ended.reason == "cancelled"
        assert continuation.ended.tokens == len(continuation.steps)
        assert continuation.ended.prompt_tokens == writing.written.readings[-1].total
        engine.clear_cancel()
        assert len(write(engine, PROMPT, tokens=2).steps) == 2  # a new process, with the model
        assert engine.client.pid not in {pid, None}


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="a mapped file can be removed")
@pytest.mark.parametrize("emptied", [False, True])
def test_a_model_file_that_goes_away(starter_path: Path, tmp_path: Path, emptied: bool) -> None:
    """A removed file stays mapped; the next process does not find it, and says so each time."""
    path = tmp_path / "mine.gguf"
    shutil.copyfile(starter_path, path)
    with BlockingEngine() as engine:
        engine.load(path, context=512, threads=1)
        whole = write(engine, PROMPT, tokens=4)
        if emptied:
            os.truncate(path, 1000)
            with pytest.raises(EngineDiedError, match="shrank"):
                write(engine, PROMPT, tokens=4)
            words = r"^llama\.cpp cannot load mine\.gguf \(.*\): get the file again"
        else:
            path.unlink()
            assert write(engine, PROMPT, tokens=4).tokens == whole.tokens
            assert engine.client.pid is not None
            os.kill(engine.client.pid, signal.SIGKILL)
            with pytest.raises((EngineDiedError, InputError)):  # as soon as its death is noticed
                write(engine, PROMPT, tokens=4)
            words = r"^mine\.gguf is no longer in .*: put it back, or load another model\.$"
        for _ in range(2):
            with pytest.raises(InputError, match=words):
                write(engine, PROMPT, tokens=4)
        engine.load(starter_path, context=512, threads=1)
        assert write(engine, PROMPT, tokens=4).tokens == whole.tokens


def test_a_failing_sampler_is_told_with_its_place(engine: BlockingEngine, tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text(
        "def sample(logits, tokens):\n    if len(tokens) > 11:\n        logits[10**9] = 0\n"
        "    return logits\n"
    )
    written = Generated([Continuation()])
    chain = parse_chain("user mine.py > greedy")
    events = engine.generate(PROMPT, [branch(chain)], tokens=9, samplers=tmp_path)
    with pytest.raises(SamplerError, match="line 3") as failed:
        deque(map(written.add, events), maxlen=0)
    assert (failed.value.file, failed.value.line) == ("mine.py", 3)
    assert "IndexError" in failed.value.traceback
    prompt = written.readings[-1].total
    assert [step.index for step in written.branches[0].steps] == list(range(12 - prompt))
    assert len(write(engine, PROMPT, tokens=2).steps) == 2


def test_a_cancelled_scoring_in_a_thread(engine: BlockingEngine) -> None:
    started = threading.Event()
    outcomes: list[protocol.Outcome] = []

    def work() -> None:
        for event in engine.score(LONG, chain=[]):
            started.set()
            if isinstance(event, protocol.Finished):
                outcomes.append(event.outcome)

    scoring = Waiting(work)
    assert started.wait(PATIENCE_S)
    engine.cancel()
    scoring.outcome()
    assert [outcome.reason for outcome in outcomes] == ["cancelled"]


def test_a_model_gives_its_memory_back(starter_path: Path) -> None:
    with BlockingEngine() as engine:
        engine.load(starter_path, context=512, threads=1)
        pid = engine.client.pid
        engine.unload()
        assert engine.loaded is None
        with pytest.raises(InputError, match="No model is loaded"):
            engine.tokenize("lamp")
        assert pid is not None
        os.kill(pid, signal.SIGKILL)  # the next process is not to load it again
        with pytest.raises((InputError, EngineDiedError)):
            engine.tokenize("lamp")
        with pytest.raises(InputError, match="No model is loaded"):
            engine.tokenize("lamp")
        engine.load(starter_path, context=512, threads=1)
        assert engine.tokenize("lamp")
