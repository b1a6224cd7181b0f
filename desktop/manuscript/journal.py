"""The journal: everything that happens to the open documents, on the disk within a moment.

Each document has its own SQLite file in the journal's folder, and a lock that its process holds:
a broken file harms one document, and a document whose lock is free has no living window. One thread
writes; what is queued while it waits for the disk goes into its next transaction.

What a person does is on the disk when its transaction ends. What a model writes is in the file by
then, which outlives every process, and is made to stay there through a power cut a moment later:
that takes the disk's time, and the model's.
"""

from __future__ import annotations

import contextlib
import logging
import sqlite3
import threading
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import msgspec

from desktop.manuscript import database
from desktop.manuscript.database import NEVER, Card, Stored, StoredOperation
from desktop.manuscript.journal_document import JournalDocument, describe, hash_text
from desktop.manuscript.journal_reading import read_card, read_manuscript
from desktop.manuscript.lock import DocumentLock
from desktop.manuscript.manuscript import Manuscript
from models.errors import InputError, JobError
from models.whole_file import Fingerprint

SYNC_S = 0.5  # after a model's words are in the file, they are made to outlive a power cut
RETRY_S = 1.0
CLOSE_S = 5.0


class Recoverable(msgspec.Struct, frozen=True):
    """A document whose window did not close, or that holds text which is in no file.

    `was_closed` tells the two apart.
    """

    document_id: str
    path: Path | None
    fingerprint: Fingerprint | None
    title: str
    edited_at: float
    words: int
    characters: int
    unsaved: bool
    was_closed: bool


class OpenedDocument(msgspec.Struct, frozen=True):
    """A document as it was opened from its file.

    `history` is "kept" where the journal knew this text; "new" where it knew nothing of the file;
    "other" where it knew another text of it, whose history stays with that text; "unsaved" where
    the file is as it was saved, and the manuscript holds what was written since.
    """

    manuscript: Manuscript
    history: Literal["kept", "new", "other", "unsaved"]


class Journal:
    """Keeps manuscripts in `folder`; every method is called from one thread, the window's.

    `on_trouble` is told, in one sentence, of a broken journal; `on_refusal` of a disk that takes
    nothing, and an empty text when it takes all again, from the journal's own thread.
    """

    def __init__(
        self,
        folder: Path,
        on_trouble: Callable[[str], None],
        on_refusal: Callable[[str], None],
    ) -> None:
        self._folder = folder
        self._on_trouble = on_trouble
        self._on_refusal = on_refusal
        self._is_refused = False  # and it has been said
        self._documents: dict[str, JournalDocument] = {}
        self._condition = threading.Condition()
        self._is_ending = False
        self._flushes = 0  # that are waited for
        self._thread = threading.Thread(target=self._run, name="journal", daemon=True)
        self._thread.start()

    # ---- documents -------------------------------------------------------------------------

    def create(
        self, text: str = "", path: Path | None = None, fingerprint: Fingerprint | None = None
    ) -> Manuscript:
        """Begin a document: an untitled one, or what was read from the file at `path`."""
        document_id = uuid.uuid4().hex
        lock = DocumentLock(self._folder, document_id)
        with contextlib.suppress(OSError):  # the journal's thread will say so
            lock.acquire()
        document = JournalDocument(document_id, self._folder, lock, self._queue)
        document.card = Card(path=None if path is None else str(path), fingerprint=fingerprint)
        return self._open(document, Manuscript.create(document.id, document, text))

    def open_document(self, path: Path, text: str, fingerprint: Fingerprint) -> OpenedDocument:
        """Begin a document with what the file at `path` holds, and with what is known of it."""
        history: Literal["new", "other"] = "new"
        for document_id in self._stored_ids():
            document = self._claim(document_id)
            if document is None:
                continue
            card = read_card(document)
            if card.path == str(path):
                history = "other"
                as_saved = (
                    card.fingerprint is not None and card.fingerprint.sha256 == fingerprint.sha256
                )
                if as_saved or not card.closed or card.text_sha256 == hash_text(text):
                    manuscript = read_manuscript(document, self._on_trouble)
                    if manuscript is not None and manuscript.text == text:
                        document.card.fingerprint = fingerprint
                        document.card.saved = manuscript.changed
                        return OpenedDocument(self._open(document, manuscript), "kept")
                    if manuscript is not None and as_saved:
                        return OpenedDocument(self._open(document, manuscript), "unsaved")
            document.release()
        return OpenedDocument(self.create(text, path, fingerprint), history)

    def recoverable(self) -> list[Recoverable]:
        """The documents to be offered when the program starts, the newest first."""
        found = [
            stored
            for document_id in self._stored_ids()
            if (stored := self._describe(document_id, all_saved=False)) is not None
        ]
        return sorted(found, key=lambda document: -document.edited_at)

    def describe(self, document_id: str) -> Recoverable | None:
        """What the journal has now of a document; None where a window shows it, or for nothing."""
        return self._describe(document_id, all_saved=True)

    def restore(self, document_id: str) -> Manuscript:
        """Open a document again as it was. Raises InputError when another window has it."""
        document = self._claim(document_id)
        if document is None:
            raise InputError("This document is open in another window: go on writing there.")
        manuscript = read_manuscript(document, self._on_trouble)
        if manuscript is None:
            document.release()
            raise JobError("Nothing of this document could be read: open its file instead.")
        return self._open(document, manuscript)

    def mark_saved(
        self, manuscript: Manuscript, *, path: Path, fingerprint: Fingerprint, changed: int
    ) -> None:
        """Note that the file at `path` holds the text as it was when `changed` was its number."""
        document = self._documents[manuscript.document_id]
        card = document.card
        card.path, card.fingerprint, card.saved = str(path), fingerprint, changed
        card.edited_at = time.time()
        self._queue(document, msgspec.structs.replace(card))

    def mark_unsaved(self, manuscript: Manuscript) -> None:
        """Note that no file holds the text any more, until it is saved again."""
        document = self._documents[manuscript.document_id]
        document.card.saved = NEVER
        self._queue(document, msgspec.structs.replace(document.card))

    def close_document(self, manuscript: Manuscript) -> bool:
        """End a document whose window closes; returns whether all of it is on the disk."""
        document = self._documents[manuscript.document_id]
        if not (manuscript.length or document.card.path):
            self.forget(document.id)  # an untitled one in which nothing stands
            return True
        document.take_snapshot(closed=True)
        is_durable = self.flush(CLOSE_S)
        with self._condition:
            del self._documents[document.id]
            document.release()
        return is_durable

    def forget(self, document_id: str) -> None:
        """Remove what the journal has of a document; its file stays as it is."""
        with self._condition:
            document = self._documents.pop(document_id, None) or self._claim(document_id)
            if document is None:
                raise InputError("This document is open in another window: close it there first.")
            document.queue.clear()
            document.delete()

    def flush(self, timeout_s: float = CLOSE_S) -> bool:
        """Wait until all that happened is on the disk; returns whether it is."""
        for document in self._documents.values():
            if document.is_rewritten:
                document.take_snapshot()
        with self._condition:
            self._flushes += 1
            self._condition.notify_all()
            try:
                return self._condition.wait_for(lambda: not self._is_behind(), timeout_s)
            finally:
                self._flushes -= 1

    @property
    def is_on_disk(self) -> bool:
        """Whether all that happened would outlive a power cut."""
        with self._condition:
            return not self._is_behind()

    def close(self) -> bool:
        """Close all documents and end the thread; returns whether all is on the disk."""
        documents = list(self._documents.values())
        results = [self.close_document(d.manuscript) for d in documents if d.manuscript]
        with self._condition:
            self._is_ending = True
            self._condition.notify_all()
        self._thread.join()
        return all(results)

    # ---- reading ---------------------------------------------------------------------------

    def _stored_ids(self) -> list[str]:
        """The ids of all documents in the folder, that of the newest file first."""
        dated = []
        with contextlib.suppress(OSError):
            for path in self._folder.glob(f"*{database.SUFFIX}"):
                if path.stem not in self._documents:
                    with contextlib.suppress(OSError):
                        dated.append((-path.stat().st_mtime, path.stem))
        return [stem for _, stem in sorted(dated)]

    def _describe(self, document_id: str, *, all_saved: bool) -> Recoverable | None:
        """Describe a document that no window shows; with `all_saved`, one that is saved too."""
        document = self._claim(document_id)
        if document is None:
            return None
        try:
            if not document.path.exists():
                return None
            card = read_card(document)
            if not all_saved and card.closed and card.changed <= card.saved:
                return None
            manuscript = read_manuscript(document, self._on_trouble)
            if manuscript is None:
                return None
            has_file = document.card.path is not None and manuscript.number > 0
            if manuscript.is_blank and not has_file:
                document.delete()
                return None
            card = describe(manuscript.text, document.card)
        finally:
            document.release()
        return Recoverable(
            document_id=document_id,
            path=None if card.path is None else Path(card.path),
            fingerprint=card.fingerprint,
            title=card.title,
            edited_at=card.edited_at,
            words=card.words,
            characters=card.characters,
            unsaved=manuscript.changed > card.saved,
            was_closed=card.closed,
        )

    def _claim(self, document_id: str) -> JournalDocument | None:
        """Return a document that no window has; None when one has it."""
        if document_id in self._documents:
            return None
        lock = DocumentLock(self._folder, document_id)
        try:
            if not lock.acquire():
                return None
        except OSError:
            return None
        return JournalDocument(document_id, self._folder, lock, self._queue)

    # ---- writing ---------------------------------------------------------------------------

    def _open(self, document: JournalDocument, manuscript: Manuscript) -> Manuscript:
        document.manuscript = manuscript
        with self._condition:  # the journal's thread goes through them
            self._documents[document.id] = document
        document.take_snapshot()
        return manuscript

    def _queue(self, document: JournalDocument, item: Stored) -> None:
        with self._condition:
            document.queue.append(item)
            self._condition.notify_all()

    def _run(self) -> None:
        """Write what is queued, until the journal ends; whatever fails, the thread goes on."""
        while not self._is_ending:
            try:
                self._write_queued()
                self._follow(None)
            except Exception as error:
                self._follow(error)
                with self._condition:
                    self._condition.wait_for(lambda: self._is_ending, RETRY_S)

    def _write_queued(self) -> None:
        """Wait for something to write, and write it; raises what kept a document from the disk."""
        with self._condition:
            self._condition.wait_for(
                lambda: self._is_ending or self._has_queued() or self._flushes > 0,
                self._measure_rest_s(),
            )
            if self._is_ending:
                return
            work = [(d, list(d.queue)) for d in self._documents.values() if d.queue]
            is_due = self._flushes > 0 or self._measure_rest_s() == 0
        failed = []
        for document, items in work:
            try:
                self._write(document, items)
            except Exception as error:
                failed.append(error)
        if is_due:
            self._sync()
        if failed:
            raise failed[0]

    def _write(self, document: JournalDocument, items: list[Stored]) -> None:
        document.write(items)
        with self._condition:
            for item in items:
                if document.queue and document.queue[0] is item:
                    document.queue.popleft()
                if isinstance(item, StoredOperation):
                    document.durable = item.number
            self._condition.notify_all()

    def _sync(self) -> None:
        """Make what is in the files outlive a power cut."""
        for document in list(self._documents.values()):
            document.sync()
        with self._condition:
            self._condition.notify_all()

    def _has_queued(self) -> bool:
        return any(document.queue for document in self._documents.values())

    def _is_behind(self) -> bool:
        """Whether something would not outlive a power cut yet."""
        return any(d.queue or d.unsynced_since for d in self._documents.values())

    def _measure_rest_s(self) -> float | None:
        """How long it may be until the files are synced; None where there is nothing to sync."""
        since = [d.unsynced_since for d in self._documents.values() if d.unsynced_since]
        return max(0.0, min(since) + SYNC_S - time.monotonic()) if since else None

    def _follow(self, error: Exception | None) -> None:
        """Say what keeps the journal from the disk, and when nothing does any more."""
        if self._is_refused == (error is not None):
            return
        self._is_refused = error is not None
        if error is not None and not isinstance(error, (sqlite3.Error, OSError)):
            logging.getLogger(__name__).error("the journal failed", exc_info=error)
        try:
            self._on_refusal(
                f"The journal in {self._folder} cannot be written ({error}): make room or "
                "check its rights, and save your document; it is tried again until it works."
                if error is not None
                else ""
            )
        except Exception:  # nobody is left to hear it
            logging.getLogger(__name__).exception("the journal was not heard")
