"""Where everything stands on the page, and how it looks there."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QHelpEvent, QImage, QTextCursor, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip

from desktop.theme.colours import DARK, LIGHT
from desktop.theme.theme import Theme
from desktop.write.editor import Editor
from desktop.write.typesetting_view import VisibleBlock
from tests.desktop.write.units import LONG, Word, Words, compose

Key, Modifier, Left = Qt.Key, Qt.KeyboardModifier, Qt.MouseButton.LeftButton


def rectangle(editor: Editor, position: int) -> QRect:
    """Where a caret at `position` stands in the viewport."""
    cursor = QTextCursor(editor.document())
    cursor.setPosition(position)
    return editor.cursorRect(cursor)


def picture(editor: Editor) -> QImage:
    return editor.viewport().grab().toImage()


def colours(image: QImage, area: QRect) -> set[str]:
    return {
        image.pixelColor(x, y).name()
        for x in range(area.left(), area.right() + 1)
        for y in range(area.top(), area.bottom() + 1)
    }


def inside(editor: Editor, start: int, end: int) -> QRect:
    """What is behind the characters of one line, a little smaller."""
    first, last = rectangle(editor, start), rectangle(editor, end)
    return QRect(first.topLeft(), last.bottomLeft()).adjusted(3, 2, -3, -2)


@pytest.mark.parametrize("size", [12, 17, 25])
def test_lines_stand_at_even_distances(editor: Editor, size: int) -> None:
    editor.set_font_size(size)
    editor.set_text("これは mixed 行 \U0001f600 of text. " * 12)
    layout = editor.document().firstBlock().layout()
    editor.document().documentLayout().blockBoundingRect(editor.document().firstBlock())
    lines = [layout.lineAt(i) for i in range(layout.lineCount())]
    baselines = [line.y() + line.ascent() for line in lines]
    steps = {round(b - a) for a, b in pairwise(baselines)}
    assert len(lines) > 3
    assert steps == {round(size * 1.75)}


@pytest.mark.parametrize(
    "text", ["The mill stands by the river and waits. " * 9, "水車小屋の朝。" * 30]
)
def test_the_column_is_a_measure_wide_and_centred(editor: Editor, text: str) -> None:
    editor.resize(1600, 500)
    editor.set_text(text)
    block = editor.document().firstBlock()
    editor.document().documentLayout().blockBoundingRect(block)
    layout = block.layout()
    lengths = [layout.lineAt(i).textLength() for i in range(layout.lineCount() - 1)]
    most = 78 if text.isascii() else 40  # the average letter of English is a little narrower
    assert most - 15 < max(lengths) <= most
    line = layout.lineAt(0)
    right = editor.viewport().width() - line.x() - line.width()
    assert abs(line.x() - right) <= 2


def test_a_narrow_page_is_used_whole(editor: Editor) -> None:
    editor.resize(300, 500)
    editor.set_text("word " * 50)
    line = editor.document().firstBlock().layout().lineAt(0)
    assert (line.x(), line.x() + line.width()) == (28, editor.viewport().width() - 28)


def test_a_click_between_two_lines_finds_the_nearer_one(editor: Editor) -> None:
    editor.set_text(LONG)
    position = 40
    here = rectangle(editor, position)
    for y in range(here.top() - 4, here.bottom() + 5):
        QTest.mouseClick(editor.viewport(), Left, pos=QPoint(here.x(), y))
        assert editor.textCursor().position() == position
    editor.move_cursor(0)
    for y in (here.top() + 30 - 4, here.bottom() + 30 + 4):
        QTest.mouseClick(editor.viewport(), Left, pos=QPoint(here.x(), y))
        assert rectangle(editor, editor.textCursor().position()).top() == here.top() + 30


def test_a_drag_between_two_lines_selects_up_to_the_pointer(editor: Editor) -> None:
    editor.set_text(LONG)
    start, end = rectangle(editor, 10).center(), rectangle(editor, 45)
    viewport = editor.viewport()
    QTest.mousePress(viewport, Left, pos=start)
    QTest.mouseMove(viewport, QPoint(end.x(), end.bottom() + 4))
    QTest.mouseRelease(viewport, Left, pos=QPoint(end.x(), end.bottom() + 4))
    assert editor.textCursor().selectedText() == LONG[10:45]


def test_up_and_down_keep_their_column(editor: Editor) -> None:
    editor.set_text(LONG)
    editor.move_cursor(30)
    x, y = rectangle(editor, 30).x(), rectangle(editor, 30).y()
    for _ in range(6):
        QTest.keyClick(editor, Key.Key_Down)
    assert editor.cursorRect().y() > y + 5 * 30
    for _ in range(6):
        QTest.keyClick(editor, Key.Key_Up)
    assert (editor.cursorRect().x(), editor.cursorRect().y()) == (x, y)


def test_paging_goes_through_everything_and_to_the_end(editor: Editor) -> None:
    editor.set_text(LONG)
    editor.move_cursor(0)
    presses, before = 0, -1
    while editor.textCursor().position() > before:
        before = editor.textCursor().position()
        QTest.keyClick(editor, Key.Key_PageDown)
        assert editor.cursorRect().top() >= 0
        assert editor.cursorRect().bottom() <= editor.viewport().height()
        presses += 1
    assert before == len(LONG)
    assert presses > 8
    for _ in range(2 * presses):
        QTest.keyClick(editor, Key.Key_PageUp)
    assert editor.verticalScrollBar().value() == 0


def test_selecting_by_pages_reaches_the_end(editor: Editor) -> None:
    editor.set_text(LONG)
    for _ in range(100):
        QTest.keyClick(editor, Key.Key_PageDown, Modifier.ShiftModifier)
    assert editor.textCursor().selectedText().replace("\u2029", "\n") == LONG


def test_there_is_room_below_the_last_line(editor: Editor) -> None:
    editor.set_text(LONG)
    bar = editor.verticalScrollBar()
    while bar.value() < bar.maximum():
        bar.setValue(bar.maximum())
    room = editor.viewport().height() - rectangle(editor, len(LONG)).bottom()
    assert 0.3 < room / editor.viewport().height() < 0.5


@pytest.mark.parametrize("part", [0.0, 0.3, 0.7, 1.0])
def test_a_position_is_brought_into_view(editor: Editor, part: float) -> None:
    editor.set_text(LONG)
    position = int(part * len(LONG))
    editor.show_position(position)
    assert rectangle(editor, position).top() >= 0
    assert rectangle(editor, position).bottom() <= editor.viewport().height()
    assert editor.textCursor().position() == 0


def test_another_width_keeps_the_top_paragraph_and_the_text_whole(editor: Editor) -> None:
    editor.set_text(LONG)
    editor.show_position(len(LONG) // 2)
    top = editor.firstVisibleBlock().blockNumber()
    for width in (500, 1200, 700, 640):
        editor.resize(width, 600)
        assert editor.firstVisibleBlock().blockNumber() == top
    editor.set_font_size(23)
    assert editor.firstVisibleBlock().blockNumber() == top
    editor.moveCursor(QTextCursor.MoveOperation.End)
    assert editor.cursorRect().bottom() <= editor.viewport().height()
    assert editor.document().lineCount() >= 60


def test_emphasis_leaves_no_trace_in_text_and_undo(
    editor: Editor, application: QApplication
) -> None:
    editor.set_text("# One\n**two** *three*")
    application.processEvents()
    assert editor.text() == "# One\n**two** *three*"
    assert not editor.document().isUndoAvailable()
    heading = editor.document().firstBlock().layout()
    text = editor.document().lastBlock().layout()
    assert heading.lineAt(0).height() > 1.3 * text.lineAt(0).height()
    assert {f.format.fontWeight() for f in text.formats() if f.start == 2} == {700}


def test_a_heading_stays_one_while_it_is_composed(editor: Editor) -> None:
    editor.set_text("# 水")
    editor.move_cursor(3)
    tall = editor.cursorRect().height()
    compose(editor, "しゃ")
    assert editor.cursorRect().height() == tall
    compose(editor, "", "車")
    assert editor.text() == "# 水車"


def test_heat_stands_behind_its_words_alone(editor: Editor) -> None:
    editor.set_text("The river asked the mill for nothing at all.")
    editor.set_units(Words(Word(3, 9, 0.05), Word(9, 15, 0.9), Word(15, 19, 0.5)))
    seen = picture(editor)
    assert LIGHT.unsure[3] in colours(seen, inside(editor, 4, 9))
    assert not set(LIGHT.unsure) & colours(seen, inside(editor, 10, 15))
    assert LIGHT.unsure[0] in colours(seen, inside(editor, 16, 19))
    assert LIGHT.unsure[3] not in colours(seen, inside(editor, 0, 4))  # nor behind the space
    editor.set_heat_visible(False)
    assert not set(LIGHT.unsure) & colours(picture(editor), editor.viewport().rect())


def test_a_unit_over_two_lines_is_tinted_on_both(editor: Editor) -> None:
    editor.resize(300, 400)
    text = "abcdefghij " * 10
    editor.set_text(text)
    editor.set_units(Words(Word(0, len(text), 0.2)))
    seen = picture(editor)
    tops = sorted({rectangle(editor, i).center().y() for i in range(len(text))})
    assert len(tops) > 3
    x = rectangle(editor, 0).x() + 4
    for y in tops:
        assert LIGHT.unsure[2] in colours(seen, QRect(x, y - 8, 30, 16))


def test_heat_is_right_behind_characters_of_two_units(editor: Editor) -> None:
    editor.set_text("\U0001f600\U0001f600 word and more")
    editor.set_units(Words(Word(5, 9, 0.05)))
    seen = picture(editor)
    assert LIGHT.unsure[3] in colours(seen, inside(editor, 5, 9))
    assert LIGHT.unsure[3] not in colours(seen, inside(editor, 10, 13))


def test_a_bar_stands_beside_what_is_pending_and_the_open_unit_is_outlined(editor: Editor) -> None:
    editor.set_text("mmmm mmmm mmmm\nmmmm")
    editor.clearFocus()
    editor.set_pending((10, 14))
    seen = picture(editor)
    assert LIGHT.ink in colours(seen, inside(editor, 10, 14))
    pending, other = rectangle(editor, 10), rectangle(editor, 15)
    margin = other.x() - 4
    assert LIGHT.accent in colours(seen, QRect(0, pending.y(), margin, pending.height()))
    assert LIGHT.accent not in colours(seen, QRect(0, other.y(), margin, other.height()))
    editor.set_pending(None)
    assert LIGHT.accent not in colours(picture(editor), editor.viewport().rect())
    editor.set_open((5, 9))
    around = inside(editor, 5, 9).adjusted(-6, -6, 6, 6)
    assert LIGHT.accent in colours(picture(editor), around)


def test_another_scheme_tints_everything_anew(editor: Editor, theme: Theme) -> None:
    editor.set_text("# mmmm\nmmmm")
    select_all = editor.textCursor()
    select_all.select(QTextCursor.SelectionType.Document)
    editor.setTextCursor(select_all)
    area = QRect(0, 0, 400, 120)
    assert LIGHT.accent_ground in colours(picture(editor), area)
    theme.choose("dark")
    seen = colours(picture(editor), area)
    assert {DARK.paper, DARK.ink, DARK.accent_ground, DARK.faint} <= seen
    assert not {LIGHT.paper, LIGHT.ink, LIGHT.accent_ground, LIGHT.faint} & seen


def test_the_caret_is_two_pixels_of_accent(editor: Editor, still: None) -> None:
    editor.set_text("abc")
    assert editor.hasFocus()
    image, caret = picture(editor), editor.cursorRect()
    assert caret.width() == 2
    assert colours(image, caret) == {LIGHT.accent}


def test_the_placeholder_shows_while_there_is_nothing(editor: Editor) -> None:
    editor.set_placeholder("Write mmm.")
    area = QRect(0, 30, editor.viewport().width(), 60)
    assert LIGHT.dim in colours(picture(editor), area)
    compose(editor, "に")
    assert LIGHT.dim not in colours(picture(editor), area)
    compose(editor, "")
    QTest.keyClicks(editor, "i")
    assert LIGHT.dim not in colours(picture(editor), area)


def test_a_click_on_a_unit_asks_for_it(editor: Editor) -> None:
    editor.set_text("The river asked the mill.\nAnd waited.")
    editor.set_units(Words(Word(3, 9, 0.9), Word(9, 15, 0.2)))
    asked: list[int] = []
    editor.unit_clicked.connect(asked.append)
    viewport = editor.viewport()

    def point(position: int) -> QPoint:
        return rectangle(editor, position).center() + QPoint(3, 0)

    QTest.mouseClick(viewport, Left, pos=point(5))
    QTest.mouseClick(viewport, Left, pos=point(12))
    assert asked == [3, 9]
    QTest.mouseClick(viewport, Left, pos=point(0))  # no unit
    QTest.mouseClick(viewport, Left, pos=QPoint(viewport.width() - 5, point(5).y()))
    QTest.mouseClick(viewport, Left, Modifier.ShiftModifier, point(5))
    QTest.mouseClick(viewport, Qt.MouseButton.RightButton, pos=point(5))
    QTest.mousePress(viewport, Left, pos=point(4))  # a drag
    QTest.mouseMove(viewport, point(14))
    QTest.mouseRelease(viewport, Left, pos=point(14))
    assert asked == [3, 9]


def test_the_pointer_on_a_unit_brings_its_words(editor: Editor) -> None:
    editor.set_text("The river asked.")
    editor.set_units(Words(Word(3, 9, 0.47)))
    editor.tooltip_for = lambda unit: f"{unit.probability:.0%}"
    for position, text in ((5, "47%"), (12, "")):
        point = rectangle(editor, position).center() + QPoint(2, 0)
        help = QHelpEvent(QEvent.Type.ToolTip, point, editor.viewport().mapToGlobal(point))
        QApplication.sendEvent(editor.viewport(), help)
        if text:
            assert QToolTip.text() == text
        assert help.isAccepted() == bool(text)


def test_the_interface_font_is_not_the_documents(
    editor: Editor, application: QApplication, theme: Theme
) -> None:
    before = editor.document().defaultFont()
    try:
        application.setStyleSheet("QWidget { font-size: 9px; color: red; background: green; }")
        assert editor.document().defaultFont() == before
        editor.set_text("mmm")
        seen = colours(picture(editor), QRect(0, 0, 300, 100))
        assert {LIGHT.paper, LIGHT.ink} <= seen
        assert QColor("green").name() not in seen
    finally:
        application.setStyleSheet("")


def test_a_screen_reader_knows_the_page(editor: Editor) -> None:
    assert editor.accessibleName() == "Document"
    assert editor.unit_under(QPointF(0, 0)) is None


@pytest.mark.parametrize("gap", [6.0, 1.0, -3.0])
def test_what_reaches_over_a_line_belongs_to_what_is_painted(
    application: QApplication, gap: float
) -> None:
    """Also where lines stand close, as those of some scripts and fonts do."""
    document = QTextDocument("word " * 30)
    block = document.firstBlock()
    layout = block.layout()
    layout.beginLayout()
    top = 0.0
    for _ in range(3):
        line = layout.createLine()
        line.setLineWidth(120)
        line.setPosition(QPointF(0, top))
        top += line.height() + gap
    layout.endLayout()
    for number in range(2):
        end = layout.lineAt(number).y() + layout.lineAt(number).height()
        for clip in (end + 1, end + 2.5):  # the mark, and the outline
            assert number in VisibleBlock(block, QPointF(), clip, clip + 1).lines
        assert number not in VisibleBlock(block, QPointF(), end + 9, end + 10).lines
        begin = layout.lineAt(number + 1).y()
        assert number + 1 in VisibleBlock(block, QPointF(), begin - 3, begin - 1).lines
        assert number + 1 not in VisibleBlock(block, QPointF(), begin - 30, begin - 12).lines
