"""The files in the samplers folder: to list, read, check, save and watch. No widget."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from models.errors import InputError
from models.file_replacement import replace_file
from models.sampling import User

_SETTLE_MS = 100  # an editor that saves removes, writes and renames: look once, after it is done
TEMPLATE = '''\
"""Say here what this sampler does.

Inkglass calls `sample` once for every token. `logits` holds one number for each token of the
vocabulary: the higher, the more probable. A token whose number is minus infinity is never written.
"""

import numpy as np
from numpy.typing import NDArray


def sample(
    logits: NDArray[np.float32], tokens: list[int], pieces: list[bytes]
) -> NDArray[np.float32]:
    """Returns the logits, changed as you like; this one changes nothing.

    tokens  the ids of the prompt and of what was written so far
    pieces  the bytes of each token of the vocabulary
    """
    return logits
'''


@dataclass(frozen=True, slots=True)
class Mistake:
    """What Python cannot read in a text, and in which line, from 1, if that is known."""

    line: int | None
    message: str


class SamplerFiles(QObject):
    """The Python files of one folder; `changed` follows what happens to it from outside."""

    changed = Signal()

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.folder = folder
        self._watcher = QFileSystemWatcher([str(folder)], self)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._settle.timeout.connect(self._look)
        self._watcher.directoryChanged.connect(self._settle.start)
        self._watcher.fileChanged.connect(self._settle.start)
        self._watch_files()

    def names(self) -> Sequence[str]:
        """The names of the samplers, in order."""
        try:
            found = [path.name for path in self.folder.iterdir() if path.is_file()]
        except OSError:
            return ()
        return sorted(name for name in found if _is_sampler(name))

    def read(self, name: str) -> str:
        """The text of a sampler. Raises InputError where it cannot be read."""
        try:
            return (self.folder / name).read_text("utf-8")
        except OSError as error:
            raise InputError(
                f"{name} cannot be read ({error.strerror}): check its rights."
            ) from error
        except UnicodeDecodeError:
            raise InputError(f"{name} is not UTF-8: save it as UTF-8 in the editor.") from None

    def differs(self, name: str, texts: Sequence[str]) -> bool:
        """Whether there is a sampler of this name that holds none of these texts."""
        if name not in self.names():
            return False
        try:
            return self.read(name) not in texts
        except InputError:
            return True

    def save(self, name: str, text: str) -> None:
        """Write a sampler, all of it or nothing. Raises InputError where that fails."""
        try:
            replace_file(self.folder / name, text.encode())
        except OSError as error:
            raise InputError(
                f"{name} cannot be saved ({error.strerror}): make room, or check the rights of "
                f"{self.folder}."
            ) from error
        self._watch_files()

    def create(self, name: str) -> str:
        """Write a new sampler that changes nothing; returns its name, which ends with .py.

        Raises InputError for a name that is none, or is taken.
        """
        name = name.strip()
        name = name if name.endswith(".py") else f"{name}.py"
        User(name)
        if (self.folder / name).exists():
            raise InputError(f"There is a sampler {name} already: choose another name.")
        self.save(name, TEMPLATE)
        return name

    def free_name(self) -> str:
        """A name for a new sampler that is not taken."""
        names, number = self.names(), 1
        while (name := f"my_sampler{'' if number == 1 else f'_{number}'}.py") in names:
            number += 1
        return name

    def _look(self) -> None:
        self._watch_files()
        self.changed.emit()

    def _watch_files(self) -> None:
        """Watch each file: one that was replaced has dropped out of the watch."""
        wanted = {str(self.folder / name) for name in self.names()}
        missing = wanted - set(self._watcher.files())
        if missing:
            self._watcher.addPaths(sorted(missing))


def find_mistake(name: str, text: str) -> Mistake | None:
    """What is wrong with `text` as Python; None if nothing is. It is read, never run."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(text, name, "exec", dont_inherit=True)
    except SyntaxError as error:
        return Mistake(error.lineno, error.msg)
    except (ValueError, RecursionError, MemoryError) as error:
        return Mistake(None, str(error))
    return None


def _is_sampler(name: str) -> bool:
    try:
        User(name)
    except InputError:
        return False
    return True
