"""The editor says exactly what the person has changed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QInputMethodEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.write.editor import Editor
from tests.desktop.write.units import Copy, compose

TEXTS = st.text(
    alphabet="aab *_#\n\n\u00a0\u2028\u3000粉\U0001f600\U0001f601e\u0301\ufeff", max_size=12
)
KINDS = (
    *("insert", "remove", "key", "delete", "paste", "cut", "undo", "redo"),
    *("compose", "commit", "program", "join"),
)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(KINDS),
        st.integers(0, 10_000),
        st.integers(0, 10_000),
        TEXTS,
    ),
    max_size=25,
)


def act(editor: Editor, copy: Copy, kind: str, at: int, reach: int, text: str) -> None:
    """Do one thing that a person, or the program, can do."""
    cursor = editor.textCursor()
    if kind in ("program", "join"):
        position = cursor.position()
        cursor.movePosition(QTextCursor.MoveOperation.NextCharacter, n=reach % 5)
        end = cursor.position()
        before = copy.edits.copy()
        editor.replace(position, end - position, text, join=kind == "join")
        assert copy.edits == before
        if not editor.composing:
            copy.replace(position, end - position, text)
        return
    if kind not in ("undo", "redo", "commit"):
        cursor.setPosition(at % editor.document().characterCount())
        cursor.movePosition(QTextCursor.MoveOperation.NextCharacter)  # never within a pair
        if kind not in ("key", "compose"):
            count = reach % 4
            cursor.movePosition(
                QTextCursor.MoveOperation.NextCharacter, QTextCursor.MoveMode.KeepAnchor, count
            )
        editor.setTextCursor(cursor)
    match kind:
        case "insert":
            cursor.insertText(text)
        case "remove":
            cursor.removeSelectedText()
        case "key":
            QTest.keyClick(editor, [Qt.Key.Key_A, Qt.Key.Key_Return, Qt.Key.Key_Space][reach % 3])
        case "delete":
            QTest.keyClick(editor, [Qt.Key.Key_Backspace, Qt.Key.Key_Delete][reach % 2])
        case "paste":
            data = QMimeData()
            data.setText(text)
            editor.insertFromMimeData(data)
        case "cut":
            editor.cut()
        case "undo":
            editor.undo()
        case "redo":
            editor.redo()
        case "compose" | "commit":
            compose(editor, text.replace("\n", ""))
            compose(editor, "", text if kind == "commit" else "")


@settings(max_examples=60)
@given(start=TEXTS, steps=STEPS)
def test_a_copy_that_follows_the_edits_equals_the_document(
    editor: Editor, start: str, steps: list[tuple[str, int, int, str]]
) -> None:
    editor.set_text(start)
    copy = Copy(editor)
    try:
        for step in steps:
            act(editor, copy, *step)
            assert copy.text == editor.text()
            assert editor.document().toRawText().replace("\u2029", "\n") == copy.text
    finally:
        editor.edited.disconnect(copy.follow)


def test_everything_undone_is_the_text_as_it_was_loaded(editor: Editor) -> None:
    editor.set_text("one\u00a0two\n\U0001f600")
    copy = Copy(editor)
    QTest.keyClicks(editor, "abc")
    editor.replace(0, 3, "")
    copy.replace(0, 3, "")
    editor.selectAll()
    editor.cut()
    while editor.document().isUndoAvailable():
        editor.undo()
    assert copy.text == editor.text() == "one\u00a0two\n\U0001f600"


def test_loading_is_exact_silent_and_cannot_be_undone(editor: Editor) -> None:
    copy = Copy(editor)
    QTest.keyClicks(editor, "x")
    text = "a\u00a0b\u2028c\n\n\u3000日本\U0001f600\ufffc\n"
    editor.set_text(text)
    assert editor.text() == text
    assert not editor.document().isUndoAvailable()
    assert len(copy.edits) == 1


def test_line_ends_of_other_kinds_become_newlines(editor: Editor) -> None:
    editor.set_text("a\r\nb\u2029c\rd")
    assert editor.text() == "a\nb\nc\nd"
    editor.replace(1, 1, "\r\n")
    assert editor.text() == "a\nb\nc\nd"


def test_a_commit_is_only_what_was_committed(editor: Editor) -> None:
    """Qt reports the whole paragraph."""
    editor.set_text("粉屋は毎朝早く起きた。\n次の段落")
    editor.move_cursor(3)
    copy = Copy(editor)
    compose(editor, "たしか")
    compose(editor, "", "確か")
    assert copy.edits == [(3, 0, "確か")]


def test_composing_over_a_selection_removes_it_at_once(editor: Editor) -> None:
    editor.set_text("one two three")
    cursor = editor.textCursor()
    cursor.setPosition(4)
    cursor.setPosition(8, QTextCursor.MoveMode.KeepAnchor)
    editor.setTextCursor(cursor)
    copy = Copy(editor)
    compose(editor, "に")
    assert copy.text == editor.text() == "one three"
    compose(editor, "", "二")
    assert copy.text == editor.text() == "one 二three"


def test_half_a_character_is_never_told(editor: Editor) -> None:
    """Two emoji share the first half of their surrogate pairs; an input method replaces one."""
    editor.set_text("a\U0001f600b")
    editor.move_cursor(3)
    copy = Copy(editor)
    event = QInputMethodEvent()
    event.setCommitString("\U0001f601", -2, 2)
    QApplication.sendEvent(editor, event)
    assert copy.edits == [(1, 2, "\U0001f601")]
    assert editor.text() == "a\U0001f601b"


@pytest.mark.parametrize("scrolled", [False, True])
def test_formats_that_were_set_while_scrolling_are_no_change(
    editor: Editor, application: QApplication, scrolled: bool
) -> None:
    editor.set_text("# heading\n" + "*some* **text**\n" * 200)
    if scrolled:
        bar = editor.verticalScrollBar()
        bar.setValue(bar.maximum())
    application.processEvents()
    reported: list[tuple[int, int, int]] = []
    editor.document().contentsChange.connect(lambda *change: reported.append(change))
    editor.move_cursor(9)
    QTest.keyClicks(editor, "s")
    assert reported == [(9, 0, 1)]
