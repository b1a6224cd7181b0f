"""The engine process: `python -m models.engine.worker VERSION`.

Commands arrive on what was descriptor 0, events leave on what was descriptor 1, one JSON line each.
Both are moved away first, and 1 points at stderr, so that nothing a native library prints or a
sampler reads can corrupt a message. The process ends when its input ends, so it never outlives the
window.
"""

from __future__ import annotations

import contextlib
import faulthandler
import os
import queue
import sys
import threading
import time
import traceback

import msgspec

from models.engine import protocol
from models.engine.background import Background
from models.engine.jobs import Engine
from models.engine.llama import Stop, start_backend
from models.errors import Cancelled, InputError, JobError, SamplerError
from models.interrupts import ignore_interrupts

END_S = 2.0


class Worker:
    """Reads commands in one thread and does them in another, so that a cancel is heard at once."""

    def __init__(self, commands: int, events: int) -> None:
        self._input = os.fdopen(commands, "rb")
        self._events = events
        self._stop = Stop()
        self._commands: queue.SimpleQueue[protocol.AnyCommand | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._running: int | None = None  # the job that is being done
        self._resting = False
        self._waiting: set[int] = set()  # jobs that have not begun
        self._cancelled: set[int] = set()  # those of them that need not begin
        self._ending = False

    def emit(self, *events: protocol.AnyEvent) -> None:
        """Write events; blocks while the reader is behind."""
        lines = memoryview(protocol.encode_lines(events))
        while lines:
            lines = lines[os.write(self._events, lines) :]

    def read_commands(self) -> None:
        """Hand commands to the working thread; a cancel acts at once. Ends with the input."""
        for line in self._input:
            try:
                command = protocol.decode_command(line)
            except msgspec.DecodeError:
                traceback.print_exc()
                os._exit(1)  # the other side is not ours
            if isinstance(command, protocol.Cancel):
                with self._lock:
                    if command.job == self._running:
                        self._stop.set()
                    elif command.job in self._waiting:
                        self._cancelled.add(command.job)
            else:
                self._put(command)
        with self._lock:
            self._ending = True
            self._stop.set()
            self._commands.put(None)
        time.sleep(END_S)
        os._exit(1)  # the window is gone and native code does not come back

    def _put(self, command: protocol.AnyCommand) -> None:
        with self._lock:
            self._waiting.add(command.job)
            self._commands.put(command)
            if self._resting:
                self._stop.set()

    def _rest(self, engine: Engine) -> None:
        """Let the engine read ahead until a command comes."""
        with self._lock:
            if not self._commands.empty():
                return
            self._resting = True
            self._stop.clear()
        with contextlib.suppress(Cancelled, JobError):
            engine.rest()
        with self._lock:
            self._resting = False

    def work(self) -> None:
        """Do commands until the input ends."""
        with Background() as background:
            self._work(Engine(emit=self.emit, background=background, stop=self._stop))

    def _work(self, engine: Engine) -> None:
        def tell_abort(text: str) -> None:
            try:
                engine.send_due()
            finally:
                self.emit(protocol.Aborting(describe_assertion(text)))

        start_backend(tell_abort)
        while (command := self._commands.get()) is not None:
            with self._lock:
                if self._ending:
                    break
                self._running = command.job
                self._waiting.discard(command.job)
                self._stop.clear()
                if command.job in self._cancelled:
                    self._stop.set()
            try:
                engine.do(command)
            except Exception as error:
                self.emit(failure(command.job, error))
            with self._lock:
                self._running = None
                self._cancelled.discard(command.job)
            self._rest(engine)
        engine.close()


def describe_assertion(text: str) -> str:
    """Return a failed assertion of ggml, "path/file.c:12: what failed", in words."""
    place, _, words = text.partition(": ")
    return f"the native library gave up: {words or place} ({place.rpartition('/')[2]})"


def failure(job: int, error: BaseException) -> protocol.Failed:
    """Return the event that reports `error`, in characters that can be sent."""
    failed = _classify(job, error)
    message, details = (
        text.encode("utf-8", "backslashreplace").decode()
        for text in (failed.message, failed.traceback)
    )
    return msgspec.structs.replace(failed, message=message, traceback=details)


def _classify(job: int, error: BaseException) -> protocol.Failed:
    match error:
        case Cancelled():
            return protocol.Failed(job, "cancelled", "Cancelled.")
        case SamplerError():
            return protocol.Failed(
                job, "sampler", str(error), error.traceback, error.file, error.line
            )
        case InputError():
            return protocol.Failed(job, "input", str(error))
        case JobError():
            return protocol.Failed(job, "job", str(error))
        case MemoryError():
            return protocol.Failed(
                job, "job", "Memory ran out: choose a smaller --context or model."
            )
        case _:
            text = f"The engine failed in a way it should not ({type(error).__name__}: {error})."
            return protocol.Failed(job, "defect", text, "".join(traceback.format_exception(error)))


def main() -> None:
    if sys.argv[1:] != [str(protocol.VERSION)]:
        sys.exit("The engine is of another version than its caller: run `make run` again.")
    ignore_interrupts()
    commands, events = os.dup(0), os.dup(1)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)  # a sampler's input() must not read commands
    os.dup2(2, 1)
    faulthandler.enable()
    worker = Worker(commands, events)
    threading.Thread(target=worker.read_commands, name="commands", daemon=True).start()
    worker.work()


if __name__ == "__main__":
    main()
