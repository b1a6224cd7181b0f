"""A conversion at work: its child process, what it has written, and how it ended."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop.library.command_run import CommandRun, Ending
from desktop.library.convertible import PlannedLevel


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """A file that is whole under its name."""

    path: Path
    level: str
    size_bytes: int


class Conversion(QObject):
    """Converts one source at a time.

    progressed(tensor, done, total, rate)  in bytes of the source, and bytes a second
    written(file)                          a WrittenFile
    ended(ending)                          an Ending; no half file is left, however it ended
    """

    progressed = Signal(str, object, object, float)  # sizes are more than Qt's int holds
    written = Signal(object)
    ended = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.run = CommandRun(self)
        self._begun = False
        self._waited_for: set[Path] = set()
        self.run.told.connect(self._hear)
        self.run.ended.connect(self._end)

    def start(self, source: Path, levels: Sequence[PlannedLevel], output: Path) -> None:
        """Write a file a level into `output`; what is quantized is so again where a plan says."""
        self._begun = False
        self._waited_for = {output / plan.file_name for plan in levels}
        again = ["--requantize"] if any(plan.requantizes for plan in levels) else []
        options = [part for plan in levels for part in ("--level", plan.level)]
        options += ["--output", str(output), "--json", *again]
        self.run.start(["convert", *options, "--", str(source)])

    def _hear(self, event: dict[str, object]) -> None:
        match event:
            case {
                "event": "progress",
                "tensor": str(tensor),
                "done_bytes": int(done),
                "total_bytes": int(total),
                "rate": int(rate) | float(rate),
            }:
                self._begun = True
                self.progressed.emit(tensor, done, total, float(rate))
            case {
                "event": "written",
                "file": str(file),
                "level": str(level),
                "bytes": int(size),
            }:
                self._waited_for.discard(Path(file))
                self.written.emit(WrittenFile(Path(file), level, size))

    def _end(self, ending: Ending) -> None:
        if self._begun and ending.kind in {"killed", "cancelled"}:
            for path in self._waited_for:  # a killed process could not clear up; these were its own
                with contextlib.suppress(OSError):
                    path.with_name(path.name + ".part").unlink(missing_ok=True)
        self.ended.emit(ending)
