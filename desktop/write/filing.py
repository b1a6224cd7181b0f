"""The document of the window: opened, saved, restored, and watched on the disk."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop.journal_notices import REFUSED
from desktop.manuscript.file import Encoding, ReadDocument, read_document, save_document
from desktop.manuscript.journal import Journal, Recoverable
from desktop.manuscript.lock import DocumentLock
from desktop.manuscript.manuscript import Manuscript
from desktop.settings import Settings
from desktop.shell.notices import Notices
from desktop.write.disk_watch import DiskWatch
from desktop.write.file_name import propose_name
from desktop.write.filing_notices import DISK, FILE, KEPT, RESTORED, FilingNotices
from desktop.write.page import Page
from desktop.write.recovery import Recovery
from models.errors import InputError, JobError
from models.whole_file import Fingerprint, changed_on_disk

AskPath = Callable[[Path], Path | None]


class Filing(QObject):
    """One document: its file, if it has one, and its place in the journal.

    Everything that happens to the text is in the journal at once; saving writes the file. A window
    that closes with unsaved text shows it again at the next start.
    """

    changed = Signal()  # the name, the file, or whether it is saved
    shown = Signal()  # a document was opened or made, or the one on show was asked for

    def __init__(
        self,
        page: Page,
        journal: Journal,
        notices: Notices,
        settings: Settings,
        *,
        locks: Path,
        documents: Path,
        ask_save_path: AskPath,
        parent: QObject | None = None,
    ) -> None:
        """`ask_save_path` is given a proposal, and returns None when the person cancels."""
        super().__init__(parent)
        self._page = page
        self._journal = journal
        self._notices = FilingNotices(notices, self)
        self._settings = settings
        self._locks = locks
        self._documents = documents
        self._ask_save_path = ask_save_path
        self.path: Path | None = None
        self._lock: DocumentLock | None = None
        self._encoding = Encoding()
        self._fingerprint: Fingerprint | None = None
        self._saved = page.manuscript.changed
        self._is_gone = False  # the file was deleted under the window
        self._is_older = False  # the text was restored, and its file is not as it left it
        self.saved_at: datetime | None = None
        self.recovery = Recovery(
            journal, notices, lambda: page.manuscript.document_id, self._restore, self
        )
        self.shown.connect(self.recovery.refresh)
        self._watch = DiskWatch(self)
        self._watch.touched.connect(self.check_disk)

    @property
    def name(self) -> str:
        return self.tr("Untitled") if self.path is None else self.path.name

    @property
    def edited(self) -> bool:
        """Whether the text differs from what was saved last."""
        return self._is_gone or self._page.manuscript.changed > self._saved

    # ---- opening ---------------------------------------------------------------------------

    def start(self, path: Path | None) -> None:
        """Open what the window was started with, or what was left open."""
        left = self._journal.recoverable()
        if path is not None:
            self.open_path(path)
        elif left:
            self._restore(left.pop(0))
        self.recovery.offer_of(left)

    def new(self) -> None:
        """Begin an empty document; the one before stays in the journal if it is not saved."""
        if not self._leave():
            return
        self._show(self._journal.create(), None, None, Encoding())

    def open_path(self, path: Path) -> None:
        """Open a document from its file."""
        path = path.expanduser().absolute()
        if self._is_shown(path):
            self.shown.emit()
            return
        try:
            read = read_document(path)
        except InputError as error:
            self._settings.forget_document(path)
            self._notices.say(str(error))
            self.changed.emit()
            return
        lock = DocumentLock.for_file(self._locks, path)
        if not self._acquire(lock):
            self._notices.say_taken(path.name)
            return
        if not self._leave():
            lock.release()
            return
        self._lock = lock
        opened = self._journal.open_document(path, read.text, read.fingerprint)
        self._show(opened.manuscript, path, read.fingerprint, read.encoding)
        if opened.history == "unsaved":
            self._saved = -1
            self.changed.emit()
            self._notices.say_unsaved(path.name, self._show_saved)
        if read.read_only:
            self._notices.say_read_only(path.name)
        elif opened.history == "other":
            self._notices.say_other(path.name)

    def _restore(self, left: Recoverable) -> None:
        path, encoding, lock = left.path, Encoding(), None
        if path is not None and self._is_shown(path):
            self.new()  # another text of this file is shown: it goes first, with its lock
            if self._is_shown(path):
                return  # the journal takes nothing, which is said
        if path is not None:
            lock = DocumentLock.for_file(self._locks, path)
            if not self._acquire(lock):
                self._notices.say_taken(path.name)
                return
            with contextlib.suppress(InputError):  # the file has gone: its text is here
                encoding = read_document(path).encoding
        try:
            manuscript = self._journal.restore(left.document_id)
        except (InputError, JobError) as error:
            if lock is not None:
                lock.release()
            self._notices.say(str(error))
            return
        if not self._leave():
            self._journal.close_document(manuscript)
            if lock is not None:
                lock.release()
            return
        self._lock = lock
        self._show(manuscript, path, left.fingerprint, encoding)
        if left.unsaved:
            self._saved = -1
            self.changed.emit()
        if not left.was_closed:
            has_file = path is not None and left.unsaved and path.exists()
            self._notices.say_ended(
                datetime.fromtimestamp(left.edited_at), self._show_saved if has_file else None
            )
        self._is_older = (
            path is not None
            and left.fingerprint is not None
            and changed_on_disk(path, left.fingerprint) == "changed"
        )
        self.check_disk()

    def reload(self) -> None:
        """Show the file as it is on the disk, in place of the text; that is one step of undo."""
        if self.path is None:
            return
        read = self._read(self.path)
        if read is None:
            return
        self._page.replace_all(read.text)
        self._page.editor.setFocus()
        self._encoding = read.encoding
        self._note_saved(read.fingerprint)

    def _read(self, path: Path) -> ReadDocument | None:
        """Read a file; None where that fails, which is said."""
        try:
            return read_document(path)
        except InputError as error:
            self._notices.say(str(error))
            return None

    def _show_saved(self) -> None:
        """Show the saved file in place of the text, which stays in the journal as it is."""
        path, kept = self.path, self._page.manuscript
        read = None if path is None else self._read(path)
        if path is None or read is None:
            return
        self._journal.mark_unsaved(kept)
        if not self._leave(keep_lock=True):
            return
        manuscript = self._journal.create(read.text, path, read.fingerprint)
        self._show(manuscript, path, read.fingerprint, read.encoding)
        self.saved_at = datetime.fromtimestamp(read.fingerprint.mtime_ns / 1e9)
        self.changed.emit()
        self._page.editor.setFocus()
        self._notices.say_kept(partial(self._bring_back, kept.document_id))

    def _bring_back(self, document_id: str) -> None:
        left = self._journal.describe(document_id)
        if left is None:
            self.recovery.offer()  # it was opened or deleted elsewhere: what there is
        else:
            self._restore(left)
        self._page.editor.setFocus()

    # ---- saving ----------------------------------------------------------------------------

    def save(self) -> bool:
        """Write the file; asks for a name where there is none. Returns whether it is written."""
        if self.path is None:
            return self.save_as()
        if self._fingerprint is not None and (
            changed_on_disk(self.path, self._fingerprint) == "changed"
        ):
            self._say_changed()
            return False
        return self._write(self.path)

    def save_as(self) -> bool:
        """Ask for a name, and write the file under it."""
        manuscript = self._page.manuscript
        first = manuscript.text_between(0, min(200, manuscript.length))
        name = propose_name(first) or self.tr("Untitled")
        path = self._ask_save_path(self.path or self._documents / f"{name}.md")
        if path is None:
            return False
        path = path.expanduser().absolute()
        if self._is_shown(path):  # perhaps by another name of it
            return self._write(path)
        lock = DocumentLock.for_file(self._locks, path)
        if not self._acquire(lock):
            self._notices.say_taken(path.name)
            return False
        if not self._write(path):
            lock.release()
            return False
        if self._lock is not None:
            self._lock.release()
        self._lock = lock
        return True

    def _write(self, path: Path) -> bool:
        manuscript = self._page.manuscript
        manuscript.accept()
        self._page.show_pending()
        try:
            fingerprint = save_document(path, manuscript.text, self._encoding)
        except (InputError, JobError) as error:
            self._notices.say(str(error))
            return False
        self.path = path
        self._note_saved(fingerprint)
        return True

    def _note_saved(self, fingerprint: Fingerprint) -> None:
        assert self.path is not None
        self._fingerprint, self._saved = fingerprint, self._page.manuscript.changed
        self._is_gone = self._is_older = False
        self.saved_at = datetime.fromtimestamp(fingerprint.mtime_ns / 1e9)
        self._mark_saved()
        self._settings.remember_document(self.path)
        self._watch.watch(self.path)
        self._notices.withdraw(FILE, DISK, RESTORED)
        self.changed.emit()

    def _mark_saved(self) -> None:
        assert self.path is not None
        assert self._fingerprint is not None
        self._journal.mark_saved(
            self._page.manuscript,
            path=self.path,
            fingerprint=self._fingerprint,
            changed=self._saved,
        )

    # ---- the disk --------------------------------------------------------------------------

    def check_disk(self) -> None:
        """Look whether another program has touched the file."""
        if self.path is None or self._fingerprint is None:
            return
        self._watch.watch(self.path)
        match changed_on_disk(self.path, self._fingerprint):
            case "changed":
                self._say_changed()
            case "deleted":
                self._note_gone()
                self._notices.say_gone(self.path.name)
                self.changed.emit()
            case _:
                if self._is_gone:
                    self._is_gone = False
                    self._mark_saved()
                    self.changed.emit()
                self._notices.withdraw(DISK)

    def _note_gone(self) -> None:
        """The text is in no file any more: the journal offers it from now on."""
        if not self._is_gone:
            self._is_gone = True
            self._journal.mark_unsaved(self._page.manuscript)

    def _say_changed(self) -> None:
        assert self.path is not None
        self._notices.say_changed(
            self.path.name, self.reload, self._overwrite, since=self._is_older
        )

    def _overwrite(self) -> None:
        if self.path is not None:
            self._write(self.path)

    # ---- leaving ---------------------------------------------------------------------------

    def close(self) -> bool:
        """End the document and the journal; returns whether all of it is on the disk."""
        self._page.leave()
        self._page.manuscript.accept()
        if not self._journal.flush():
            self._page.stay()
            return False
        self._journal.close()
        if self._lock is not None:
            self._lock.release()
        return True

    def _leave(self, *, keep_lock: bool = False) -> bool:
        """End the document that is shown; False, and it stays, while the journal takes nothing.

        With `keep_lock` its file stays with this window.
        """
        self._page.leave()
        if not self._journal.flush():
            self._page.stay()
            self._notices.say_refused()
            return False
        self._journal.close_document(self._page.manuscript)
        if self._lock is not None and not keep_lock:
            self._lock.release()
            self._lock = None
        self._notices.withdraw(FILE, DISK, RESTORED, KEPT, REFUSED)
        return True

    def _show(
        self,
        manuscript: Manuscript,
        path: Path | None,
        fingerprint: Fingerprint | None,
        encoding: Encoding,
    ) -> None:
        self.path, self._fingerprint, self._encoding = path, fingerprint, encoding
        self._saved, self.saved_at = manuscript.changed, None
        self._is_gone = self._is_older = False
        if path is not None:
            self._settings.remember_document(path)
        self._watch.watch(self.path)
        self._page.open(manuscript)
        self.changed.emit()
        self.shown.emit()

    def _is_shown(self, path: Path) -> bool:
        """Whether it is the file on show, by whatever name, as the lock sees it."""
        return self.path is not None and os.path.realpath(path) == os.path.realpath(self.path)

    def _acquire(self, lock: DocumentLock) -> bool:
        try:
            return lock.acquire()
        except OSError:
            return True  # no lock can be made here: better a document than none
