"""Comparisons that were made before: rows by the content of the files and the text."""

from __future__ import annotations

import contextlib
import hashlib
import os
import threading
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import msgspec

from models.errors import Cancelled, InputError
from models.folder import find_folders

VERSION = 3  # raised when something is worked out in another way
PIECE_BYTES = 8 << 20  # of a file, between two looks at whether it is still wanted
TELL_S = 0.1  # how often is told how far the hashes are
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
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Hashing:
    """How much of the files has been read for their hashes: `done` of `total` bytes."""

    done: int
    total: int


def hash_files(
    paths: Sequence[Path], stopped: Callable[[], bool] = lambda: False
) -> Generator[Hashing, None, list[str]]:
    """Return the SHA-256 of each file; one that has not changed since is not read again.

    Raises InputError for a file that cannot be read, Cancelled if `stopped` says so.
    """
    known_path = find_folders().comparisons / "hashes.json"
    try:
        known = msgspec.json.decode(known_path.read_bytes(), type=dict[str, _Hash])
    except _UNREADABLE:
        known = {}
    fresh: dict[Path, _Hash] = {}
    for path in paths:
        now, before = _look_at(path), known.get(str(path.resolve()))
        same = before is not None and msgspec.structs.replace(before, sha256="") == now
        fresh[path] = before if before is not None and same else now
    unread = [path for path, hash_ in fresh.items() if not hash_.sha256]
    done, total = [0] * len(unread), sum(fresh[path].size for path in unread)
    ended = threading.Event()
    with ThreadPoolExecutor(os.cpu_count(), thread_name_prefix="hashes") as pool:
        jobs = [pool.submit(_hash, path, n, done, ended) for n, path in enumerate(unread)]
        try:
            while (waited := wait(jobs, TELL_S, FIRST_EXCEPTION)).not_done:
                for job in waited.done:
                    job.result()
                if stopped():
                    raise Cancelled
                yield Hashing(sum(done), total)
        finally:
            ended.set()  # after Ctrl+C the pool must not wait for whole files
    for path, job in zip(unread, jobs, strict=True):
        fresh[path] = msgspec.structs.replace(fresh[path], sha256=job.result())
    if unread:
        known |= {str(path.resolve()): hash_ for path, hash_ in fresh.items()}
        with contextlib.suppress(OSError):
            known_path.parent.mkdir(parents=True, exist_ok=True)
            part = known_path.with_suffix(".part")
            part.write_bytes(msgspec.json.encode(known))
            part.replace(known_path)
    return [fresh[path].sha256 for path in paths]


def _look_at(path: Path) -> _Hash:
    """Return what tells whether a file has changed, without its hash."""
    try:
        status = path.stat()
    except OSError as error:
        raise _unreadable(path, error) from None
    return _Hash(status.st_size, status.st_mtime_ns, status.st_ino)


def _hash(path: Path, number: int, done: list[int], ended: threading.Event) -> str:
    """Return the SHA-256 of a file; writes how many bytes it has read into `done[number]`."""
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while piece := file.read(PIECE_BYTES):
                if ended.is_set():
                    raise Cancelled
                digest.update(piece)
                done[number] += len(piece)
    except OSError as error:
        raise _unreadable(path, error) from None
    return digest.hexdigest()


def _unreadable(path: Path, error: OSError) -> InputError:
    return InputError(f"{path} cannot be read ({error.strerror}): give a file that is there.")


def hash_text(text: str) -> str:
    """Return the SHA-256 of a text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
