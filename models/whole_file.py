"""A file written whole or not at all, and what it was then: a document, a text of the desk."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import shutil
import stat
from pathlib import Path

import msgspec

from models.errors import InputError, JobError
from models.file_replacement import replace_file, sync_folder
from models.size import format_size

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class Fingerprint(msgspec.Struct, frozen=True):
    """What a file was when it was read or saved; `sha256` in hexadecimal."""

    size: int
    mtime_ns: int
    sha256: str

    @classmethod
    def of(cls, data: bytes, status: os.stat_result) -> Fingerprint:
        """Return that of a file that holds `data`."""
        return cls(len(data), status.st_mtime_ns, hashlib.sha256(data).hexdigest())


def save_file(path: Path, data: bytes) -> Fingerprint:
    """Write `data` in place of the file at `path`, or leave that file as it was.

    The bytes go to NAME.part in the same folder, onto the disk, and then take the file's name; a
    link stays a link, and rights stay. Raises InputError for what a person can mend (a full disk, a
    file or folder that is read-only), JobError for the rest.
    """
    path = Path(os.path.realpath(path))
    try:
        before = path.stat() if path.exists() else None
        if before is not None and not stat.S_ISREG(before.st_mode):
            raise InputError(f"{path} is a folder or a device: choose another name.")
        if before is not None and not is_writable(path):
            raise InputError(f"{path} is read-only: allow writing, or save under another name.")
        status = replace_file(path, data, before)
    except OSError as error:
        raise _explain(error, path, len(data)) from error
    sync_folder(path.parent)
    return Fingerprint.of(data, status)


def changed_on_disk(path: Path, fingerprint: Fingerprint) -> str | None:
    """Return "changed" or "deleted" for a file that another program touched, else None."""
    try:
        status = path.stat()
        if status.st_size != fingerprint.size:
            return "changed"
        if status.st_mtime_ns == fingerprint.mtime_ns:
            return None
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
    except (FileNotFoundError, NotADirectoryError):
        return "deleted"
    except OSError:
        return "changed"  # it cannot be read any more
    return None if digest == fingerprint.sha256 else "changed"


def is_writable(path: Path) -> bool:
    """Whether a file may be written; an administrator may, but not what all are forbidden to."""
    return os.access(path, os.W_OK) and bool(path.stat().st_mode & 0o222)


def _explain(error: OSError, path: Path, size_bytes: int) -> InputError | JobError:
    if error.errno in _FULL:
        with contextlib.suppress(OSError):
            free = shutil.disk_usage(path.parent).free
            if free < size_bytes:
                return InputError(
                    f"{path.name} was not saved: it needs {format_size(size_bytes)}, and "
                    f"{format_size(free)} are free in {path.parent}; the old file is as it was. "
                    f"Free {format_size(size_bytes - free)} or more, or save on another disk."
                )
        return InputError(
            f"{path.name} was not saved: {path.parent} takes no file of "
            f"{format_size(size_bytes)} ({error.strerror}); the old file is as it was. Make room, "
            "or save on another disk."
        )
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return InputError(
            f"{path.name} was not saved: the folder {path.parent} is read-only ({error.strerror}). "
            "Allow writing there, or save in another folder."
        )
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        return InputError(
            f"{path.name} was not saved: there is no folder {path.parent}. Save in another folder."
        )
    return JobError(
        f"{path.name} was not saved ({error.strerror or error}); the old file is as it was. Save "
        "it again, or on another disk."
    )
