"""Editor and manuscript stay the same, whoever changes which."""

from __future__ import annotations

import pytest

from desktop.manuscript.manuscript import Manuscript
from desktop.write.editor import Editor
from desktop.write.page import Page
from tests.desktop.manuscript.writing import ListLog, make_record, make_steps


def write(page: Page, text: str, *, passage: int | None = None) -> int:
    """A model writes at the start, or another version of a passage; returns the passage."""
    manuscript = page.manuscript
    record = make_record(manuscript)
    if passage is None:
        manuscript.begin(record, 0)
    else:
        page.apply(manuscript.begin_another(record, passage))
    page.apply(manuscript.write(record.id, make_steps([text])), join=passage is not None)
    manuscript.end(record.id, "length")
    found = manuscript.passage_at(1)
    assert found is not None
    return found.id


@pytest.mark.parametrize("behind", [False, True])
@pytest.mark.parametrize(("first", "second"), [("a😀b", "a😁b"), ("\U00020637b", "\U00020a37b")])
def test_versions_that_share_half_a_character_are_walked(
    editor: Editor, first: str, second: str, behind: bool
) -> None:
    page = Page(editor, Manuscript.create("desk", ListLog(), " end"))
    passage = write(page, first)
    write(page, second, passage=passage)
    assert editor.text() == f"{second} end"
    for version in page.manuscript.versions(passage):
        editor.move_cursor(page.manuscript.length if behind else 0)
        page.apply(page.manuscript.show_version(passage, version.id))
        assert editor.text() == page.manuscript.text
        assert editor.toPlainText() == page.manuscript.text
        assert editor.textCursor().position() == (page.manuscript.length if behind else 0)
    assert page.manuscript.text == f"{second} end"
