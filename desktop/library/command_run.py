"""A command of the program with `--json`, run in a child process that cannot hold the window up."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, QTimer, Signal

# -P: a folder named models where the program was started must not be imported
COMMAND = ("-P", "-m", "desktop.app")
CANCEL_MS = 2_000  # what has not stopped by then is killed


@dataclass(frozen=True, slots=True)
class Ending:
    """How a command ended.

    done, cancelled    as the person wanted
    failed             `sentence` is what it said, with the remedy
    killed             it was ended from outside, or crashed: it said nothing
    """

    kind: Literal["done", "cancelled", "failed", "killed"]
    sentence: str = ""


class CommandRun(QObject):
    """One command at a time.

    told(event)     a dict: one line of what it prints
    ended(ending)   an Ending, after the last event
    """

    told = Signal(object)
    ended = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._process: QProcess | None = None
        self._cancelled = False
        self._patience = QTimer(self, singleShot=True, interval=CANCEL_MS)
        self._patience.timeout.connect(self._kill)

    @property
    def running(self) -> bool:
        return self._process is not None

    @property
    def pid(self) -> int:
        """Process number of the command, 0 when none runs."""
        return 0 if self._process is None else int(self._process.processId())

    def start(self, arguments: Sequence[str]) -> None:
        """Run `inkglass` with these arguments. Raises RuntimeError while another command runs."""
        if self._process is not None:
            raise RuntimeError("a command is running already")
        self._cancelled = False
        process = self._process = QProcess(self)
        environment = QProcessEnvironment.systemEnvironment()
        environment.insert("PYTHONUTF8", "1")
        process.setProcessEnvironment(environment)
        process.setStandardInputFile(QProcess.nullDevice())
        process.readyReadStandardOutput.connect(self._read)
        process.finished.connect(self._finish)
        process.errorOccurred.connect(self._refuse)
        if sys.platform != "win32":  # else Ctrl+C in the terminal of the window would end it, too
            process.setUnixProcessParameters(QProcess.UnixProcessFlag.CreateNewSession)
        process.start(sys.executable, [*COMMAND, *arguments])

    def cancel(self) -> None:
        """Stop the command as Ctrl+C does, so that it clears up; its end follows."""
        if self._process is None or self._cancelled:
            return
        self._cancelled = True
        if sys.platform == "win32" or not self.pid:
            self._process.kill()
        else:
            os.kill(self.pid, signal.SIGINT)
            self._patience.start()

    def stop(self) -> None:
        """Cancel the command and wait until it is gone; its end is told before this returns."""
        process = self._process
        if process is None:
            return
        self.cancel()
        if not process.waitForFinished(CANCEL_MS):
            process.kill()
            process.waitForFinished(CANCEL_MS)

    def _kill(self) -> None:
        if self._process is not None:
            self._process.kill()

    def _read(self) -> None:
        process = self._process
        while process is not None and process.canReadLine():
            try:
                event = json.loads(bytes(process.readLine().data()))
            except ValueError:  # cut off by a kill
                continue
            if isinstance(event, dict):
                self.told.emit(event)

    def _finish(self, code: int, status: QProcess.ExitStatus) -> None:
        self._read()
        if self._process is None:
            return
        said = bytes(self._process.readAllStandardError().data()).decode(errors="replace")
        sentence = " ".join(said.partition("Traceback (most recent")[0].split())
        if code == 0 and status == QProcess.ExitStatus.NormalExit:
            self._end(Ending("done"))
        elif self._cancelled:
            self._end(Ending("cancelled"))
        elif status == QProcess.ExitStatus.CrashExit or not sentence:
            self._end(Ending("killed"))
        else:
            self._end(Ending("failed", sentence))

    def _refuse(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart and self._process is not None:
            self._end(Ending("failed", self._process.errorString()))

    def _end(self, ending: Ending) -> None:
        self._patience.stop()
        if self._process is not None:
            self._process.deleteLater()
        self._process = None
        self.ended.emit(ending)
