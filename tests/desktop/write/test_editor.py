"""What a person and the program can do to the text."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QTextCursor,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from desktop.write.editor import Editor
from tests.desktop.write.units import LONG, Copy, Word, Words, compose

Key, Modifier = Qt.Key, Qt.KeyboardModifier


def select(editor: Editor, anchor: int, position: int) -> None:
    cursor = editor.textCursor()
    cursor.setPosition(anchor)
    cursor.setPosition(position, QTextCursor.MoveMode.KeepAnchor)
    editor.setTextCursor(cursor)


@pytest.mark.parametrize(
    ("change", "anchor", "position"),
    [
        ((0, 0, "abc"), 8, 11),
        ((5, 0, "abc"), 8, 11),  # before what is selected
        ((8, 0, "abc"), 5, 8),  # behind it
        ((6, 1, ""), 5, 7),
        ((4, 3, "\U0001f600"), 4, 7),
        ((8, 2, "abc"), 5, 8),
        ((5, 3, "x"), 5, 6),
    ],
)
def test_the_program_moves_neither_cursor_nor_selection(
    editor: Editor, change: tuple[int, int, str], anchor: int, position: int
) -> None:
    editor.set_text("0123456789")
    select(editor, 5, 8)
    editor.replace(*change)
    cursor = editor.textCursor()
    assert (cursor.anchor(), cursor.position()) == (anchor, position)


def test_a_cursor_without_selection_is_not_pushed(editor: Editor) -> None:
    editor.set_text("0123")
    editor.move_cursor(2)
    editor.replace(2, 0, "abc")
    editor.replace(1, 1, "xyz")
    assert editor.textCursor().position() == 4
    assert not editor.textCursor().hasSelection()


def test_a_generation_is_one_step_of_undo(editor: Editor) -> None:
    copy = Copy(editor)
    QTest.keyClicks(editor, "I ")
    for i, token in enumerate(["write", " a", "\n", "line"]):
        editor.replace(len(editor.text()), 0, token, join=i > 0)
        copy.replace(len(copy.text), 0, token)
    editor.moveCursor(QTextCursor.MoveOperation.End)
    QTest.keyClicks(editor, "!")
    editor.undo()
    assert editor.text() == copy.text == "I write a\nline"
    editor.undo()
    assert editor.text() == copy.text == "I "
    editor.undo()
    assert editor.text() == copy.text == ""
    for _ in range(3):
        editor.redo()
    assert editor.text() == copy.text == "I write a\nline!"


def test_a_change_without_join_is_a_step_of_its_own(editor: Editor) -> None:
    editor.set_text("x")
    editor.replace(1, 0, "a")
    editor.replace(2, 0, "b")
    editor.undo()
    assert editor.text() == "xa"


def test_a_range_that_is_not_in_the_text_is_refused(editor: Editor) -> None:
    editor.set_text("abc")
    for position, removed in ((4, 0), (2, 2), (-1, 1)):
        with pytest.raises(ValueError, match="a text of 3"):
            editor.replace(position, removed, "x")
    assert editor.text() == "abc"


def test_the_program_does_not_scroll(editor: Editor) -> None:
    editor.set_text(LONG)
    editor.move_cursor(0)
    editor.show_position(len(LONG) // 2)
    shown = editor.firstVisibleBlock().text(), editor.contentOffset()
    top = editor.firstVisibleBlock().blockNumber()
    editor.replace(0, 0, "one\ntwo\n")
    assert (editor.firstVisibleBlock().text(), editor.contentOffset()) == shown
    assert editor.firstVisibleBlock().blockNumber() == top + 2
    assert editor.textCursor().position() == 0
    editor.replace(len(editor.text()), 0, " and so on" * 40)
    assert (editor.firstVisibleBlock().text(), editor.contentOffset()) == shown


def test_following_keeps_the_end_in_view_if_it_was(editor: Editor) -> None:
    editor.set_text(LONG)
    editor.show_position(len(LONG))
    for _ in range(200):
        editor.replace(len(editor.text()), 0, " on", join=True, follow=True)
        cursor = QTextCursor(editor.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        assert editor.cursorRect(cursor).bottom() <= editor.viewport().height()
    assert editor.textCursor().position() == 0
    editor.show_position(0)
    editor.replace(len(editor.text()), 0, " on" * 100, follow=True)
    assert editor.verticalScrollBar().value() == 0


def test_what_comes_while_composing_waits(editor: Editor) -> None:
    editor.set_text("ab")
    editor.move_cursor(1)
    copy = Copy(editor)
    said: list[bool] = []
    editor.composition_changed.connect(said.append)
    compose(editor, "に")
    assert said == [True]
    editor.replace(2, 0, "model")
    copy.replace(2, 0, "model")
    assert editor.text() == "ab"
    compose(editor, "にほ")
    compose(editor, "ん", "日")  # a part is committed, the rest goes on
    assert editor.text() == copy.text == "a日bmodel"
    assert said == [True]
    editor.replace(0, 1, "A")
    copy.replace(0, 1, "A")
    compose(editor, "", "本")
    assert not editor.composing
    assert editor.text() == copy.text == "A日本bmodel"
    assert copy.edits == [(1, 0, "日"), (2, 0, "本")]
    assert said == [True, False]


@pytest.mark.parametrize("how", ["cancelled", "click", "loaded"])
def test_what_waited_is_not_lost(editor: Editor, how: str) -> None:
    editor.set_text("ab")
    compose(editor, "に")
    editor.replace(2, 0, "c")
    if how == "cancelled":
        compose(editor, "")
    elif how == "click":
        QTest.mouseClick(editor.viewport(), Qt.MouseButton.LeftButton)
    else:
        editor.set_text("new")
    assert not editor.composing
    assert editor.text() == ("new" if how == "loaded" else "abc")


def test_keys_about_a_proposal(editor: Editor) -> None:
    said: list[str] = []
    editor.tab_pressed.connect(lambda: said.append("tab"))
    editor.word_accept_pressed.connect(lambda: said.append("word"))
    editor.set_text("one two")
    editor.set_pending((3, 7))
    QTest.keyClick(editor, Key.Key_Tab)
    QTest.keyClick(editor, Key.Key_Right, Modifier.ControlModifier)
    assert said == ["tab", "word"]
    assert editor.text() == "one two"
    assert editor.textCursor().position() == 0
    editor.set_pending(None)
    QTest.keyClick(editor, Key.Key_Right, Modifier.ControlModifier)
    assert editor.textCursor().position() == 4
    QTest.keyClick(editor, Key.Key_Tab)
    assert editor.text() == "one \ttwo"
    assert said == ["tab", "word"]


def test_every_kind_of_enter_is_a_newline(editor: Editor) -> None:
    QTest.keyClicks(editor, "a")
    QTest.keyClick(editor, Key.Key_Return, Modifier.ShiftModifier)
    QTest.keyClicks(editor, "b")
    QTest.keyClick(editor, Key.Key_Return)
    assert editor.text() == "a\nb\n"


def test_rich_text_is_pasted_plain_and_copied_exactly(editor: Editor) -> None:
    data = QMimeData()
    data.setHtml("<b>bold</b>")
    data.setText("a\u00a0b")
    QGuiApplication.clipboard().setMimeData(data)
    editor.paste()
    assert editor.text() == "a\u00a0b"
    editor.selectAll()
    editor.copy()
    copied = QGuiApplication.clipboard().mimeData()
    assert copied.formats() == ["text/plain"]
    assert copied.text() == "a\u00a0b"


def drop(editor: Editor, data: QMimeData) -> bool:
    """Drop `data` on the page; whether it was taken."""
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Modifier.NoModifier
    enter = QDragEnterEvent(QPoint(200, 50), copy, data, left, none)
    QApplication.sendEvent(editor.viewport(), enter)
    event = QDropEvent(QPointF(200, 50), copy, data, left, none)
    QApplication.sendEvent(editor.viewport(), event)
    return enter.isAccepted() and event.isAccepted()


def test_a_file_is_announced_and_text_is_dropped(editor: Editor, tmp_path: Path) -> None:
    files: list[Path] = []
    editor.file_dropped.connect(files.append)
    path = tmp_path / "ä b.md"
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    assert drop(editor, data)
    assert files == [path]
    assert editor.text() == ""
    data = QMimeData()
    data.setText("words")
    assert drop(editor, data)
    assert editor.text() == "words"
    assert files == [path]


def test_the_window_can_add_to_the_menu(editor: Editor, application: QApplication) -> None:
    editor.set_text("abc")
    editor.move_cursor(2)
    asked: list[tuple[QMenu, int]] = []
    editor.menu_requested.connect(lambda menu, position: asked.append((menu, position)))
    reason = QContextMenuEvent.Reason.Keyboard
    QApplication.sendEvent(editor.viewport(), QContextMenuEvent(reason, QPoint(5, 5), QPoint(5, 5)))
    ((menu, position),) = asked
    assert position == 2
    assert menu.isVisible()
    assert any("Ctrl+V" in action.text() for action in menu.actions())
    menu.close()


def test_the_first_heading_can_be_set_and_undone(editor: Editor) -> None:
    editor.set_text("words")
    copy = Copy(editor)
    editor.set_heading("Title")
    assert editor.text() == copy.text == "# Title\n\nwords"
    editor.set_heading("Another")
    assert editor.text() == copy.text == "# Another\n\nwords"
    editor.undo()
    editor.undo()
    assert editor.text() == copy.text == "words"


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        (" mail boat came.", [5, 10, 15, 16]),
        ("\n\nOne", [5]),
        ("  ", [2]),
        ("\U0001f600 a", [2, 4]),
        ("灯台守は毎晩六時に、", [4, 9, 10]),
    ],
)
def test_a_proposal_is_taken_word_by_word(editor: Editor, text: str, ends: list[int]) -> None:
    editor.set_text(f"At {text}")
    end = len(editor.text().encode("utf-16-le")) // 2
    at, found = 3, []
    while at < end:
        at = editor.next_word_end(at, end)
        found.append(at - 3)
    assert found == ends


def test_the_unit_at_the_cursor_or_before_it(editor: Editor) -> None:
    editor.set_text("I wrote this\nand that")
    editor.set_units(Words(Word(1, 7, 0.9), Word(7, 12, 0.5), Word(16, 21, 0.5)))
    asked: list[int] = []
    editor.unit_clicked.connect(asked.append)
    for position in (0, 1, 8, 12, 14, 16):
        editor.move_cursor(position)
        editor.open_unit_at_cursor()
    assert asked == [1, 7, 7, 16]
