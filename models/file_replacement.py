"""Puts bytes in the place of a file so that it is never half written, whatever happens."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from pathlib import Path

_CHUNK_BYTES = 1 << 20
_LONGEST_NAME = 255  # bytes, on the file systems in use


def replace_file(path: Path, data: bytes, before: os.stat_result | None = None) -> os.stat_result:
    """Put `data` in the place of the file at `path`, with the rights of `before` where it is given.

    Returns what the file is now. Whatever is raised, OSError or an interrupt, the file stays as it
    was.
    """
    descriptor, part = _create_part(path)
    try:
        _write_all(descriptor, data, before)
        status = part.stat()
        part.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            part.unlink()
        raise
    return status


def sync_folder(folder: Path) -> None:
    """Make the new name durable, where the file system can; the file itself is complete."""
    if os.name == "posix":
        with contextlib.suppress(OSError):
            descriptor = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)


def _create_part(path: Path) -> tuple[int, Path]:
    """Create a new file beside `path`; no file that is there is touched."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    stem = path.name
    if len(os.fsencode(stem)) > _LONGEST_NAME - len(".999.part"):
        stem = f"inkglass-{os.getpid()}"
    for number in range(1000):
        part = path.with_name(f"{stem}.{number}.part" if number else f"{stem}.part")
        with contextlib.suppress(FileExistsError):  # one that a kill left, or somebody's own
            return os.open(part, flags, 0o666), part
    raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(part))


def _write_all(descriptor: int, data: bytes, before: os.stat_result | None) -> None:
    """Write all of `data` onto the disk, with the rights of the file that was there; close."""
    try:
        view = memoryview(data)
        while view:
            view = view[os.write(descriptor, view[:_CHUNK_BYTES]) :]
        if before is not None and os.name == "posix":
            with contextlib.suppress(PermissionError):  # the owner may be another
                os.fchown(descriptor, before.st_uid, before.st_gid)
            os.fchmod(descriptor, stat.S_IMODE(before.st_mode))
        os.fsync(descriptor)
    except BaseException:
        os.close(descriptor)
        raise
    os.close(descriptor)  # may fail too, on a network
