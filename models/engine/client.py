"""The other end of the engine process: spawn it, talk to it, cancel, notice its death, start it again.

No Qt and no llama_cpp. Events arrive in a thread of the client, through one callback.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import msgspec

from models.engine import protocol

CANCEL_S = 2.0  # what does not stop in this time is killed
LOG_LINES = 200

SIGNAL_WORDS = {
    signal.SIGSEGV: "it touched memory that is not its own (SIGSEGV)",
    signal.SIGABRT: "the native library gave up (SIGABRT)",
    signal.SIGILL: "it was built for another processor (SIGILL): run `make clean`, then `make run`",
}
if sys.platform != "win32":
    SIGNAL_WORDS |= {
        signal.SIGKILL: "it was killed from outside, mostly because memory ran out (SIGKILL)",
        signal.SIGBUS: "a mapped model file shrank or its disk failed (SIGBUS)",
        signal.SIGTERM: "it was asked to end (SIGTERM)",
    }


@dataclass(frozen=True, slots=True)
class Died:
    """The engine process is gone; `job` is what it was doing, None when it was idle.

    `restarting` says that a new one is being started and loads the same model.
    """

    reason: str
    job: int | None
    restarting: bool
    log: str = ""


AnyNotice = protocol.AnyEvent | Died


class EngineClient:
    """One engine process, kept alive.

    A process that dies at work is replaced, and the model that was loaded is loaded again under the
    number of its first load; one that dies while loading is not, until the next `send`. Commands may
    be sent from any thread. `on_notice` is called from the client's reading thread.
    """

    def __init__(self, on_notice: Callable[[AnyNotice], None], *, log: Path | None = None) -> None:
        self._on_notice = on_notice
        self._log = log
        self._lock = threading.RLock()
        self._next_job = 1
        self._process: subprocess.Popen[bytes] | None = None
        self._reader: threading.Thread | None = None
        self._busy: deque[int] = deque()  # jobs sent and not ended, in order
        self._branches_left: dict[int, int] = {}
        self._load: protocol.Load | None = None
        self._loaded = False
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

    def send(self, command: protocol.AnyCommand) -> None:
        """Send a command; starts the process where there is none."""
        with self._lock:
            if self._process is None:
                self._start()
                if self._load is not None and not isinstance(command, protocol.Load):
                    self._write(self._load)
            if isinstance(command, protocol.Load):
                self._load, self._loaded = command, False
            self._write(command)

    def cancel(self, job: int) -> None:
        """Stop a job. Its outcome follows; what does not stop in CANCEL_S is killed and started again."""
        with self._lock:
            if job not in self._busy:
                return
            process = self._process
            self._write(protocol.Cancel(job))
        timer = threading.Timer(CANCEL_S, self._kill_stuck, (job, process))
        timer.daemon = True
        timer.start()

    def close(self) -> None:
        """End the process; returns when it is gone."""
        with self._lock:
            self._closing = True
            process, reader = self._process, self._reader
            if process is None or process.stdin is None:
                return
            process.stdin.close()
        try:
            process.wait(CANCEL_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if reader is not None and reader is not threading.current_thread():
            reader.join()

    def _start(self) -> None:
        environment = os.environ | {"PYTHONUTF8": "1", "HF_HUB_OFFLINE": "1"}
        # -P: a folder named models where the program was started must not be imported
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "models.engine.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment,
        )
        self._process = process
        self._kill_reason = ""
        self._reader = threading.Thread(
            target=self._read, args=(process,), name="engine events", daemon=True
        )
        self._reader.start()

    def _write(self, command: protocol.AnyCommand) -> None:
        process = self._process
        if process is None or process.stdin is None:
            return
        if not isinstance(command, protocol.Cancel):
            self._busy.append(command.job)
            if isinstance(command, protocol.Generate):
                self._branches_left[command.job] = len(command.branches)
        try:
            process.stdin.write(protocol.encode(command) + b"\n")
            process.stdin.flush()
        except OSError:
            pass  # it has died: the reading thread tells

    def _kill_stuck(self, job: int, process: subprocess.Popen[bytes] | None) -> None:
        with self._lock:
            if job in self._busy and process is not None and process is self._process:
                self._kill_reason = f"it did not stop within {CANCEL_S:g} s and was ended"
                process.kill()

    def _read(self, process: subprocess.Popen[bytes]) -> None:
        """Deliver the events of one process, then its death."""
        assert process.stdout is not None and process.stderr is not None
        log: deque[str] = deque(maxlen=LOG_LINES)
        logger = threading.Thread(
            target=self._read_log, args=(process.stderr, log), name="engine log", daemon=True
        )
        logger.start()
        last_words = ""
        for line in process.stdout:
            try:
                event = protocol.decode_event(line)
            except msgspec.DecodeError:
                continue  # the half of a line that a dying process wrote
            if isinstance(event, protocol.Aborting):
                last_words = event.message
                continue
            self._note(event)
            self._on_notice(event)
        code = process.wait()
        logger.join(1.0)
        process.stdout.close()
        with self._lock:
            if self._closing:
                return
            reason = self._kill_reason or describe_exit(code, last_words)
            job = self._busy[0] if self._busy else None
            restarting = self._loaded
            self._busy.clear()
            self._branches_left.clear()
            self._process = None
            self._loaded = False
        self._on_notice(Died(reason, job, restarting, "".join(log)))
        if restarting:
            self._restart()

    def _restart(self) -> None:
        with self._lock:
            if self._process is None and self._load is not None and not self._closing:
                self.send(self._load)

    def _note(self, event: protocol.AnyEvent) -> None:
        with self._lock:
            match event:
                case protocol.Loaded():
                    self._loaded = True
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
                    | protocol.DevicesFound()
                ):
                    self._end(event.job)

    def _end(self, job: int) -> None:
        self._branches_left.pop(job, None)
        if job in self._busy:
            self._busy.remove(job)

    def _read_log(self, stream: IO[bytes], log: deque[str]) -> None:
        file = self._log.open("ab") if self._log is not None else None
        try:
            for line in stream:
                log.append(line.decode("utf-8", "replace"))
                if file is not None:
                    file.write(line)
                    file.flush()
        finally:
            stream.close()
            if file is not None:
                file.close()


def describe_exit(code: int, last_words: str) -> str:
    """Return in words why a process ended: a signal, the text of a failed assertion, or its code."""
    if last_words:
        return f"the native library gave up: {last_words}"
    if code < 0:
        try:
            number = signal.Signals(-code)
        except ValueError:
            return f"it was ended by signal {-code}"
        return SIGNAL_WORDS.get(number, f"it was ended by {number.name}")
    return f"it ended with code {code}"
