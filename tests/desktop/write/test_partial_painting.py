"""What is painted anew after a change is enough: the page looks as if all of it had been."""

import random

import msgspec
import pytest
from PySide6.QtGui import QImage, QTextCursor
from PySide6.QtWidgets import QApplication

from desktop.manuscript.manuscript import Manuscript
from desktop.write.editor import Editor
from desktop.write.page import Page
from desktop.write.read_units import ReadUnits
from models.engine.protocol import Step
from tests.desktop.manuscript.writing import ListLog, make_record, make_steps

TEXT = (
    "# The mill\n\nThe mill stood where **two rivers** met, and it ground what either of them "
    "brought, day after day, until nobody knew whose flour it was.\n\n水車小屋の朝は早い。"
    "川の音で目が覚める。\n\n*Nobody* asked.\n"
)
WORDS = (
    *(" the", " river", " and", " ground", ",", " un", "usually", " long", " a" * 30, "\n", "\n\n"),
    *("**", "*", "# ", " 水", "車", "\U0001f33e", "x" * 60),
)


def painted(editor: Editor) -> QImage:
    """What is on the screen now."""
    for _ in range(3):  # a scroll asks for a painting of its own
        QApplication.processEvents()
    return editor.screen().grabWindow(editor.winId()).toImage()


def check(editor: Editor, what: str) -> None:
    partly = painted(editor)
    editor.viewport().update()
    assert partly == painted(editor), what


def surer(steps: list[Step], chance: random.Random) -> list[Step]:
    """The steps with probabilities of their own: some are tinted, some are not."""
    return [
        msgspec.structs.replace(step, probability=p, logprob=-2.5 * (1 - p))
        for step in steps
        for p in [chance.random()]
    ]


@pytest.mark.parametrize("seed", range(3))
def test_partial_painting_is_enough(editor: Editor, still: None, seed: int) -> None:
    chance = random.Random(seed)
    manuscript = Manuscript.create("page", ListLog(), TEXT)
    page = Page(editor, manuscript)
    read = ReadUnits(page)
    read.add(0, surer(make_steps(["# ", "The", " mill"]), chance))
    check(editor, "the text that was set")
    for turn in range(6):
        record = make_record(manuscript)
        position = chance.choice([manuscript.length, chance.randrange(len("# The mill\n\nThe "))])
        manuscript.begin(record, position)
        first = 0
        for piece in range(5):
            texts = [chance.choice(WORDS) for _ in range(chance.randrange(1, 5))]
            change = manuscript.write(record.id, surer(make_steps(texts, first), chance))
            page.apply(change, join=piece > 0, follow=True)
            first += len(texts)
            check(editor, f"turn {turn}: the model wrote {texts} at {change.position}")
        manuscript.end(record.id, "length")
        page.show_pending()
        cursor = QTextCursor(editor.document())
        at = chance.randrange(manuscript.length)
        cursor.setPosition(at)
        if chance.random() < 0.5:
            cursor.setPosition(min(at + 9, manuscript.length), QTextCursor.MoveMode.KeepAnchor)
        word = chance.choice(WORDS)
        cursor.insertText(word)
        check(editor, f"turn {turn}: the person wrote {word!r} at {at}")
        if chance.random() < 0.3:
            editor.undo()
            check(editor, f"turn {turn}: undone")


def test_a_mark_dresses_the_lines_before_it(editor: Editor, still: None) -> None:
    editor.set_text(f"**{'the river and the mill ' * 12}")
    editor.replace(len(editor.text()), 0, "wheel*")
    check(editor, "one asterisk")
    editor.replace(len(editor.text()), 0, "*")
    check(editor, "two, which close what the first two have opened")


def test_a_word_that_grows_leaves_the_line_before(editor: Editor, still: None) -> None:
    editor.set_text(f"{'a mill ' * 9}ground {'a river ' * 30}")
    layout = editor.document().firstBlock().layout()
    end = editor.text().index("ground") + len("ground")
    assert layout.lineForTextPosition(end).lineNumber() == 0
    check(editor, "as it was set")
    editor.replace(end, 0, "s" * 30)
    assert layout.lineForTextPosition(end).lineNumber() == 1
    check(editor, "it went down")


def test_what_was_read_is_no_longer_tinted_behind_a_change(editor: Editor, still: None) -> None:
    words = ["The", *("\nmill and river" for _ in range(8))]
    manuscript = Manuscript.create("page", ListLog(), "".join(words))
    page = Page(editor, manuscript)
    read = ReadUnits(page)
    read.add(0, surer(make_steps(words), random.Random(7)))
    editor.refresh_heat()
    check(editor, "as it was read")
    record = make_record(manuscript)
    manuscript.begin(record, 3)
    page.apply(manuscript.write(record.id, make_steps([" old"])))
    check(editor, "the model wrote near the beginning")
