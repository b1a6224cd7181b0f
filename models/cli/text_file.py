"""The text of the desk on disk: written whole or not at all, and kept when it was not saved."""

import os
import shutil
from datetime import datetime
from pathlib import Path

from models.folder import find_folders


def write_text(path: Path, text: str) -> None:
    """Write a text and a line end in place of what was there. Raises OSError."""
    path = path.resolve()
    part = path.with_name(f"{path.name}.part")
    with part.open("w", encoding="utf-8", newline="") as file:
        file.write(f"{text}\n")
        file.flush()
        os.fsync(file.fileno())
    if path.exists():
        shutil.copymode(path, part)
    part.replace(path)


def keep_text(text: str) -> Path:
    """Write a text into the documents folder, named by the time; returns its file."""
    folder = find_folders().documents
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{datetime.now():%Y-%m-%d %H.%M.%S}.txt"
    write_text(path, text)
    return path
