"""A journal whose file is broken: what can be read of it goes into a new one.

The broken file is moved aside, and only when the new one is complete.
"""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from desktop.manuscript import database, operations
from desktop.manuscript.database import Card, Readable, StoredSnapshot
from desktop.manuscript.text_buffer import decode_utf16

COMPANIONS = ("-wal", "-shm")
_SKIPS = 40  # places of a table that cannot be read, each twice as far as the one before


StepRow = tuple[int, int, list[bytes]]
"""A generation, the number of a step, and that step with those after it, encoded."""


class Salvaged(msgspec.Struct):
    """What could be read of a broken file."""

    readable: Readable
    card: Card
    steps: list[StepRow]


def move_aside(path: Path) -> Path:
    """Give a broken journal a name that says so; returns it."""
    stamp = f"{datetime.now():%Y-%m-%d %H.%M.%S}"
    target = path.with_name(f"{path.stem} broken {stamp}")
    number = 1
    while target.exists():
        number += 1
        target = path.with_name(f"{path.stem} broken {stamp} {number}")
    for companion in ("", *COMPANIONS):
        with contextlib.suppress(FileNotFoundError):
            path.with_name(path.name + companion).rename(target.with_name(target.name + companion))
    return target


def salvage(path: Path) -> Salvaged:
    """Read what can be read of the broken journal at `path`. Raises OSError, sqlite3.Error."""
    copy = path.with_name(path.name + ".copy")  # reading changes a journal
    _remove(copy)
    try:
        for companion in ("", "-wal"):
            with contextlib.suppress(FileNotFoundError):
                shutil.copyfile(
                    path.with_name(path.name + companion), copy.with_name(copy.name + companion)
                )
        with contextlib.closing(sqlite3.connect(copy, isolation_level=None)) as connection:
            return _read(connection)
    finally:
        _remove(copy)


def rebuild(path: Path, snapshot: StoredSnapshot, steps: Sequence[StepRow]) -> Path:
    """Put a new journal at `path`, and move the broken one aside; returns where it lies now.

    Raises OSError or sqlite3.Error, and leaves the broken one where it is.
    """
    new = path.with_name(path.name + ".new")
    _remove(new)
    try:
        with contextlib.closing(database.connect(new)) as connection:
            database.write(connection, [snapshot])
            connection.execute("BEGIN")
            for generation, first, messages in steps:
                database.write_steps(connection, generation, first, messages)
            connection.execute("COMMIT")
        moved = move_aside(path)
        new.rename(path)
    finally:
        _remove(new)
    return moved


def join_fragments(found: list[operations.Operation]) -> str:
    """Return the texts of operations whose snapshot is lost, one after another.

    Answers that were beside the text are left out.
    """
    answers = {o.record.id for o in found if isinstance(o, operations.Ask)}
    texts = []
    for operation in found:
        match operation:
            case operations.Edit():
                texts.append(decode_utf16(operation.inserted))
            case operations.Write(generation, written) if generation not in answers:
                texts += written.texts
            case operations.Replace():
                texts += operation.written.texts
            case _:
                pass
    return "".join(texts)


def _remove(path: Path) -> None:
    for companion in ("", *COMPANIONS):
        path.with_name(path.name + companion).unlink(missing_ok=True)


def _read(connection: sqlite3.Connection) -> Salvaged:
    with contextlib.suppress(sqlite3.Error):  # without it, SQLite reads nothing of a cut file
        connection.execute("PRAGMA writable_schema = ON")
    snapshots = list(_rows(connection, "snapshots", "data"))
    found = list(_rows(connection, "operations", "at, data"))
    steps = []
    for _, generation, first, sealed in _rows(connection, "steps", "generation, first, data"):
        with contextlib.suppress(msgspec.DecodeError, zlib.error):
            data = database.unseal(sealed)
            if data is not None and isinstance(generation, int) and isinstance(first, int):
                messages = msgspec.msgpack.decode(zlib.decompress(data), type=list[bytes])
                steps.append((generation, first, messages))
    card = None
    with contextlib.suppress(sqlite3.Error, UnicodeDecodeError):
        card = database.read_card(connection)
    return Salvaged(database.assemble(snapshots, found), card or Card(), steps)


def _rows(connection: sqlite3.Connection, table: str, columns: str) -> Iterator[tuple[Any, ...]]:
    """All rows of a table that can be read, each with its number first, in that order."""
    query = f"SELECT rowid, {columns} FROM {table} WHERE rowid > ? ORDER BY rowid"
    last, skip = -1, 1
    for _ in range(_SKIPS):
        try:
            for row in connection.execute(query, (last,)):
                last, skip = row[0], 1
                yield row
            return
        except (sqlite3.Error, OverflowError, UnicodeDecodeError):
            last += skip
            skip *= 2
