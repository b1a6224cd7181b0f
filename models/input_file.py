"""Files that a person names as input; a name may also stand for a device or a pipe."""

from __future__ import annotations

import os
from pathlib import Path

from models.errors import InputError


def read_input(path: Path, largest_mb: int, remedy: str) -> bytes:
    """Return what is in a file. Raises OSError, and InputError with a remedy for one too large.

    A device may have no end. A named pipe that nobody has opened to write is empty: to wait for a
    writer would be to wait for ever.
    """
    with open(path, "rb", opener=_open_now) as file:
        data = file.read((largest_mb << 20) + 1)
    if len(data) > largest_mb << 20:
        raise InputError(f"{path} has more than {largest_mb} MB: {remedy}.")
    return data


def _open_now(path: str, flags: int) -> int:
    if os.name == "nt":  # its named pipes are no files
        return os.open(path, flags)
    descriptor = os.open(path, flags | os.O_NONBLOCK)
    os.set_blocking(descriptor, True)  # a writer who is there is waited for
    return descriptor
