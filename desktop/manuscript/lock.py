"""A lock that vanishes with its process: one window a document."""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
from pathlib import Path
from typing import BinaryIO

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_LOCKED_BYTE = 1 << 30  # beyond the content, which Windows would not let others read


class DocumentLock:
    """A lock file in `folder`, which is not that of the document; `name` is what is locked."""

    def __init__(self, folder: Path, name: str) -> None:
        digest = hashlib.sha256(name.encode("utf-8", "surrogateescape")).hexdigest()
        self._path = folder / f"{digest[:24]}.lock"
        self._file: BinaryIO | None = None

    @classmethod
    def for_file(cls, folder: Path, path: Path) -> DocumentLock:
        """The lock of a document on disk, by whatever name it was opened."""
        return cls(folder, os.path.normcase(os.path.realpath(path)))

    @property
    def holder(self) -> int | None:
        """The id of the process that holds the lock, or held it last; None when nobody did."""
        try:
            return int(self._path.read_text(encoding="ascii"))
        except (OSError, ValueError):
            return None

    def acquire(self) -> bool:
        """Take the lock; returns whether it was free. Raises OSError when no file can be made."""
        if self._file is not None:
            return True
        self._path.parent.mkdir(parents=True, exist_ok=True)
        while True:
            file = self._path.open("a+b")
            if not _lock(file):
                file.close()
                return False
            with contextlib.suppress(OSError):
                if os.path.samestat(os.fstat(file.fileno()), self._path.stat()):
                    break
            file.close()  # its holder removed it meanwhile
        with contextlib.suppress(OSError):  # a full disk
            file.truncate(0)
            os.write(file.fileno(), str(os.getpid()).encode())
        self._file = file
        return True

    def release(self) -> None:
        """Give the lock back, if it is held."""
        file, self._file = self._file, None
        if file is None:
            return
        if sys.platform == "win32":  # which removes no open file
            file.close()
            with contextlib.suppress(OSError):
                self._path.unlink()
        else:
            self._path.unlink(missing_ok=True)
            file.close()


def _lock(file: BinaryIO) -> bool:
    try:
        if sys.platform == "win32":
            file.seek(_LOCKED_BYTE)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:
        file.close()
        raise
    return True
