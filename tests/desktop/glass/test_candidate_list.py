"""The list of candidates as a person has it: seen, pressed, walked and read aloud."""

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QAccessible, QColor, QImage
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication

from desktop.glass.candidate_list import MOST_ROWS, CandidateList
from desktop.theme.theme import Theme
from tests.desktop.glass.conftest import Show
from tests.desktop.glass.steps import FIVE, HARBOUR, MANY, ROAD, SHORE, STREET, candidate, step


@pytest.fixture
def candidates(theme: Theme, show: Show) -> CandidateList:
    candidates = CandidateList(theme)
    candidates.show_step(step())
    show(candidates)
    return candidates


def at(candidates: CandidateList, row: int) -> QModelIndex:
    return candidates.model().index(row, 0)


def spoken(candidates: CandidateList, row: int) -> str:
    interface = QAccessible.queryAccessibleInterface(candidates)
    assert interface is not None
    child = interface.child(row)
    assert child is not None
    return str(child.text(QAccessible.Text.Name))


def tooltip(candidates: CandidateList, row: int) -> str:
    return str(at(candidates, row).data(Qt.ItemDataRole.ToolTipRole))


def bar_width(candidates: CandidateList, row: int, color: str, image: QImage, above: int) -> float:
    """The length of a row's bar in logical pixels, measured so many pixels above its middle."""
    left, width = candidates.bar_area(at(candidates, row))
    rect = candidates.visualRect(at(candidates, row))
    scale = image.devicePixelRatio()
    y = round((rect.center().y() - above) * scale)
    wanted = QColor(color)
    pixels = [
        image.pixelColor(x, y) for x in range(round(left * scale), round((left + width) * scale))
    ]
    return sum(pixel == wanted for pixel in pixels) / scale


def press(candidates: CandidateList, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(candidates, key)


def test_the_rows_are_read_aloud_as_sentences(candidates: CandidateList) -> None:
    candidates.set_other(STREET.token)
    assert spoken(candidates, 0) == (
        "harbour, 50.0 percent after the chain, 40.0 percent by the model, in the text"
    )
    assert spoken(candidates, 1).endswith("by the model, these settings would choose it")
    assert spoken(candidates, 3) == "shore, 5.0 percent by the model, removed by top-p"
    assert spoken(candidates, 4) == "bytes E6 B8, 2.0 percent by the model, removed by top-p"
    assert (
        spoken(candidates, 5) == "everything else, 18.0 percent by the model, removed by the chain"
    )


def test_white_space_is_read_aloud_by_its_signs(candidates: CandidateList) -> None:
    candidates.show_step(step([candidate(1, "\n\n", 0.9, 1.0)]))
    assert spoken(candidates, 0).startswith("↵↵, 100.0 percent")


def test_the_exact_figures_are_one_hover_away(candidates: CandidateList) -> None:
    told = tooltip(candidates, 0)
    for figure in (
        "40.0\u202f%",
        "50.0\u202f%",
        "11.584",
        "\u22120.9163",
        "Token 11",
        "20 68 61",
        "rank 1",
    ):
        assert figure in told
    assert "Removed by top-p" in tooltip(candidates, 3)


def test_what_a_model_writes_is_never_markup(candidates: CandidateList) -> None:
    candidates.show_step(step([candidate(1, "<img src=x>&amp;", 0.9, 1.0)]))
    assert "&lt;img" in tooltip(candidates, 0)
    assert "<img" not in tooltip(candidates, 0)
    assert at(candidates, 0).data() == "<img␣src=x>&amp;"


@pytest.mark.parametrize("row", [0, 1, 2])
def test_bars_are_as_long_as_the_probabilities(
    candidates: CandidateList, theme: Theme, row: int
) -> None:
    """To 2 pixels, for the ends are round. The pale bar is measured above the solid one."""
    image = candidates.viewport().grab().toImage()
    width = candidates.bar_area(at(candidates, row))[1]
    shown = (HARBOUR, STREET, ROAD)[row]
    palette = theme.palette
    solid = bar_width(candidates, row, palette.after, image, 0)
    pale = bar_width(candidates, row, palette.before, image, 5)
    assert candidates.full == 0.5
    assert solid == pytest.approx(shown.probability / 0.5 * width, abs=2)
    assert pale == pytest.approx((0.4, 0.25, 0.1)[row] / 0.5 * width, abs=4)


def test_a_removed_row_has_no_solid_bar(candidates: CandidateList, theme: Theme) -> None:
    image = candidates.viewport().grab().toImage()
    assert bar_width(candidates, 3, theme.palette.after, image, 0) == 0
    assert bar_width(candidates, 3, theme.palette.before, image, 0) > 5


def test_the_colours_follow_the_theme(candidates: CandidateList, theme: Theme) -> None:
    theme.choose("dark")
    image = candidates.viewport().grab().toImage()
    assert bar_width(candidates, 0, theme.palette.after, image, 0) > 50


def test_the_chosen_row_has_a_mark_that_is_no_colour(candidates: CandidateList) -> None:
    """What differs between the left edges of two rows is ink, not only hue."""
    candidates.clearFocus()
    candidates.set_other(STREET.token)
    image = candidates.viewport().grab().toImage()
    scale = image.devicePixelRatio()
    ground = image.pixelColor(1, 1)

    def inked(row: int) -> int:
        rect = candidates.visualRect(at(candidates, row))
        return sum(
            image.pixelColor(x, y) != ground
            for x in range(round(2 * scale), round(11 * scale))
            for y in range(round((rect.top() + 3) * scale), round((rect.bottom() - 2) * scale))
        )

    assert inked(0) > inked(1) > 0  # filled, hollow
    assert inked(2) == 0


def test_keys_walk_and_choose(candidates: CandidateList) -> None:
    chosen = QSignalSpy(candidates.chosen)
    press(candidates, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Return)
    press(candidates, Qt.Key.Key_End, Qt.Key.Key_Up, Qt.Key.Key_Space)
    press(candidates, Qt.Key.Key_Home, Qt.Key.Key_Enter)
    assert [chosen.at(n) for n in range(chosen.count())] == [[12], [15], [11]]


def test_everything_else_cannot_be_chosen(candidates: CandidateList) -> None:
    chosen = QSignalSpy(candidates.chosen)
    press(candidates, Qt.Key.Key_End, Qt.Key.Key_Return)
    assert candidates.currentIndex().row() == 5
    assert chosen.count() == 0


def test_left_and_right_walk_the_text(candidates: CandidateList) -> None:
    walked = QSignalSpy(candidates.walked)
    press(candidates, Qt.Key.Key_Left, Qt.Key.Key_Right)
    assert [walked.at(n) for n in range(2)] == [[-1], [1]]


def test_keys_of_the_window_pass(candidates: CandidateList) -> None:
    chosen = QSignalSpy(candidates.chosen)
    QTest.keyClick(candidates, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert chosen.count() == 0


def test_a_click_chooses(candidates: CandidateList) -> None:
    chosen = QSignalSpy(candidates.chosen)
    middle = candidates.visualRect(at(candidates, 3)).center()
    QTest.mouseClick(
        candidates.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(middle.x(), middle.y())
    )
    assert [chosen.at(0), chosen.count()] == [[SHORE.token], 1]


def test_nothing_is_chosen_from_what_passes_by(candidates: CandidateList) -> None:
    chosen = QSignalSpy(candidates.chosen)
    candidates.show_live(step(chosen=2))
    press(candidates, Qt.Key.Key_Return)
    assert chosen.count() == 0
    candidates.show_step(step())
    press(candidates, Qt.Key.Key_Return)
    assert chosen.count() == 1


def test_no_more_rows_at_once_than_have_room(
    candidates: CandidateList, application: QApplication
) -> None:
    row = candidates.visualRect(at(candidates, 0)).height()
    assert candidates.height() == 6 * row
    candidates.show_step(step(MANY, 2))
    application.processEvents()
    assert candidates.height() == MOST_ROWS * row
    assert candidates.verticalScrollBar().maximum() == (21 - MOST_ROWS) * row
    press(candidates, Qt.Key.Key_End)
    assert candidates.verticalScrollBar().value() == candidates.verticalScrollBar().maximum()


def test_a_hundred_candidates(candidates: CandidateList) -> None:
    hundred = [candidate(n, f"t{n}", 0.5 ** min(n + 1, 40), 0.0, "top-k") for n in range(100)]
    candidates.show_step(step(hundred, 99, rank=4_000))
    assert candidates.model().rowCount() == 101
    assert candidates.currentIndex().row() == 0
    below = candidates.below_view()
    assert below is not None
    assert below.rank == 4_001
    assert spoken(candidates, 99).endswith("removed by top-k, rank 4,001, in the text")


def test_a_token_apart_has_room_for_its_rank(candidates: CandidateList) -> None:
    candidates.show_step(step(FIVE, 4, rank=30))
    apart, plain = (candidates.visualRect(at(candidates, row)).height() for row in (4, 3))
    assert apart > plain
    assert candidates.below_view() is None
    assert candidates.currentIndex().row() == 4


def test_names_are_found_by_token(candidates: CandidateList) -> None:
    assert candidates.title_of(ROAD.token) == "␣road"
    assert candidates.title_of(999) is None
