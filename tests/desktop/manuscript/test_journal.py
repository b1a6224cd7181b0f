"""The journal: what it gives back, to whom, and what it says when it cannot."""

from __future__ import annotations

import contextlib
import errno
import os
import random
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop.manuscript import journal_document
from desktop.manuscript.database import SUFFIX
from desktop.manuscript.file import Encoding, read_document, save_document
from desktop.manuscript.journal import Journal
from desktop.manuscript.journal_document import JournalDocument
from desktop.manuscript.manuscript import Manuscript
from models.errors import InputError, JobError
from tests.desktop.manuscript.writing import make_record, make_steps
from tests.waiting import PATIENCE_S, wait_for


class Windows:
    """Windows on one journal folder; a killed one leaves its files as they are."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.said: list[str] = []
        self.refusals: list[str] = []
        self.open: list[Journal] = []

    def start(self) -> Journal:
        journal = Journal(self.folder, self.said.append, self.refusals.append)
        self.open.append(journal)
        return journal

    def kill(self, journal: Journal) -> None:
        """End it as a crash does, as far as one process can: no closing words, locks free."""
        assert journal.flush(PATIENCE_S)
        self.open.remove(journal)
        documents = list(journal._documents.values())
        journal._documents.clear()
        journal.close()
        for document in documents:
            document.release()


@pytest.fixture
def windows(tmp_path: Path) -> Iterator[Windows]:
    windows = Windows(tmp_path / "journal")
    yield windows
    for journal in windows.open:
        journal.close()


def write_some(manuscript: Manuscript, texts: list[str]) -> int:
    """A model continues at the end; returns its generation."""
    record = make_record(manuscript)
    manuscript.begin(record, manuscript.length)
    for step in make_steps(texts):
        manuscript.write(record.id, [step])
    manuscript.end(record.id, "length")
    return record.id


@pytest.mark.parametrize("then", ["typed", "flushed", "ended"])
def test_tokens_are_in_the_file_at_once_and_outlive_a_power_cut_later(
    windows: Windows, monkeypatch: pytest.MonkeyPatch, then: str
) -> None:
    """A killed window loses none of them; a word of the person makes the disk hold them too."""
    monkeypatch.setattr("desktop.manuscript.journal.SYNC_S", 2 * PATIENCE_S)
    window = windows.start()
    manuscript = window.create("It was")
    record = make_record(manuscript)
    manuscript.begin(record, manuscript.length)
    assert window.flush(PATIENCE_S)
    for step in make_steps([" dark", " and", " cold"]):
        manuscript.write(record.id, [step])
    (path,) = windows.folder.glob(f"*{SUFFIX}")
    with contextlib.closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as reader:
        query = "SELECT max(number) FROM operations"
        wait_for(lambda: reader.execute(query).fetchone() == (manuscript.number,))
    assert not window.is_on_disk
    if then == "typed":
        manuscript.edit(0, 0, "#")
    elif then == "ended":
        manuscript.end(record.id, "length")
    else:
        assert window.flush(PATIENCE_S)
    wait_for(lambda: window.is_on_disk)


def test_tokens_outlive_a_power_cut_before_long(
    windows: Windows, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that the disk refuses to hold is tried again, and said."""
    synced: list[bool] = []  # whether it was the log of the journal
    fsync, refusals = os.fsync, [OSError(errno.EIO, "Input/output error")]

    def sync(number: int) -> None:
        if refusals:
            raise refusals.pop()
        synced.append(os.path.samestat(os.fstat(number), log.stat()))
        fsync(number)

    window = windows.start()
    manuscript = window.create("It was")
    record = make_record(manuscript)
    manuscript.begin(record, manuscript.length)
    assert window.flush(PATIENCE_S)
    (log,) = windows.folder.glob(f"*{SUFFIX}-wal")
    monkeypatch.setattr(os, "fsync", sync)
    manuscript.write(record.id, make_steps([" dark"]))
    wait_for(lambda: not window.is_on_disk or synced)
    wait_for(lambda: len(windows.refusals) == 2)
    assert window.is_on_disk
    assert synced == [True]
    (said, unsaid) = windows.refusals
    assert "Input/output error" in said
    assert unsaid == ""


def test_nothing_is_made_before_a_document_is(windows: Windows) -> None:
    journal = windows.start()
    assert journal.recoverable() == []
    assert not windows.folder.exists()


def test_a_killed_window_is_offered_and_restored(windows: Windows) -> None:
    journal = windows.start()
    manuscript = journal.create()
    manuscript.edit(0, 0, "# The sea\n\nIt was 😀")
    generation = write_some(manuscript, [" dark", " and", " cold"])
    assert journal.flush(PATIENCE_S)
    assert windows.start().recoverable() == []  # its window lives
    state = manuscript.encode()
    windows.kill(journal)

    journal = windows.start()
    (found,) = journal.recoverable()
    assert (found.title, found.path, found.unsaved) == ("The sea", None, True)
    assert (found.words, found.characters) == (9, 33)
    assert found.edited_at > 1_700_000_000
    restored = journal.restore(found.document_id)
    assert restored.encode() == state
    assert restored.step(generation, 2) == make_steps([" dark", " and", " cold"])[2]
    with pytest.raises(InputError, match="open in another window"):
        windows.start().restore(found.document_id)
    assert journal.recoverable() == []


def test_unsaved_text_is_offered_after_a_clean_close_too(windows: Windows) -> None:
    journal = windows.start()
    journal.create().edit(0, 0, "A note")
    journal.create()  # an empty one is nobody's loss
    assert journal.close()
    windows.open.clear()
    journal = windows.start()
    (found,) = journal.recoverable()
    assert (found.title, found.words, found.unsaved) == ("A note", 2, True)
    journal.forget(found.document_id)
    assert journal.recoverable() == []
    assert list(windows.folder.iterdir()) == []


def test_a_text_that_was_removed_is_still_offered(windows: Windows) -> None:
    journal = windows.start()
    manuscript = journal.create()
    write_some(manuscript, ["one", " two"])
    manuscript.edit(0, manuscript.length, "")
    windows.kill(journal)
    journal = windows.start()
    (found,) = journal.recoverable()
    assert found.characters == 0
    restored = journal.restore(found.document_id)
    restored.edit(0, 0, "one two")
    assert len(restored.units_between(0, 7)) == 2


def test_a_saved_document_opens_with_its_history(windows: Windows, tmp_path: Path) -> None:
    path = tmp_path / "text.md"
    journal = windows.start()
    manuscript = journal.create("Title\n")
    generation = write_some(manuscript, ["one", " two"])
    fingerprint = save_document(path, manuscript.text, Encoding())
    journal.mark_saved(manuscript, path=path, fingerprint=fingerprint, changed=manuscript.changed)
    manuscript.accept()
    units = manuscript.units_between(0, manuscript.length)
    journal.close()
    windows.open.clear()

    journal = windows.start()
    assert journal.recoverable() == []
    read = read_document(path)
    opened = journal.open_document(path, read.text, read.fingerprint)
    assert opened.history == "kept"
    assert opened.manuscript.units_between(0, 13) == units
    assert opened.manuscript.step(generation, 0) == make_steps(["one"])[0]
    journal.close_document(opened.manuscript)

    path.write_text("Title\nanother\n", encoding="utf-8")
    read = read_document(path)
    opened = journal.open_document(path, read.text, read.fingerprint)
    assert opened.history == "other"
    assert not opened.manuscript.units_between(0, 100)
    journal.close_document(opened.manuscript)

    path.write_text("Title\none two", encoding="utf-8")
    read = read_document(path)
    opened = journal.open_document(path, read.text, read.fingerprint)
    assert opened.history == "kept"
    assert len(opened.manuscript.units_between(0, 100)) == 2

    elsewhere = tmp_path / "other.md"
    elsewhere.write_text("x", encoding="utf-8")
    read = read_document(elsewhere)
    assert journal.open_document(elsewhere, read.text, read.fingerprint).history == "new"


def test_a_saved_document_that_was_changed_since_is_offered(
    windows: Windows, tmp_path: Path
) -> None:
    path = tmp_path / "text.md"
    journal = windows.start()
    manuscript = journal.create("Title")
    fingerprint = save_document(path, manuscript.text, Encoding())
    journal.mark_saved(manuscript, path=path, fingerprint=fingerprint, changed=manuscript.changed)
    windows.kill(journal)
    journal = windows.start()
    (found,) = journal.recoverable()
    assert (found.path, found.unsaved, found.fingerprint) == (path, False, fingerprint)
    manuscript = journal.restore(found.document_id)
    manuscript.edit(5, 0, "!")
    windows.kill(journal)
    (found,) = windows.start().recoverable()
    assert (found.path, found.unsaved, found.title) == (path, True, "Title!")


def test_a_text_whose_file_has_gone_is_offered_until_it_is_saved_again(
    windows: Windows, tmp_path: Path
) -> None:
    path = tmp_path / "text.md"
    fingerprint = save_document(path, "Title", Encoding())
    journal = windows.start()
    manuscript = journal.create("Title", path, fingerprint)
    journal.mark_unsaved(manuscript)
    assert journal.close_document(manuscript)
    (found,) = journal.recoverable()
    assert (found.path, found.unsaved, found.was_closed) == (path, True, True)
    manuscript = journal.restore(found.document_id)
    journal.mark_saved(manuscript, path=path, fingerprint=fingerprint, changed=manuscript.changed)
    assert journal.close_document(manuscript)
    assert journal.recoverable() == []


def test_snapshots_replace_the_operations_before_them(
    windows: Windows, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal_document, "SNAPSHOT_OPERATIONS", 20)
    journal = windows.start()
    manuscript = journal.create()
    generation = write_some(manuscript, ["a"] * 30)
    for number in range(90):
        manuscript.edit(number, 0, "x")
    state = manuscript.encode()
    windows.kill(journal)
    with sqlite3.connect(windows.folder / f"{manuscript.document_id}{SUFFIX}") as connection:
        counts = [
            connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("snapshots", "operations", "steps")
        ]
    connection.close()
    assert counts[0] == 2
    assert counts[1] < 60
    assert counts[2] == 30
    restored = windows.start().restore(manuscript.document_id)
    assert restored.encode() == state
    assert restored.step(generation, 29).index == 29


def test_steps_are_read_back_when_memory_has_let_them_go(
    windows: Windows, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal_document, "_RECENT_BYTES", 2000)
    journal = windows.start()
    manuscript = journal.create()
    record = make_record(manuscript)
    manuscript.begin(record, 0)
    steps = make_steps(["a", "b", "漢"] * 40)
    for first in range(0, 120, 3):
        manuscript.write(record.id, steps[first : first + 3])
        journal.flush(PATIENCE_S)
    assert [manuscript.step(record.id, i) for i in range(120)] == steps
    assert len(journal._documents[manuscript.document_id]._recent) < 120


def test_a_disk_that_takes_nothing_is_said_once_and_nothing_is_lost(
    windows: Windows, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.manuscript.journal.RETRY_S", 0.02)
    windows.folder.parent.joinpath("journal").write_text("in the way", encoding="utf-8")
    journal = windows.start()
    manuscript = journal.create()
    for number in range(5):
        manuscript.edit(number, 0, "x")
        assert not journal.flush(0.05)
    wait_for(lambda: windows.refusals)
    (sentence,) = windows.refusals
    assert "cannot be written" in sentence
    windows.folder.unlink()
    assert journal.flush(PATIENCE_S)
    manuscript.edit(0, 0, "and ")
    assert journal.flush(PATIENCE_S)
    assert windows.refusals == [sentence, ""]
    assert windows.said == []
    state = manuscript.encode()
    windows.kill(journal)
    assert windows.start().restore(manuscript.document_id).encode() == state


class Watched(dict[str, JournalDocument]):
    """The documents of a journal; `on_look` is called after each that its thread has looked at."""

    on_look: Callable[[], None] = staticmethod(lambda: None)

    def values(self) -> Any:
        for document in super().values():
            yield document
            if threading.current_thread().name == "journal":
                self.on_look()


def test_a_document_may_come_while_the_thread_looks_at_the_others(windows: Windows) -> None:
    journal = windows.start()
    journal.create("one")
    second = journal.create("two")
    assert journal.flush(PATIENCE_S)
    looks = threading.Event()

    def linger() -> None:
        looks.set()
        time.sleep(0.05)

    journal._documents = watched = Watched(journal._documents)
    watched.on_look = linger
    second.edit(0, 0, "x")
    assert looks.wait(PATIENCE_S)
    third = journal.create("three")
    assert journal.flush(PATIENCE_S)
    third.edit(0, 0, "y")
    assert journal.flush(PATIENCE_S)
    assert windows.said == []


def test_the_thread_goes_on_after_what_nobody_expected(
    windows: Windows, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("desktop.manuscript.journal.RETRY_S", 0.02)
    journal = windows.start()
    manuscript = journal.create("one")
    assert journal.flush(PATIENCE_S)
    left = [3]

    def fail() -> None:
        left[0] -= 1
        if left[0] >= 0:
            raise LookupError("not foreseen")

    journal._documents = watched = Watched(journal._documents)
    watched.on_look = fail
    manuscript.edit(0, 0, "x")
    assert journal.flush(PATIENCE_S)
    assert left[0] < 0
    manuscript.edit(0, 0, "y")
    assert journal.flush(PATIENCE_S)
    sentence, recovery = windows.refusals
    assert "cannot be written (not foreseen)" in sentence
    assert recovery == ""
    assert [record.exc_info is not None for record in caplog.records] == [True]


def test_a_journal_that_somebody_removes_is_made_again(windows: Windows) -> None:
    journal = windows.start()
    manuscript = journal.create()
    manuscript.edit(0, 0, "before")
    assert journal.flush(PATIENCE_S)
    path = windows.folder / f"{manuscript.document_id}{SUFFIX}"
    for name in ("", "-wal", "-shm"):
        path.with_name(path.name + name).unlink(missing_ok=True)
    manuscript.edit(0, 0, "x")
    assert journal.flush(PATIENCE_S)
    manuscript.edit(0, 0, "y")
    state = manuscript.encode()
    windows.kill(journal)
    assert windows.start().restore(manuscript.document_id).encode() == state


@pytest.mark.parametrize("names", [("", "-wal", "-shm"), ("",)])
def test_a_removed_journal_is_made_again_after_a_step_was_looked_for_in_it(
    windows: Windows, monkeypatch: pytest.MonkeyPatch, names: tuple[str, ...]
) -> None:
    """Looking makes no file, which the writer would take for its own."""
    monkeypatch.setattr(journal_document, "_RECENT_BYTES", 0)
    journal = windows.start()
    manuscript = journal.create()
    generation = write_some(manuscript, ["one", " two"])
    assert journal.flush(PATIENCE_S)
    last = write_some(manuscript, [" three"])  # memory holds no more than this
    assert journal.flush(PATIENCE_S)
    for looked_before in (False, True):
        if looked_before:
            assert manuscript.step(generation, 0).index == 0
        path = windows.folder / f"{manuscript.document_id}{SUFFIX}"
        for name in names:
            path.with_name(path.name + name).unlink(missing_ok=True)
        with contextlib.suppress(JobError):
            manuscript.step(generation, 0)
        assert not path.exists()
        for _ in range(2):
            generation, last = last, write_some(manuscript, [" three"])
            assert journal.flush(PATIENCE_S)
    state = manuscript.encode()
    windows.kill(journal)
    restored = windows.start().restore(manuscript.document_id)
    assert restored.encode() == state
    assert restored.step(last, 0) == make_steps([" three"])[0]
    assert windows.said == []


def test_another_file_in_the_place_of_a_journal_is_moved_aside(windows: Windows) -> None:
    """As by a program that brings a folder back to what it was."""
    journal = windows.start()
    manuscript = journal.create()
    manuscript.edit(0, 0, "early")
    assert journal.flush(PATIENCE_S)
    path = windows.folder / f"{manuscript.document_id}{SUFFIX}"
    early = path.read_bytes()
    manuscript.edit(0, 0, "later and ")
    assert journal.flush(PATIENCE_S)
    path.unlink()
    path.write_bytes(early)
    for _ in range(2):
        manuscript.edit(0, 0, "x")
        assert journal.flush(PATIENCE_S)
    state = manuscript.encode()
    windows.kill(journal)
    assert windows.start().restore(manuscript.document_id).encode() == state
    assert early in [aside.read_bytes() for aside in windows.folder.glob("* broken *")]


@pytest.mark.parametrize("broken", [SUFFIX, f"{SUFFIX}-wal"])
def test_a_file_cut_at_any_byte_gives_what_can_be_read(
    windows: Windows, broken: str, tmp_path: Path
) -> None:
    """Every cut gives a text that stood there once, or says what happened; nothing crashes."""
    journal = windows.start()
    manuscript = journal.create("The text from the file. " * 40)
    texts = {manuscript.text}
    for number in range(120):
        manuscript.edit(number, 0, f"{number} ")
        texts.add(manuscript.text)
        if number % 40 == 10:
            texts |= {manuscript.text + " and on"[:end] for end in (4, 7)}
            write_some(manuscript, [" and", " on"])
            journal._documents[manuscript.document_id].take_snapshot()
            journal.flush(PATIENCE_S)
    assert journal.flush(PATIENCE_S)
    whole = {path.name: path.read_bytes() for path in windows.folder.glob(f"*{SUFFIX}*")}
    name = next(name for name in whole if name.endswith(broken))
    last_text = manuscript.text
    chance = random.Random(5)
    cuts = [0, 1, 100, 512, 4095, 4096, 4097, len(whole[name]) - 1]
    cuts += [chance.randrange(len(whole[name])) for _ in range(25)]
    outcomes = set()
    for number, cut in enumerate(cuts):
        folder = tmp_path / f"cut {number}"
        folder.mkdir()
        for other, data in whole.items():
            if not other.endswith("-shm"):
                folder.joinpath(other).write_bytes(data[:cut] if other == name else data)
        said: list[str] = []
        journal = Journal(folder, said.append, said.append)
        found = journal.recoverable()
        texts_found = [journal.restore(one.document_id).text for one in found]
        journal.close()
        if texts_found == [last_text]:
            outcomes.add("whole")
        elif texts_found and texts_found[0] in texts:
            outcomes.add("earlier")
        else:  # fragments, or nothing: said, and the file is there to be looked at
            outcomes.add("fragments" if texts_found else "nothing")
            assert said or cut < 4096 or broken.endswith("-wal")
        if said:
            assert len(said) == 1
            assert [path for path in folder.iterdir() if " broken " in path.name]
    assert outcomes & {"whole", "earlier"}


@pytest.mark.parametrize("seed", range(12))
def test_wrong_bytes_in_a_file_never_end_the_program(windows: Windows, seed: int) -> None:
    journal = windows.start()
    manuscript = journal.create("The text from the file. " * 40)
    for number in range(60):
        manuscript.edit(number, 0, f"{number} ")
    write_some(manuscript, [" and", " on"])
    journal.close()
    windows.open.clear()
    (path,) = windows.folder.glob(f"*{SUFFIX}")
    data = bytearray(path.read_bytes())
    chance = random.Random(seed)
    for _ in range(30):
        data[chance.randrange(len(data))] = chance.randrange(256)
    path.write_bytes(data)
    journal = windows.start()
    for found in journal.recoverable():
        restored = journal.restore(found.document_id)
        restored.edit(0, 0, "still at work")
    assert journal.flush(PATIENCE_S)


def test_two_journals_do_not_disturb_each_other(windows: Windows) -> None:
    first, second = windows.start(), windows.start()
    one, other = first.create(), second.create()
    for number in range(50):
        one.edit(number, 0, "a")
        other.edit(number, 0, "b")
    assert first.flush(PATIENCE_S)
    assert second.flush(PATIENCE_S)
    assert windows.said == []
    with pytest.raises(InputError):
        second.forget(one.document_id)


def test_the_thread_ends_with_the_journal(windows: Windows) -> None:
    journal = windows.start()
    journal.create("text")
    journal.close()
    windows.open.clear()
    assert not [thread for thread in threading.enumerate() if thread.name == "journal"]
    assert not [name for name in os.listdir(windows.folder) if name.endswith((".lock", "-wal"))]
