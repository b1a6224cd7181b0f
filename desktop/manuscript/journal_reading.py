"""A document of the journal as it is read back: whole, or what can be read of a broken one."""

from __future__ import annotations

import contextlib
import sqlite3
import zlib
from collections.abc import Callable

import msgspec

from desktop.manuscript import database
from desktop.manuscript.database import Card, StoredSnapshot
from desktop.manuscript.journal_document import JournalDocument
from desktop.manuscript.manuscript import Manuscript
from desktop.manuscript.operations import Operation
from desktop.manuscript.salvage import join_fragments, rebuild, salvage

_OUTER_CAUSES = (  # the file may be well
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_READONLY,
)


def read_card(document: JournalDocument) -> Card:
    """Return the card; an empty one, not closed, when it cannot be read."""
    with (
        contextlib.suppress(sqlite3.Error),
        contextlib.closing(database.connect(document.path)) as connection,
    ):
        return database.read_card(connection) or Card()
    return Card()


def read_manuscript(
    document: JournalDocument, on_trouble: Callable[[str], None]
) -> Manuscript | None:
    """Read a document; from a broken file, what can be read of it. None for nothing."""
    try:
        try:
            with contextlib.closing(database.connect(document.path)) as connection:
                readable = database.read_all(connection)
                document.card = database.read_card(connection) or Card()
            if readable.complete and readable.snapshot is not None:
                document.card.edited_at = max(document.card.edited_at, readable.edited_at)
                return _replay(document, readable.snapshot, readable.operations)
            if readable.complete and not readable.operations:
                return Manuscript.create(document.id, document)  # it ended as it was made
        except sqlite3.Error as error:
            code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT)
            if code & 0xFF in _OUTER_CAUSES:
                raise
        except (msgspec.DecodeError, LookupError, ValueError, StopIteration, zlib.error):
            pass
        return _salvage(document, on_trouble)
    except (sqlite3.Error, OSError) as error:
        on_trouble(
            f"The journal {document.path} cannot be read ({error}): check the rights of its "
            "folder and the room on its disk, then start Inkglass again."
        )
        return None


def _salvage(document: JournalDocument, on_trouble: Callable[[str], None]) -> Manuscript | None:
    salvaged = salvage(document.path)
    readable, card = salvaged.readable, salvaged.card
    card.closed = False
    card.edited_at = max(card.edited_at, readable.edited_at)
    document.card = card
    manuscript = None
    if readable.snapshot is not None:
        with contextlib.suppress(msgspec.DecodeError, ValueError):
            manuscript = _replay_readable(document, readable.snapshot, readable.operations)
    if manuscript is None:
        manuscript = Manuscript.create(document.id, document, join_fragments(readable.operations))
        manuscript.changed = manuscript.number + 1
    snapshot = StoredSnapshot(manuscript.number, manuscript.encode(), card)
    steps = [  # not those of generations that are lost: others will have their numbers
        (generation, first, messages)
        for generation, first, messages in salvaged.steps
        if first < manuscript.count_steps(generation)
    ]
    moved = rebuild(document.path, snapshot, steps)
    found = "what could be read of it" if manuscript.length else "nothing"
    on_trouble(
        f"The journal of a document was broken: {found} was recovered, and the broken file is "
        f"kept as {moved}; compare the text with a copy of yours."
    )
    return manuscript


def _replay(document: JournalDocument, snapshot: bytes, operations: list[Operation]) -> Manuscript:
    manuscript = Manuscript.decode(document.id, document, snapshot)
    for operation in operations:
        manuscript.apply(operation)
    return manuscript


def _replay_readable(
    document: JournalDocument, snapshot: bytes, operations: list[Operation]
) -> Manuscript:
    """Replay as far as the operations make sense."""
    manuscript = Manuscript.decode(document.id, document, snapshot)
    for number, operation in enumerate(operations):
        try:
            manuscript.apply(operation)
        except (LookupError, ValueError, StopIteration):
            return _replay(document, snapshot, operations[:number])  # it may be half done
    return manuscript
