"""The other end of the engine process: start, talk, cancel, notice its death, start again.

No Qt and no llama_cpp. Events arrive in a thread of the client, through one callback.
"""

from __future__ import annotations

import contextlib
import logging
import os
import queue
import signal
import subprocess
import sys
import threading
import traceback
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import msgspec

from models.engine import protocol
from models.interrupts import interrupts_delayed
from models.log_file import open_log

CANCEL_S = 2.0  # what does not stop in this time is killed
LOG_LINES = 200
LOG_BYTES = 1 << 20
MOST_SHOWN_BYTES = 2000  # in the log, of a message that cannot be read
# -P: a folder named models where the program was started must not be imported
WORKER = ("-P", "-m", "models.engine.worker")

SIGNAL_WORDS = {
    signal.SIGSEGV: "it touched memory that is not its own (SIGSEGV)",
    signal.SIGABRT: "the native library gave up (SIGABRT)",
    signal.SIGILL: "it was built for another processor (SIGILL): run `make clean`, then `make run`",
}
if sys.platform != "win32":
    SIGNAL_WORDS |= {
        signal.SIGKILL: "it was killed from outside, mostly because memory ran out (SIGKILL)",
        signal.SIGBUS: "a mapped model file shrank or its disk failed (SIGBUS): get the file again",
        signal.SIGTERM: "it was asked to end (SIGTERM): try again",
    }
WINDOWS_WORDS = {  # exit codes of a process that an exception ended (ntstatus.h)
    0xC0000005: "it touched memory that is not its own (access violation)",
    0xC000001D: "it was built for another processor (illegal instruction)",
    0xC0000409: "the native library gave up (fail fast)",
}
HUNG = "a sampler or a chat template did not end: mend it, or write without it"
REMEDIED = frozenset(  # the reasons that say themselves what to do
    {HUNG}
    | {
        words
        for number, words in SIGNAL_WORDS.items()
        if number.name in {"SIGILL", "SIGBUS", "SIGTERM"}
    }
)


@dataclass(frozen=True, slots=True)
class Died:
    """The engine process is gone, and with it `jobs`: the one at work, then those that waited.

    `restarting` says that a new one is being started and loads the same model. `cancelled` are
    those of the jobs that were being cancelled.
    """

    reason: str
    jobs: tuple[int, ...]
    restarting: bool
    log: str = ""
    cancelled: tuple[int, ...] = ()


class AnyJob(msgspec.Struct):
    """What every event has."""

    job: int


AnyNotice = protocol.AnyEvent | Died
Outbox = queue.SimpleQueue[bytes | None]  # lines for one process; None ends its input


class EngineClient:
    """One engine process, kept alive.

    A process that dies is replaced, and the model that was loaded is loaded again under the number
    of its first load; with `reloads` off, both wait for the next command and load. A model that has
    never come through loading is not tried again. Commands may be sent from any thread. `on_notice`
    is called from the client's reading thread. A thread of its own writes to the process: one that
    reads nothing holds up nobody else.
    """

    def __init__(self, on_notice: Callable[[AnyNotice], None], *, log: Path | None = None) -> None:
        self._on_notice = on_notice
        self._log = log
        self.reloads = True
        self._lock = threading.RLock()
        self._next_job = 1
        self._process: subprocess.Popen[bytes] | None = None
        self._outbox: Outbox = queue.SimpleQueue()
        self._threads: tuple[threading.Thread, ...] = ()  # of this process
        self._busy: deque[int] = deque()  # jobs sent and not ended, in order
        self._branches_left: dict[int, int] = {}
        self._load: protocol.Load | None = None
        self._load_worked = False  # once, in whatever process
        self._loaded = False  # in this process
        self._timers: dict[int, threading.Timer] = {}  # of jobs that are being cancelled
        self._closing = False
        self._kill_reason = ""

    @property
    def pid(self) -> int | None:
        """Process number of the engine, None when there is none."""
        process = self._process
        return process.pid if process is not None and process.poll() is None else None

    def new_job(self) -> int:
        """Return a number for the next command."""
        with self._lock:
            job = self._next_job
            self._next_job += 1
            return job

    def start(self) -> None:
        """Start the process before there is a command: it gets ready beside its caller."""
        with self._lock:
            if self._process is None and not self._closing:
                self._start(reload=False)

    def send(self, command: protocol.AnyCommand) -> None:
        """Send a command; starts the process where there is none."""
        with self._lock:
            if self._closing:
                return
            if self._process is None:
                self._start(reload=not isinstance(command, protocol.Load))
            if isinstance(command, protocol.Load):
                self._load, self._load_worked, self._loaded = command, False, False
            elif isinstance(command, protocol.Unload):
                self._load, self._load_worked, self._loaded = None, False, False
            self._write(command)

    def cancel(self, job: int) -> None:
        """Stop a job; its outcome follows. A process that does not stop in CANCEL_S is replaced."""
        with self._lock:
            if self._closing or job not in self._busy:
                return
            self._write(protocol.Cancel(job))
            if job not in self._timers:
                self._limit_cancel(job)

    def close(self) -> None:
        """End the process; returns when it is gone."""
        with self._lock:
            self._closing = True
            self._drop_timers()
            process, threads = self._process, self._threads
            if process is None:
                return
            self._outbox.put(None)
        try:
            process.wait(CANCEL_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        for thread in threads:
            if thread is not threading.current_thread():
                thread.join()

    def _start(self, *, reload: bool) -> None:
        """Start the process, and with `reload` have it load the model that was loaded."""
        with interrupts_delayed():
            self._start_process()
            if reload and self._load is not None:
                self._write(self._load)

    def _start_process(self) -> None:
        environment = os.environ | {
            "PYTHONUTF8": "1",
            "HF_HUB_OFFLINE": "1",
            "OPENBLAS_NUM_THREADS": "1",  # numpy's own threads would fight with the model's
        }
        process = self._process = subprocess.Popen(
            [sys.executable, *WORKER, str(protocol.VERSION)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment,
        )
        self._outbox = queue.SimpleQueue()
        self._kill_reason = ""
        threads = tuple(
            threading.Thread(target=target, args=(process, self._outbox), name=name, daemon=True)
            for target, name in (
                (self._read, "engine events"),
                (_write_commands, "engine commands"),
            )
        )
        for thread in threads:
            thread.start()
        self._threads = threads

    def _write(self, command: protocol.AnyCommand) -> None:
        if self._process is None:
            return
        line = protocol.encode(command) + b"\n"  # first: a text that cannot be encoded is no job
        if not isinstance(command, protocol.Cancel):
            self._busy.append(command.job)
            if isinstance(command, protocol.Generate):
                self._branches_left[command.job] = len(command.branches)
        self._outbox.put(line)

    def _limit_cancel(self, job: int) -> None:
        timer = threading.Timer(CANCEL_S, self._kill_stuck, (job, self._busy[0] == job))
        timer.daemon = True
        self._timers[job] = timer
        timer.start()

    def _kill_stuck(self, job: int, at_work: bool) -> None:
        """End the process if it was at `job` all the time; one that waits its turn is no reason."""
        with self._lock:
            process = self._process
            if self._closing or job not in self._busy or process is None:
                return
            if not at_work:
                self._limit_cancel(job)
            elif process.poll() is None:
                self._kill_reason = f"it did not stop within {CANCEL_S:g} s and was ended"
                process.kill()

    def _drop_timers(self) -> None:
        for timer in self._timers.values():
            timer.cancel()
        self._timers.clear()

    def _read(self, process: subprocess.Popen[bytes], outbox: Outbox) -> None:
        """Deliver the events of one process, then its death."""
        assert process.stdout is not None
        assert process.stderr is not None
        log: deque[str] = deque(maxlen=LOG_LINES)
        logger = threading.Thread(
            target=self._read_log, args=(process.stderr, log), name="engine log", daemon=True
        )
        logger.start()
        last_words = ""
        for line in process.stdout:
            try:
                event = protocol.decode_event(line)
            except msgspec.DecodeError as error:
                if line.endswith(b"\n"):  # else the half of a line that a dying process wrote
                    self._fail(line, error)
                continue
            if isinstance(event, protocol.Aborting):
                last_words = event.message
                continue
            self._note(event)
            self._tell(event)
        code = process.wait()
        logger.join(1.0)
        process.stdout.close()
        outbox.put(None)
        with self._lock:
            if self._closing:
                return
            if any(line.startswith("Timeout (") for line in log):  # faulthandler's word
                last_words = HUNG
            reason = self._kill_reason or describe_exit(code, last_words)
            jobs, cancelled = tuple(self._busy), tuple(self._timers)
            restarting = self._loaded and self.reloads
            if not self._load_worked or not self.reloads:
                self._load = None
            self._drop_timers()
            self._busy.clear()
            self._branches_left.clear()
            self._process = None
            self._loaded = False
        self._tell(Died(reason, jobs, restarting, "".join(log), cancelled))
        if restarting:
            self._restart()

    def _fail(self, line: bytes, error: msgspec.DecodeError) -> None:
        """End the job of an event that cannot be read: without it, what it did is not whole."""
        logging.getLogger(__name__).exception("the engine sent %r", line[:MOST_SHOWN_BYTES])
        with self._lock:
            job = _read_job(line) or next(iter(self._busy), None)
            if job is None or job not in self._busy:
                return
            self._write(protocol.Cancel(job))
            self._end(job)
        text = f"The engine failed in a way it should not ({type(error).__name__}: {error})."
        self._tell(protocol.Failed(job, "defect", text, traceback.format_exc()))

    def _tell(self, notice: AnyNotice) -> None:
        try:
            self._on_notice(notice)
        except Exception:  # the receiver's fault: the next notices must come all the same
            logging.getLogger(__name__).exception("a receiver of notices failed")

    def _restart(self) -> None:
        with self._lock:
            if self._process is None and self._load is not None and not self._closing:
                self._start(reload=True)

    def _note(self, event: protocol.AnyEvent) -> None:
        with self._lock:
            match event:
                case protocol.Loaded():
                    self._load_worked = self._loaded = True
                    self._end(event.job)
                case protocol.Finished():
                    self._branches_left[event.job] = left = (
                        self._branches_left.get(event.job, 1) - 1
                    )
                    if left == 0:
                        self._end(event.job)
                case (
                    protocol.Failed()
                    | protocol.Decided()
                    | protocol.Tokenized()
                    | protocol.Unloaded()
                    | protocol.DevicesFound()
                ):
                    self._end(event.job)

    def _end(self, job: int) -> None:
        self._branches_left.pop(job, None)
        if timer := self._timers.pop(job, None):
            timer.cancel()
        if job in self._busy:
            self._busy.remove(job)

    def _read_log(self, stream: IO[bytes], log: deque[str]) -> None:
        with open_log(self._log, kept_bytes=LOG_BYTES) as file:
            for line in stream:
                log.append(line.decode("utf-8", "replace"))
                with contextlib.suppress(OSError):  # a full disk must not stop the engine
                    file.write(line)
        stream.close()


def _read_job(line: bytes) -> int | None:
    """Return the job that a line names, though the rest of it may be no event; else None."""
    try:
        return msgspec.json.decode(line, type=AnyJob).job
    except msgspec.DecodeError:
        return None


def _write_commands(process: subprocess.Popen[bytes], outbox: Outbox) -> None:
    """Write what is in the outbox, line by line, to one process; it may let us wait."""
    assert process.stdin is not None
    with contextlib.suppress(OSError):  # it has died: the reading thread tells
        while (line := outbox.get()) is not None:
            process.stdin.write(line)
            process.stdin.flush()
    with contextlib.suppress(OSError):  # a command that it did not read any more
        process.stdin.close()


def describe_exit(code: int, last_words: str) -> str:
    """Return in words why a process ended: its own last words, a signal, or its code."""
    if last_words:
        return last_words
    if code in WINDOWS_WORDS:
        return WINDOWS_WORDS[code]
    if code < 0:
        try:
            number = signal.Signals(-code)
        except ValueError:
            return f"it was ended by signal {-code}"
        return SIGNAL_WORDS.get(number, f"it was ended by {number.name}")
    return f"it ended with code {code}"
