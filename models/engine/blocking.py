"""The engine for a caller that waits: the command line, a thread of the window, tests."""

from __future__ import annotations

import contextlib
import queue
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType, TracebackType
from typing import TypeVar

from models.engine import protocol
from models.engine.client import REMEDIED, AnyNotice, Died, EngineClient
from models.engine.unfinished import Unfinished
from models.errors import Cancelled, InputError, JobError, SamplerError
from models.folder import find_folders
from models.interrupts import interrupts_handled_by
from models.machine import count_processors

CLOSED = "The engine was closed."
REMEDY = "Try again, or choose a smaller context or model."

Written = protocol.Reading | protocol.Trimmed | protocol.Stepped | protocol.Finished
Measured = protocol.Reading | protocol.Trimmed | protocol.Scored | protocol.Finished
Answer = TypeVar(
    "Answer",
    protocol.Loaded,
    protocol.Unloaded,
    protocol.DevicesFound,
    protocol.Decided,
    protocol.Tokenized,
)


class EngineDiedError(JobError):
    """The engine process ended while it worked; what it had written before was delivered."""


class EngineClosedError(JobError):
    """The engine was closed while somebody waited for it, or before."""


@dataclass(frozen=True, slots=True)
class Interrupted:
    """Ctrl+C was pressed during a generation or a load."""

    job: int


@dataclass(frozen=True, slots=True)
class Awake:
    """`cancel` or `close` was called: whoever waits has to look."""


class BlockingEngine:
    """One engine process whose answers are waited for. A context manager: it ends the process.

    Every method raises InputError, JobError, SamplerError, EngineDiedError or EngineClosedError as
    the engine said. One thread at a time calls them; `cancel`, `clear_cancel` and `close` may be
    called from any other, and `cancel` waits for nothing.
    """

    def __init__(self, *, log: Path | None = None) -> None:
        self._notices: queue.SimpleQueue[AnyNotice | Interrupted | Awake] = queue.SimpleQueue()
        self._cancelled = threading.Event()
        self._closed = threading.Event()
        self._tell_death: Callable[[], None] | None = None
        self.client = EngineClient(self._hear, log=log)
        self.loaded: protocol.Loaded | None = None
        """The model that was loaded last; None while another is being loaded, and if that failed"""

    @property
    def needs_every_core(self) -> bool:
        """Whether the model computes on all cores: what others do then takes its time."""
        loaded = self.loaded
        if loaded is None or loaded.gpu_layers > loaded.layers:
            return False
        return loaded.threads >= count_processors()

    def __enter__(self) -> BlockingEngine:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the process; whoever waits for it gets EngineClosedError."""
        self._closed.set()
        self._notices.put(Awake())
        self.client.close()

    def cancel(self) -> None:
        """Stop what is being done, and whatever is asked for until `clear_cancel`.

        A generation and a scoring that are cancelled finish with reason `cancelled`; a load, and
        whatever has not begun, raises Cancelled. What takes no time is answered all the same.
        """
        self._cancelled.set()
        self._notices.put(Awake())

    def clear_cancel(self) -> None:
        """Forget a cancel: the work that begins now was not meant by it."""
        self._cancelled.clear()

    def tell_deaths(self, then: Callable[[], None]) -> None:
        """Call `then`, in another thread, when the process has died; the caller loads again."""
        self._tell_death = then
        self.client.reloads = False

    def find_devices(self) -> list[protocol.Device]:
        """Return the GPUs that the engine can use."""
        job = self.client.new_job()
        self._send(protocol.FindDevices(job))
        return self._wait(job, protocol.DevicesFound).devices

    def load(
        self,
        path: Path,
        *,
        context: int,
        threads: int,
        gpu_layers: int = 0,
        branches: int = 8,
        block: int = 32,
        adapters: Sequence[protocol.Adapter] = (),
        on_progress: Callable[[float], None] | None = None,
    ) -> protocol.Loaded:
        """Load a model; returns when it is ready. `on_progress` is told the part read, 0..1.

        The model that was loaded is gone even if this is cancelled or fails. Ctrl+C cancels it.
        """
        job = self.client.new_job()
        command = protocol.Load(
            job, str(path), context, threads, gpu_layers, branches, block, list(adapters)
        )
        with self._interrupts_cancel(job) as interrupted:
            self._send(command)
            self.loaded = None
            self.loaded = self._wait(job, protocol.Loaded, on_progress)
        if interrupted.is_set():  # when it was loaded already
            raise KeyboardInterrupt
        return self.loaded

    def unload(self) -> None:
        """Give back the memory of the model; the process stays, and no model is loaded."""
        job = self.client.new_job()
        self._send(protocol.Unload(job))
        self.loaded = None
        self._wait(job, protocol.Unloaded)

    def generate(
        self,
        prompt: str | list[int],
        branches: list[protocol.Branch],
        *,
        tokens: int,
        after: str = "",
        special: bool = True,
        chat: bool = False,
        trim: bool = False,
        stop: tuple[str, ...] = (),
        candidates: int = 20,
        samplers: Path | None = None,
        keep_logits: bool = False,
    ) -> Iterator[Written]:
        """Continue a prompt; yields events up to the last branch's `Finished`.

        Ctrl+C cancels the generation, and the remaining events are still delivered, with reason
        `cancelled`; KeyboardInterrupt follows the last event where nothing was left to cancel.
        Closing the iterator cancels it too.
        """
        job = self.client.new_job()
        command = protocol.Generate(
            job,
            prompt=prompt,
            branches=branches,
            tokens=tokens,
            after=after,
            special=special,
            chat=chat,
            trim=trim,
            stop=list(stop),
            candidates=candidates,
            samplers=str(samplers) if samplers is not None else "",
            keep_logits=keep_logits,
        )
        with contextlib.closing(self._follow(command, branches=len(branches))) as events:
            for event in events:
                if isinstance(event, Written):
                    yield event

    def score(
        self,
        text: str,
        *,
        chain: list[protocol.StageValues],
        special: bool = True,
        first: int = 0,
        candidates: int = 10,
        samplers: Path | None = None,
    ) -> Iterator[Measured]:
        """Tell how sure the model would have been of a text; yields events up to `Finished`.

        `first` is the character from which on this is told. Ctrl+C and closing cancel it, as they
        do with `generate`.
        """
        folder = str(samplers) if samplers is not None else ""
        job = self.client.new_job()
        command = protocol.Score(job, text, chain, special, first, candidates, folder)
        with contextlib.closing(self._follow(command)) as events:
            for event in events:
                if isinstance(event, Measured):
                    yield event

    def decide(
        self,
        generation: int,
        index: int,
        chain: list[protocol.StageValues],
        *,
        branch: int = 0,
        seed: int | None = None,
        candidates: int = 20,
        samplers: Path | None = None,
    ) -> protocol.Step:
        """Decide a finished step again from its stored logits."""
        job = self.client.new_job()
        folder = str(samplers) if samplers is not None else ""
        self._send(protocol.Decide(job, generation, index, chain, branch, seed, candidates, folder))
        return self._wait(job, protocol.Decided).step

    def tokenize(self, text: str, *, special: bool = True) -> list[protocol.TokenPiece]:
        """Cut a text into tokens."""
        job = self.client.new_job()
        self._send(protocol.Tokenize(job, text, special))
        return self._wait(job, protocol.Tokenized).tokens

    def _hear(self, notice: AnyNotice) -> None:
        self._notices.put(notice)
        if isinstance(notice, Died) and self._tell_death is not None:
            self._tell_death()

    def _send(self, command: protocol.AnyCommand) -> None:
        if self._closed.is_set():
            raise EngineClosedError(CLOSED)
        if self._cancelled.is_set():
            raise Cancelled
        self.client.send(command)

    def _follow(
        self, command: protocol.Generate | protocol.Score, *, branches: int = 1
    ) -> Generator[protocol.AnyEvent, None, None]:
        """Send a command; yield its events until each branch has finished. Leaving cancels it."""
        with self._interrupts_cancel(command.job) as interrupted:
            self._send(command)
            unfinished = Unfinished(command.job, branches)
            try:
                while unfinished:
                    event = self._next(command.job)
                    unfinished.hear(event)
                    yield event
            except Cancelled:  # the process was ended, as it did not stop
                yield from unfinished.cancel()
            finally:
                self.client.cancel(command.job)  # nothing, where it has ended
        if interrupted.is_set() and not unfinished.cancelled:  # when everything had ended
            raise KeyboardInterrupt

    @contextlib.contextmanager
    def _interrupts_cancel(self, job: int) -> Iterator[threading.Event]:
        """Make Ctrl+C a notice among the others: as an exception it could strike anywhere, and what
        the caller was just writing would be lost. The event is set when it was pressed.
        """
        interrupted = threading.Event()

        def interrupt(_number: int, _frame: FrameType | None) -> None:
            interrupted.set()
            self._notices.put(Interrupted(job))

        with interrupts_handled_by(interrupt):
            yield interrupted

    def _wait(
        self,
        job: int,
        kind: type[Answer],
        on_progress: Callable[[float], None] | None = None,
    ) -> Answer:
        while True:
            event = self._next(job)
            if isinstance(event, protocol.Loading) and on_progress is not None:
                on_progress(event.part)
            if isinstance(event, kind):
                return event

    def _next(self, job: int) -> protocol.AnyEvent:
        """Return the next event of a job, or raise its failure; drop those of other jobs."""
        while True:
            notice = self._notices.get()
            if self._closed.is_set():
                self._notices.put(Awake())  # for another generation that was left half read
                raise EngineClosedError(CLOSED)
            match notice:
                case Died() if job in notice.jobs:
                    if job in notice.cancelled:
                        raise Cancelled
                    remedy = "" if notice.reason in REMEDIED else f" {REMEDY}"
                    raise EngineDiedError(
                        f"The engine ended while it worked: {notice.reason}.{remedy}"
                    )
                case Awake():
                    if self._cancelled.is_set():
                        self.client.cancel(job)
                case Interrupted():
                    self.client.cancel(notice.job)
                case protocol.Failed() if notice.job == job:
                    raise _as_error(notice)
                case Died() | protocol.Aborting():
                    continue
                case _ if notice.job == job:
                    return notice


def open_engine() -> BlockingEngine:
    """Return an engine with its log where the others are."""
    return BlockingEngine(log=find_folders().logs / "engine.log")


def _as_error(failed: protocol.Failed) -> Exception:
    match failed.kind:
        case "input":
            return InputError(failed.message)
        case "sampler":
            return SamplerError(
                failed.message, file=failed.file, line=failed.line, traceback=failed.traceback
            )
        case "cancelled":
            return Cancelled(failed.message)
        case "job":
            return JobError(failed.message)
        case "defect":
            return RuntimeError(f"{failed.message}\n{failed.traceback}")
