"""The text of the desk on disk: written whole or not at all, and kept when it was not saved."""

import contextlib
import itertools
from datetime import datetime
from pathlib import Path

from models.errors import InputError
from models.folder import find_folders
from models.whole_file import Fingerprint, save_file


def read_file(path: Path) -> tuple[bytes, Fingerprint | None]:
    """Return what a file holds, and what it is now; nothing and None where there is none."""
    try:
        status, data = path.stat(), path.read_bytes()
    except FileNotFoundError:
        return b"", None
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror}): give a file.") from None
    return data, Fingerprint.of(data, status)


def write_text(path: Path, text: str) -> Fingerprint:
    """Write a text and a line end, as `save_file` does."""
    return save_file(path, f"{text}\n".encode())


def keep_text(text: str) -> Path:
    """Write a text into the documents folder, named by the time; returns its file."""
    folder = find_folders().documents
    folder.mkdir(parents=True, exist_ok=True)
    stamp = f"{datetime.now():%Y-%m-%d %H.%M.%S}"
    for number in itertools.count(1):
        path = folder / (f"{stamp}.txt" if number == 1 else f"{stamp} {number}.txt")
        with contextlib.suppress(FileExistsError):  # of another desk, as on leaving the system
            path.touch(exist_ok=False)
            break
    write_text(path, text)
    return path
