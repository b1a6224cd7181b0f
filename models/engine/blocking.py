"""The engine for a caller that waits: the command line, tests, benchmarks."""

from __future__ import annotations

import contextlib
import queue
import signal
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TypeVar

from models.engine import protocol
from models.engine.client import AnyNotice, Died, EngineClient
from models.errors import Cancelled, InputError, JobError
from models.sampling import SamplerError

Answer = TypeVar(
    "Answer", protocol.Loaded, protocol.DevicesFound, protocol.Decided, protocol.Tokenized
)


class EngineDiedError(JobError):
    """The engine process ended while it worked; what it had written before was delivered."""


@dataclass(frozen=True, slots=True)
class Interrupted:
    """Ctrl+C was pressed during a generation."""

    job: int


class BlockingEngine:
    """One engine process whose answers are waited for. A context manager: it ends the process.

    Every method raises InputError, JobError, SamplerError or EngineDiedError as the engine said.
    """

    def __init__(self, *, log: Path | None = None) -> None:
        self._notices: queue.SimpleQueue[AnyNotice | Interrupted] = queue.SimpleQueue()
        self.client = EngineClient(self._notices.put, log=log)

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
        self.client.close()

    def find_devices(self) -> list[protocol.Device]:
        """Return the GPUs that the engine can use."""
        job = self.client.new_job()
        self.client.send(protocol.FindDevices(job))
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
        on_progress: Callable[[float], None] | None = None,
    ) -> protocol.Loaded:
        """Load a model; returns when it is ready. `on_progress` is told the part read, 0..1."""
        job = self.client.new_job()
        self.client.send(
            protocol.Load(job, str(path), context, threads, gpu_layers, branches, block)
        )
        return self._wait(job, protocol.Loaded, on_progress)

    def generate(
        self,
        prompt: str | list[int],
        branches: list[protocol.Branch],
        *,
        tokens: int,
        special: bool = True,
        chat: bool = False,
        trim: bool = False,
        stop: tuple[str, ...] = (),
        candidates: int = 20,
        samplers: Path | None = None,
        keep_logits: bool = False,
    ) -> Iterator[protocol.Reading | protocol.Trimmed | protocol.Stepped | protocol.Finished]:
        """Continue a prompt; yields events up to the last branch's `Finished`.

        Ctrl+C cancels the generation, and the remaining events are still delivered, with reason
        `cancelled`. Closing the iterator cancels it too.
        """
        job = self.client.new_job()
        command = protocol.Generate(
            job,
            prompt=prompt,
            branches=branches,
            tokens=tokens,
            special=special,
            chat=chat,
            trim=trim,
            stop=list(stop),
            candidates=candidates,
            samplers=str(samplers) if samplers is not None else "",
            keep_logits=keep_logits,
        )
        running = len(branches)
        with self._interrupts_cancel(job):
            self.client.send(command)
            try:
                while running:
                    event = self._next(job)
                    if isinstance(event, protocol.Finished):
                        running -= 1
                    if isinstance(
                        event,
                        protocol.Reading | protocol.Trimmed | protocol.Stepped | protocol.Finished,
                    ):
                        yield event
            finally:
                self.client.cancel(job)  # nothing, where it has ended

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
        self.client.send(
            protocol.Decide(job, generation, index, chain, branch, seed, candidates, folder)
        )
        return self._wait(job, protocol.Decided).step

    def tokenize(self, text: str, *, special: bool = True) -> list[protocol.TokenPiece]:
        """Cut a text into tokens."""
        job = self.client.new_job()
        self.client.send(protocol.Tokenize(job, text, special))
        return self._wait(job, protocol.Tokenized).tokens

    @contextlib.contextmanager
    def _interrupts_cancel(self, job: int) -> Iterator[None]:
        """Make Ctrl+C a notice among the others: as an exception it could strike anywhere, and what
        the caller was just writing would be lost.
        """
        if signal.getsignal(signal.SIGINT) is not signal.default_int_handler or (
            threading.current_thread() is not threading.main_thread()
        ):
            yield
            return
        signal.signal(signal.SIGINT, lambda *_: self._notices.put(Interrupted(job)))
        try:
            yield
        finally:
            signal.signal(signal.SIGINT, signal.default_int_handler)

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
            match notice:
                case Died() if job in notice.jobs:
                    raise EngineDiedError(f"The engine ended while it worked: {notice.reason}.")
                case Interrupted():
                    self.client.cancel(notice.job)
                case protocol.Failed() if notice.job == job:
                    raise _as_error(notice)
                case Died() | protocol.Aborting():
                    continue
                case _ if notice.job == job:
                    return notice


def _as_error(failed: protocol.Failed) -> Exception:
    match failed.kind:
        case "input":
            return InputError(failed.message)
        case "sampler":
            return SamplerError(failed.message, traceback=failed.traceback)
        case "cancelled":
            return Cancelled(failed.message)
        case "job":
            return JobError(failed.message)
        case "defect":
            return RuntimeError(f"{failed.message}\n{failed.traceback}")
