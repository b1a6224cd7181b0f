"""The logs of processes that speak on stderr: a disk that takes nothing must not stop them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import IO


def open_log(path: Path | None, *, kept_bytes: int) -> IO[bytes]:
    """Open a log to append to, unbuffered; one that holds more than `kept_bytes` begins anew.

    Without a path, or where it cannot be opened, what is written goes nowhere.
    """
    try:
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            large = path.exists() and path.stat().st_size > kept_bytes
            return path.open("wb" if large else "ab", buffering=0)
    except OSError:
        pass
    return open(os.devnull, "wb", buffering=0)
