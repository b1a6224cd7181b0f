"""One open document of the journal: what waits to be written, and what was."""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from desktop.manuscript import database
from desktop.manuscript.database import Card, Stored, StoredOperation, StoredSnapshot
from desktop.manuscript.lock import DocumentLock
from desktop.manuscript.manuscript import Manuscript, Steps
from desktop.manuscript.operations import (
    Operation,
    decode_step,
    encode_operation,
    encode_step,
)
from desktop.manuscript.salvage import COMPANIONS, move_aside
from models.engine.protocol import Step

SNAPSHOT_OPERATIONS = 2000
_RECENT_BYTES = 4_000_000  # of steps that are held in memory once they are on the disk
_TITLE_CHARACTERS = 60


class JournalDocument:
    """The log of a manuscript. The window's thread fills the queue, the journal's empties it.

    `enqueue` puts an item into `queue`, which the journal guards.
    """

    def __init__(
        self,
        document_id: str,
        folder: Path,
        lock: DocumentLock,
        enqueue: Callable[[JournalDocument, Stored], None],
    ) -> None:
        self.id = document_id
        self.path = folder / f"{document_id}{database.SUFFIX}"
        self.card = Card()
        self.queue: deque[Stored] = deque()
        self.durable = 0  # the last operation that is in the file
        self.unsynced_since = 0.0  # when the first was that a power cut would take; 0 for none
        self.is_rewritten = False  # the file was lost: a snapshot must go into the new one
        self.manuscript: Manuscript | None = None
        self._lock = lock
        self._enqueue = enqueue
        self._writing = threading.Lock()  # held while the file is written, and when it is closed
        self._is_ended = False
        self._writer: sqlite3.Connection | None = None
        self._written: os.stat_result | None = None  # the file that the writer has open
        self._reading = threading.Lock()
        self._reader: sqlite3.Connection | None = None
        self._since_snapshot = 0
        self._recent: OrderedDict[tuple[int, int], tuple[int, bytes]] = OrderedDict()
        self._recent_bytes = 0

    # ---- the window's thread ---------------------------------------------------------------

    def append(self, number: int, operation: Operation, steps: Steps | None) -> None:
        """Queue an operation; now and then a snapshot too."""
        item = StoredOperation(number, time.time(), encode_operation(operation))
        if steps is not None:
            item.generation, item.first = steps.generation, steps.first
            item.steps = [encode_step(step) for step in steps.steps]
            self._hold(number, steps, item.steps)
        self._enqueue(self, item)
        self._since_snapshot += 1
        if self._since_snapshot >= SNAPSHOT_OPERATIONS or self.is_rewritten:
            self.take_snapshot()

    def take_snapshot(self, *, closed: bool = False) -> None:
        """Queue a snapshot of the manuscript as it is now, with its card."""
        manuscript = self.manuscript
        if manuscript is None:
            return
        self.is_rewritten = False
        self._since_snapshot = 0
        if closed:
            self.card = describe(manuscript.text, self.card)
        self.card.changed, self.card.closed = manuscript.changed, closed
        self.card.edited_at = time.time()
        card = msgspec.structs.replace(self.card)  # later changes must not reach it
        self._enqueue(self, StoredSnapshot(manuscript.number, manuscript.encode(), card))

    def read_step(self, generation: int, index: int) -> Step | None:
        """Return a step, from memory or from the disk."""
        if (found := self._recent.get((generation, index))) is not None:
            return decode_step(found[1])
        for _ in range(2):
            with self._reading, contextlib.suppress(sqlite3.Error):
                if self._reader is None:
                    self._reader = database.connect_reader(self.path)
                if step := database.read_step(self._reader, generation, index):
                    return step
            self._close_reader()  # the file may have been replaced
        return None

    def _hold(self, number: int, steps: Steps, messages: Sequence[bytes]) -> None:
        for index, message in enumerate(messages, steps.first):
            self._recent[steps.generation, index] = number, message
            self._recent_bytes += len(message)
        while self._recent_bytes > _RECENT_BYTES:
            key, (oldest, message) = next(iter(self._recent.items()))
            if oldest > self.durable:
                break
            del self._recent[key]
            self._recent_bytes -= len(message)

    # ---- the journal's thread --------------------------------------------------------------

    def write(self, items: Sequence[Stored]) -> None:
        """Put items on the disk. Raises sqlite3.Error or OSError, and can be tried again."""
        with self._writing:
            if self._is_ended:
                return
            if self._writer is not None and not self._has_its_file():
                self._close_reader()
                self._close_writer()
                if self.path.exists():  # somebody has put another in its place
                    move_aside(self.path)
                self.is_rewritten = True
            try:
                if self._writer is None:
                    self.path.parent.mkdir(parents=True, exist_ok=True)
                    self._writer = database.connect(self.path)
                    self._written = self.path.stat()
                synced = not all(isinstance(i, StoredOperation) and i.steps for i in items)
                database.write(self._writer, items, synced=synced)
                self.unsynced_since = 0.0 if synced else self.unsynced_since or time.monotonic()
            except sqlite3.Error as error:
                self._close_writer()
                if database.is_broken(error):
                    move_aside(self.path)
                    self.is_rewritten = True
                raise

    def sync(self) -> None:
        """Make what was written outlive a power cut. Raises OSError, and can be tried again."""
        with self._writing:
            if self.unsynced_since and not self._is_ended:
                database.sync(self.path)
            self.unsynced_since = 0.0

    def _has_its_file(self) -> bool:
        """Whether what the writer has open is still the file at the path."""
        try:
            return self._written is not None and os.path.samestat(self._written, self.path.stat())
        except OSError:
            return False

    # ---- its end ---------------------------------------------------------------------------

    def release(self) -> None:
        """Close the file, and let other windows have it."""
        with self._writing:
            self._is_ended = True
            self._close_writer()
        self._close_reader()
        self._lock.release()

    def delete(self) -> None:
        """Remove the journal of this document for good."""
        with self._writing:
            self._is_ended = True
            self._close_writer()
            self._close_reader()
            for companion in ("", *COMPANIONS):
                self.path.with_name(self.path.name + companion).unlink(missing_ok=True)
        self._lock.release()

    def _close_writer(self) -> None:
        connection, self._writer = self._writer, None
        _close(connection)

    def _close_reader(self) -> None:
        with self._reading:
            connection, self._reader = self._reader, None
            _close(connection)


def _close(connection: sqlite3.Connection | None) -> None:
    if connection is not None:
        with contextlib.suppress(sqlite3.Error):
            connection.close()


def describe(text: str, card: Card) -> Card:
    """Return the card with what it says of the text brought up to date."""
    line = next((line for line in text[:10_000].splitlines() if line.strip(" #\t")), "")
    return msgspec.structs.replace(
        card,
        title=line.strip(" #\t")[:_TITLE_CHARACTERS],
        words=len(text.split()),
        characters=len(text),
        text_sha256=hash_text(text),
    )


def hash_text(text: str) -> str:
    """Return the SHA-256 of a text in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
