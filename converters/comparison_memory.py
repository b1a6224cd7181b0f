"""Comparisons that were made before: rows by the content of the files and the text."""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

import msgspec

from models.errors import Cancelled, InputError
from models.folder import find_folders

VERSION = 1  # raised when a figure is worked out in another way
PIECE_BYTES = 8 << 20  # of a file, between two looks at whether it is still wanted
_UNREADABLE = (OSError, ValueError, RecursionError, msgspec.DecodeError)
Stored = TypeVar("Stored", bound=msgspec.Struct)


class ComparisonMemory:
    """The folder of one comparison: what was read under the same reference, text and conditions.

    It may be deleted at any time; what cannot be read or written counts as not there.
    """

    def __init__(
        self, *, reference: str, text: str, context: int, chunks: int, depth: float, threads: int
    ) -> None:
        conditions = f"{VERSION} {reference} {text} {context} {chunks} {depth} {threads}"
        self._folder = find_folders().comparisons / hash_text(conditions)[:32]

    def read(self, name: str, kind: type[Stored]) -> Stored | None:
        """Return what was kept under a name."""
        try:
            return msgspec.json.decode((self._folder / f"{name}.json").read_bytes(), type=kind)
        except _UNREADABLE:
            return None

    def write(self, name: str, value: msgspec.Struct) -> None:
        """Keep something under a name."""
        path = self._folder / f"{name}.json"
        part = path.with_suffix(".part")
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            part.write_bytes(msgspec.json.encode(value))
            part.replace(path)


class _Hash(msgspec.Struct, frozen=True):
    size: int
    modified_ns: int
    inode: int
    sha256: str


def hash_files(paths: Sequence[Path], stopped: Callable[[], bool] = lambda: False) -> list[str]:
    """Return the SHA-256 of each file; one that has not changed since is not read again.

    Raises InputError for a file that cannot be read, Cancelled if `stopped` says so.
    """
    known_path = find_folders().comparisons / "hashes.json"
    try:
        known = msgspec.json.decode(known_path.read_bytes(), type=dict[str, _Hash])
    except _UNREADABLE:
        known = {}
    with ThreadPoolExecutor(os.cpu_count(), thread_name_prefix="hashes") as pool:
        found = list(pool.map(lambda path: _hash_file(path, known, stopped), paths))
    fresh = {str(path.resolve()): hash_ for path, hash_ in zip(paths, found, strict=True)}
    if known | fresh != known:
        with contextlib.suppress(OSError):
            known_path.parent.mkdir(parents=True, exist_ok=True)
            part = known_path.with_suffix(".part")
            part.write_bytes(msgspec.json.encode(known | fresh))
            part.replace(known_path)
    return [hash_.sha256 for hash_ in found]


def _hash_file(path: Path, known: Mapping[str, _Hash], stopped: Callable[[], bool]) -> _Hash:
    try:
        real = path.resolve()
        status = real.stat()
        mark = (status.st_size, status.st_mtime_ns, status.st_ino)
        seen = known.get(str(real))
        if seen is not None and (seen.size, seen.modified_ns, seen.inode) == mark:
            return seen
        digest = hashlib.sha256()
        with real.open("rb") as file:
            while piece := file.read(PIECE_BYTES):
                if stopped():
                    raise Cancelled
                digest.update(piece)
        return _Hash(*mark, digest.hexdigest())
    except OSError as error:
        raise InputError(
            f"{path} cannot be read ({error.strerror}): give a file that is there."
        ) from None


def hash_text(text: str) -> str:
    """Return the SHA-256 of a text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
