"""Documents that cannot be opened, change under the window, or are very large."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from desktop.shell.elided_label import ElidedLabel
from tests.desktop.conftest import OpenWindow, Wait
from tests.desktop.full_disk import limit_files, save_at
from tests.desktop.person import (
    CTRL,
    KEY,
    SHIFT,
    click_button,
    is_edited,
    paste,
    press,
    said,
    text_of,
    type_text,
    units,
)

TEXT = "# Lamp\n\nThe keeper wound the clock every evening at six.\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "lamp.md"
    path.write_text(TEXT)
    return path


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"caf\xe9 in Latin-1", "is not UTF-8 text (byte 0xe9 at offset 3)"),
        (b"PK\x03\x04\0\0", "is not plain text"),
        (None, "There is no file"),
    ],
)
def test_what_cannot_be_read_is_said_and_the_text_stays(
    open_window: OpenWindow, tmp_path: Path, data: bytes | None, words: str
) -> None:
    window = open_window()
    type_text(window, "My own words")
    path = tmp_path / "other.md"
    if data is not None:
        path.write_bytes(data)
    window.filing.open_path(path)
    assert words in said(window)
    assert text_of(window) == "My own words"
    type_text(window, ".")
    assert text_of(window) == "My own words."
    assert data is None or path.read_bytes() == data


def test_a_read_only_file_is_said_and_saved_under_another_name(
    open_window: OpenWindow, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.chmod(0o444)
    window = open_window(document=file)
    assert "lamp.md is read-only: to keep changes, save under another name." in said(window)
    type_text(window, "New: ")
    press(window, KEY.Key_S, CTRL)
    assert "is read-only: allow writing, or save under another name." in said(window)
    assert file.read_text() == TEXT
    assert is_edited(window)
    copy = file.with_name("copy.md")
    monkeypatch.setattr(window.filing, "_ask_save_path", lambda _proposal: copy)
    press(window, KEY.Key_S, CTRL | SHIFT)
    assert copy.read_text() == text_of(window) == f"New: {TEXT}"
    assert not is_edited(window)
    assert said(window) == ""


def test_a_file_deleted_while_it_is_open_is_written_again(
    open_window: OpenWindow, wait: Wait, file: Path
) -> None:
    window = open_window(document=file)
    type_text(window, "New: ")
    file.unlink()
    wait(lambda: "lamp.md was deleted or moved by another program" in said(window))
    assert is_edited(window)
    press(window, KEY.Key_S, CTRL)
    assert file.read_text() == text_of(window) == f"New: {TEXT}"
    assert not is_edited(window)
    assert said(window) == ""


def test_a_folder_deleted_while_a_file_is_open_is_said(
    open_window: OpenWindow, wait: Wait, tmp_path: Path
) -> None:
    file = tmp_path / "folder" / "lamp.md"
    file.parent.mkdir()
    file.write_text(TEXT)
    window = open_window(document=file)
    file.unlink()
    file.parent.rmdir()
    wait(lambda: "was deleted or moved" in said(window))
    press(window, KEY.Key_S, CTRL)
    assert f"there is no folder {file.parent}. Save in another folder." in said(window)
    assert text_of(window) == TEXT


@pytest.mark.parametrize("mine", [True, False])
def test_a_file_changed_by_another_program_is_asked_about(
    open_window: OpenWindow, wait: Wait, file: Path, mine: bool
) -> None:
    window = open_window(document=file)
    type_text(window, "Mine: ")
    file.write_text("Theirs.\n")
    wait(lambda: "lamp.md was changed by another program. Which one is to stay?" in said(window))
    press(window, KEY.Key_S, CTRL)
    assert file.read_text() == "Theirs.\n"
    click_button(window, "Keep mine, write over it" if mine else "Show the file")
    assert text_of(window) == file.read_text() == (f"Mine: {TEXT}" if mine else "Theirs.\n")
    assert not is_edited(window)
    assert said(window) == ""
    if not mine:
        press(window, KEY.Key_Z, CTRL)
        assert text_of(window) == f"Mine: {TEXT}"
        assert is_edited(window)


@pytest.mark.parametrize("mark", ["\ufeff", "\ufffe"])
def test_a_text_that_begins_with_a_byte_order_mark_is_saved_byte_for_byte(
    open_window: OpenWindow, wait: Wait, file: Path, mark: str
) -> None:
    """After the one that belongs to the file there may be others, of the text."""
    file.write_bytes(f"\ufeff{mark}a\r\n灯\r\n".encode())
    window = open_window(document=file)
    assert text_of(window) == f"{mark}a\n灯\n"
    press(window, KEY.Key_End, CTRL)
    type_text(window, "b")
    press(window, KEY.Key_S, CTRL)
    assert file.read_bytes() == f"\ufeff{mark}a\r\n灯\r\nb".encode()
    file.write_bytes(f"\ufeff{mark}{mark}c\n".encode())
    wait(lambda: "was changed by another program" in said(window))
    click_button(window, "Show the file")
    press(window, KEY.Key_End, CTRL)
    type_text(window, "d")
    press(window, KEY.Key_A, CTRL)
    press(window, KEY.Key_C, CTRL)
    assert QApplication.clipboard().text() == text_of(window) == f"{mark}{mark}c\nd"
    press(window, KEY.Key_S, CTRL)
    assert file.read_bytes() == f"\ufeff{mark}{mark}c\nd".encode()


def test_a_file_changed_while_the_model_writes_loses_neither(
    open_window: OpenWindow, wait: Wait, file: Path
) -> None:
    window = open_window(document=file)
    press(window, KEY.Key_End, CTRL)
    type_text(window, "The lamp")
    press(window, KEY.Key_Return, CTRL)
    wait(lambda: len(units(window)) > 3)
    file.write_text("Theirs.\n")
    wait(lambda: "was changed by another program" in said(window))
    click_button(window, "Show the file")
    wait(lambda: not window.write.continuing.running)
    assert text_of(window) == "Theirs.\n"
    press(window, KEY.Key_Z, CTRL)
    assert text_of(window).startswith(f"{TEXT}The lamp")
    assert len(units(window)) > 3


@pytest.mark.slow
def test_a_full_disk_keeps_the_old_file_and_the_text(
    open_window: OpenWindow, wait: Wait, file: Path
) -> None:
    window = open_window(document=file)
    paste(window, "All of it. " * 1000)
    assert window.journal.flush()
    with limit_files(4096):
        type_text(window, "x")
        press(window, KEY.Key_S, CTRL)
        assert "lamp.md was not saved" in said(window)
        assert file.read_text() == TEXT
        assert not list(file.parent.glob("*.part"))
        wait(lambda: "journal" in window.main.notices.keys)
        assert "The journal in" in said(window)
        window.main.close()
        assert window.main.isVisible()
        assert "The journal is not on the disk yet" in said(window)
    press(window, KEY.Key_S, CTRL)
    assert file.read_text() == text_of(window)
    wait(window.journal.flush)
    window.main.close()
    assert not window.main.isVisible()


@pytest.mark.slow
def test_a_refused_journal_is_said_as_long_as_it_is(
    open_window: OpenWindow, wait: Wait, file: Path
) -> None:
    window = open_window(document=file)
    type_text(window, "x")
    saved = window.main.status_line.findChildren(ElidedLabel)[-1]
    wait(lambda: saved.whole_text == "kept in the journal")
    assert window.journal.flush()
    with limit_files(0):
        type_text(window, "y")
        wait(lambda: "The journal in" in said(window))
        assert saved.whole_text == "not kept: the disk takes nothing"
        window.filing.new()
        assert "this text would be lost" in said(window)
    wait(lambda: said(window) == "")
    wait(lambda: saved.whole_text == "kept in the journal")
    assert window.filing.path == file


def test_at_any_level_of_the_disk_the_file_is_the_old_one_or_the_new_one(
    open_window: OpenWindow, file: Path
) -> None:
    text = "The lamp was lit again. 灯\n" * 1000
    file.write_text(text)
    window, size = open_window(document=file), file.stat().st_size
    levels = [0, 1, 4096, size // 2, size - 1, size + 10]
    results = [save_at(window, file, limit_files(level)) for level in levels]
    assert results == ["not saved, and said"] * 5 + ["saved"]


def test_a_line_of_100_000_characters_is_written_in_and_saved(
    open_window: OpenWindow, file: Path
) -> None:
    line = "every evening " * 7_200
    file.write_text(line)
    window = open_window(document=file)
    press(window, KEY.Key_End, CTRL)
    type_text(window, "end")
    press(window, KEY.Key_A, CTRL)
    press(window, KEY.Key_C, CTRL)
    assert QApplication.clipboard().text() == f"{line}end"
    press(window, KEY.Key_S, CTRL)
    assert file.read_text() == text_of(window) == f"{line}end"


@pytest.mark.slow
def test_a_document_of_50_mb_is_written_in_and_saved(open_window: OpenWindow, file: Path) -> None:
    text = "The keeper wound the clock every evening at six, and 灯 was lit.\n" * 750_000
    file.write_text(text)
    assert 49_000_000 < file.stat().st_size < 50_000_000
    window = open_window(document=file)
    type_text(window, "start ")
    press(window, KEY.Key_End, CTRL)
    type_text(window, "end")
    press(window, KEY.Key_S, CTRL)
    assert file.read_text() == text_of(window) == f"start {text}end"
    file.write_bytes(bytes([32]) * 50_000_001)
    window.filing.new()
    window.filing.open_path(file)
    assert "a document has at most 50 MB: split it into several files." in said(window)


@pytest.mark.slow
def test_a_paste_of_a_million_characters_is_one_step_of_undo(
    open_window: OpenWindow, file: Path
) -> None:
    window = open_window(document=file)
    text = "A page of words, and another one.\n" * 30_000
    paste(window, text)
    assert text_of(window) == text + TEXT
    press(window, KEY.Key_Z, CTRL)
    assert text_of(window) == TEXT
    press(window, KEY.Key_Y, CTRL)
    press(window, KEY.Key_S, CTRL)
    assert file.read_text() == text + TEXT


def test_two_windows_do_not_write_one_document(open_window: OpenWindow, file: Path) -> None:
    first, second = open_window(document=file), open_window(document=file)
    assert "lamp.md is open in another window of Inkglass: go on writing there." in said(second)
    assert text_of(second) == ""
    assert second.filing.path is None
    first.filing.new()
    second.filing.open_path(file)
    assert text_of(second) == TEXT


def test_two_windows_do_not_save_over_one_another(
    open_window: OpenWindow, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_window(document=file)
    second = open_window()
    type_text(second, "Another text")
    monkeypatch.setattr(second.filing, "_ask_save_path", lambda _proposal: file)
    press(second, KEY.Key_S, CTRL)
    assert "is open in another window" in said(second)
    assert file.read_text() == TEXT
    assert text_of(second) == "Another text"
