"""NAME.part: what a file is until it is whole, written by one process alone."""

from __future__ import annotations

import contextlib
import itertools
import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from models.errors import InputError
from models.file_replacement import sync_folder


class PartFile:
    """A file in the making; `file` is open for writing, and to read it again.

    Not even a kill leaves a half file under the final name. What an earlier run left as a part is
    deleted, never written into: it might be a link to something else. What another run is writing
    is left to it: a lock says so, which ends with its process.
    """

    def __init__(self, path: Path) -> None:
        """Raises InputError if another run is writing the same file."""
        self.path = path
        self.part = _name_part(path)
        self.file = _create(self.part)
        self._identity = os.fstat(self.file.fileno())
        self._is_published = False

    def publish(self, *, replaces: bool) -> Path:
        """Put the file, safe on the disk, under its name, and return this.

        Unless it `replaces`, what has appeared under the name stays, and the file gets another
        one: NAME-2, or the next that is free. Raises InputError if the part was moved away.
        """
        self.file.flush()
        os.fsync(self.file.fileno())
        if not self._is_there():
            raise InputError(f"{self.part} was moved or replaced while it was written: run again.")
        if sys.platform == "win32":  # an open file cannot be renamed there
            self.file.close()
        name = self.path
        if replaces and not name.is_dir():
            self.part.replace(name)
        else:
            name = next(name for name in _list_names(self.path) if _rename(self.part, name))
        self._is_published = True
        self.file.close()
        sync_folder(name.parent)
        return name

    def discard(self) -> None:
        """Delete the part, unless it was published."""
        if self._is_published:
            return
        with contextlib.suppress(OSError):  # a full disk refuses what is still in the buffer
            self.file.close()
        with contextlib.suppress(OSError):
            if self._is_there():
                self.part.unlink()

    def _is_there(self) -> bool:
        return _names_same(self.part, self._identity)


def count_stale_bytes(path: Path) -> int:
    """Return what the disk gets back when a PartFile takes the place of what a killed run left."""
    part = _name_part(path)
    try:
        status = part.lstat()
        if not stat.S_ISREG(status.st_mode) or status.st_nlink > 1:
            return 0
        if sys.platform == "win32":
            return status.st_size
        with part.open("rb") as file:
            return 512 * status.st_blocks if _lock(file, shared=True) else 0
    except OSError:
        return 0


def _name_part(path: Path) -> Path:
    return path.with_name(path.name + ".part")


def _create(part: Path) -> BinaryIO:
    while True:
        try:
            file = part.open("x+b")
        except FileExistsError:
            _delete_stale(part)
            continue
        if _lock(file) and _names_same(part, os.fstat(file.fileno())):
            return file
        file.close()


def _delete_stale(part: Path) -> None:
    """Delete what an earlier run left. Raises InputError if that run is still at it."""
    in_use = InputError(
        f"{part.with_suffix('').name} is being written by another Inkglass: wait for it, or "
        "choose another folder."
    )
    try:
        if part.is_symlink() or sys.platform == "win32":
            part.unlink(missing_ok=True)
            return
        with part.open("rb") as file:
            if not _lock(file):
                raise in_use
            if _names_same(part, os.fstat(file.fileno())):
                part.unlink(missing_ok=True)
    except FileNotFoundError:
        return
    except PermissionError:
        if sys.platform == "win32":  # somebody has it open
            raise in_use from None
        raise


def _lock(file: BinaryIO, *, shared: bool = False) -> bool:
    """Take the file for this process, or `shared` with who only looks; false if it is taken."""
    if sys.platform == "win32":
        return True  # an open file cannot be deleted there, which is as good
    import fcntl

    try:
        fcntl.flock(file, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _names_same(path: Path, identity: os.stat_result) -> bool:
    """Return whether the path names this very file, not something put in its place."""
    try:
        return os.path.samestat(identity, path.lstat())
    except FileNotFoundError:
        return False


def _list_names(path: Path) -> Iterator[Path]:
    yield path
    for number in itertools.count(2):
        yield path.with_name(f"{path.stem}-{number}{path.suffix}")


def _rename(part: Path, name: Path) -> bool:
    """Give the part a name; false, and nothing is changed, if something has it."""
    try:
        if sys.platform == "win32":
            part.rename(name)  # which replaces nothing there
            return True
        os.link(part, name)
    except FileExistsError:
        return False
    except OSError:  # a file system without links
        if os.path.lexists(name):
            return False
        part.replace(name)
        return True
    with contextlib.suppress(OSError):  # the file is there; the next run deletes its other name
        part.unlink()
    return True
