"""The program's log of errors that nobody expected. It knows no Qt: commands write into it too."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from models.folder import find_folders


def log_path() -> Path:
    """Where the log is."""
    return find_folders().logs / "inkglass.log"


def append(details: str) -> str:
    """Append a traceback or the like, with the time; returns why the disk refused it, or ""."""
    path = log_path()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8", errors="backslashreplace") as file:
            file.write(f"{datetime.now():%Y-%m-%d %H:%M:%S}\n{details.rstrip()}\n")
    except OSError as refused:
        return refused.strerror or str(refused)
    return ""
