"""The SQLite file of one document's journal.

Every stored value carries a checksum: a page of a broken file may be readable and wrong.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import zlib
from collections.abc import Iterable
from pathlib import Path

import msgspec

from desktop.manuscript.operations import Operation, decode_operation, decode_step
from models.engine.protocol import Step
from models.whole_file import Fingerprint

SUFFIX = ".journal"
BUSY_S = 5.0
BROKEN = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_CHECKSUM_BYTES = 4
_SCHEMA = """
CREATE TABLE IF NOT EXISTS card (id INTEGER PRIMARY KEY CHECK (id = 1), data BLOB);
CREATE TABLE IF NOT EXISTS snapshots (number INTEGER PRIMARY KEY, data BLOB);
CREATE TABLE IF NOT EXISTS operations (number INTEGER PRIMARY KEY, at REAL, data BLOB);
CREATE TABLE IF NOT EXISTS steps (
    generation INTEGER, first INTEGER, data BLOB, PRIMARY KEY (generation, first)
);
"""
NEVER = -1


class Card(msgspec.Struct):
    """What is known of a document without reading its text.

    `saved` is the number of the operation that the file on disk holds, NEVER when no file does;
    what describes the text is of the last snapshot, and is the text's own when `closed`.
    """

    path: str | None = None
    fingerprint: Fingerprint | None = None
    saved: int = 0
    changed: int = 0
    title: str = ""
    words: int = 0
    characters: int = 0
    text_sha256: str = ""
    edited_at: float = 0.0
    closed: bool = False


class StoredOperation(msgspec.Struct):
    """An operation to be stored; with `steps`, as messages, from the step number `first` on."""

    number: int
    at: float
    data: bytes
    generation: int = 0
    first: int = 0
    steps: list[bytes] = []


class StoredSnapshot(msgspec.Struct):
    """A snapshot to be stored, and the card that goes with it."""

    number: int
    data: bytes
    card: Card


Stored = StoredOperation | StoredSnapshot | Card


class Readable(msgspec.Struct):
    """What a journal holds: the newest readable snapshot and the operations that follow it.

    `complete` is false when something that was stored could not be read.
    """

    snapshot: bytes | None
    operations: list[Operation]
    edited_at: float
    complete: bool


def connect(path: Path) -> sqlite3.Connection:
    """Open a journal, or make it. Raises sqlite3.Error."""
    connection = sqlite3.connect(
        path, timeout=BUSY_S, isolation_level=None, check_same_thread=False
    )
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.executescript(_SCHEMA)
    except BaseException as error:
        connection.close()
        if isinstance(error, UnicodeDecodeError):  # a broken schema, quoted in SQLite's message
            raise sqlite3.DatabaseError("the schema is broken") from error
        raise
    return connection


def connect_reader(path: Path) -> sqlite3.Connection:
    """Open a journal to read it; one that is not there is not made. Raises sqlite3.Error."""
    uri = f"{path.absolute().as_uri()}?mode=ro"
    return sqlite3.connect(uri, uri=True, timeout=BUSY_S, check_same_thread=False)


def write(connection: sqlite3.Connection, items: Iterable[Stored], *, synced: bool = True) -> None:
    """Store items in one transaction: when this returns, a process that is killed loses none.

    With `synced`, a power cut does not take them either, nor what was stored before.
    """
    connection.execute(f"PRAGMA synchronous = {'FULL' if synced else 'NORMAL'}")
    connection.execute("BEGIN IMMEDIATE")
    try:
        for item in items:
            _write_item(connection, item)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def sync(path: Path) -> None:
    """Make all that was stored in the journal at `path` outlive a power cut. Raises OSError."""
    log = path.with_name(f"{path.name}-wal")
    with contextlib.suppress(FileNotFoundError), log.open("r+b") as file:
        os.fsync(file.fileno())  # without a log, SQLite has moved it into the file, and synced that


def _write_item(connection: sqlite3.Connection, item: Stored) -> None:
    match item:
        case StoredOperation():
            connection.execute(
                "REPLACE INTO operations VALUES (?, ?, ?)", (item.number, item.at, seal(item.data))
            )
            if item.steps:
                write_steps(connection, item.generation, item.first, item.steps)
        case StoredSnapshot():
            data = seal(zlib.compress(item.data, 1))
            connection.execute("REPLACE INTO snapshots VALUES (?, ?)", (item.number, data))
            _write_item(connection, item.card)
            _drop_old(connection)
        case Card():
            data = seal(msgspec.msgpack.encode(item))
            connection.execute("REPLACE INTO card VALUES (1, ?)", (data,))


def write_steps(
    connection: sqlite3.Connection, generation: int, first: int, steps: list[bytes]
) -> None:
    """Store steps, each a message, from the step number `first` of a generation on."""
    data = seal(zlib.compress(msgspec.msgpack.encode(steps), 1))
    connection.execute("REPLACE INTO steps VALUES (?, ?, ?)", (generation, first, data))


def _drop_old(connection: sqlite3.Connection) -> None:
    """Keep the two newest snapshots, and the operations from the older one on."""
    query = "SELECT number FROM snapshots ORDER BY number DESC LIMIT 1 OFFSET 1"
    if (row := connection.execute(query).fetchone()) is not None:
        connection.execute("DELETE FROM snapshots WHERE number < ?", row)
        connection.execute("DELETE FROM operations WHERE number <= ?", row)


def is_broken(error: sqlite3.Error) -> bool:
    """Whether the file itself is at fault, and not the disk, its rights, or another process."""
    return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF in BROKEN


def read_card(connection: sqlite3.Connection) -> Card | None:
    """Return the card; None when there is none, or a broken one."""
    row = connection.execute("SELECT data FROM card").fetchone()
    data = unseal(row[0]) if row else None
    try:
        return None if data is None else msgspec.msgpack.decode(data, type=Card)
    except msgspec.DecodeError:
        return None


def read_step(connection: sqlite3.Connection, generation: int, index: int) -> Step | None:
    """Return a step of a generation; None when it is not there, or broken."""
    row = connection.execute(
        "SELECT first, data FROM steps WHERE generation = ? AND first <= ? "
        "ORDER BY first DESC LIMIT 1",
        (generation, index),
    ).fetchone()
    data = unseal(row[1]) if row else None
    if data is None:
        return None
    steps = msgspec.msgpack.decode(zlib.decompress(data), type=list[bytes])
    at = index - row[0]
    return decode_step(steps[at]) if at < len(steps) else None


def read_all(connection: sqlite3.Connection) -> Readable:
    """Check a journal and read it. Raises sqlite3.DatabaseError for a file that is broken."""
    if connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
        raise sqlite3.DatabaseError("the file does not pass its check")
    snapshots = connection.execute("SELECT rowid, data FROM snapshots").fetchall()
    rows = connection.execute("SELECT rowid, at, data FROM operations ORDER BY rowid")
    return assemble(snapshots, rows.fetchall())


def assemble(
    snapshots: list[tuple[int, object]], operations: list[tuple[int, object, object]]
) -> Readable:
    """Find the newest snapshot that can be read, and the operations that follow it gaplessly.

    Without a snapshot, all operations that can be read.
    """
    readable = [(n, data) for n, sealed in snapshots if (data := unseal(sealed)) is not None]
    number, packed = max(readable, default=(0, None))
    snapshot = None if packed is None else zlib.decompress(packed)
    complete = len(readable) == len(snapshots)
    found: list[Operation] = []
    edited_at = 0.0
    for at_number, at, sealed in operations:
        if isinstance(at, float):
            edited_at = max(edited_at, at)
        if snapshot is not None and at_number <= number:
            continue
        operation = _decode(sealed)
        if operation is None or (snapshot is not None and at_number != number + 1):
            complete = False
            if snapshot is not None:
                break
        else:
            found.append(operation)
            number = at_number
    return Readable(snapshot, found, edited_at, complete)


def _decode(sealed: object) -> Operation | None:
    data = unseal(sealed)
    try:
        return None if data is None else decode_operation(data)
    except msgspec.DecodeError:  # of another version of this program
        return None


def seal(data: bytes) -> bytes:
    """Return `data` with its checksum."""
    return zlib.crc32(data).to_bytes(_CHECKSUM_BYTES, "little") + data


def unseal(sealed: object) -> bytes | None:
    """Return what was sealed; None when it is broken."""
    if not isinstance(sealed, bytes) or len(sealed) < _CHECKSUM_BYTES:
        return None
    data = sealed[_CHECKSUM_BYTES:]
    return data if seal(data) == sealed else None
