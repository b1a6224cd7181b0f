"""The line of uncertainty."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QSignalSpy, QTest

from desktop.glass.timeline import SHOWN, Timeline
from desktop.theme.theme import Theme
from tests.desktop.glass.conftest import Show


@pytest.fixture
def timeline(theme: Theme, show: Show) -> Timeline:
    timeline = Timeline(theme)
    timeline.set_values(np.linspace(0.0, 2.0, SHOWN), 100, 130)
    show(timeline)
    return timeline


def picks(timeline: Timeline, *keys: Qt.Key) -> list[int]:
    picked = QSignalSpy(timeline.picked)
    for key in keys:
        QTest.keyClick(timeline, key)
    return [picked.at(n)[0] for n in range(picked.count())]


def test_the_arrow_keys_pick_the_neighbours(timeline: Timeline) -> None:
    left, right = Qt.Key.Key_Left, Qt.Key.Key_Right
    assert picks(timeline, left, left, right) == [129, 128, 129]
    assert picks(timeline, Qt.Key.Key_Home, left) == [100, 100]
    assert picks(timeline, Qt.Key.Key_End, right) == [160, 160]


def test_without_an_open_token_the_newest_comes_first(timeline: Timeline) -> None:
    timeline.set_values(np.ones(30), 5)
    assert picks(timeline, Qt.Key.Key_Left, Qt.Key.Key_Left) == [34, 33]


def test_a_click_picks_the_nearest_token(timeline: Timeline) -> None:
    picked = QSignalSpy(timeline.picked)
    for index in (100, 117, 160):
        spot = QPoint(round(timeline.x_of(index)), 30)
        QTest.mouseClick(timeline, Qt.MouseButton.LeftButton, pos=spot)
    QTest.mouseClick(timeline, Qt.MouseButton.LeftButton, pos=QPoint(timeline.width() - 1, 5))
    assert [picked.at(n) for n in range(4)] == [[100], [117], [160], [160]]


def test_nothing_is_picked_where_nothing_is(timeline: Timeline) -> None:
    timeline.set_values(np.empty(0))
    QTest.mouseClick(timeline, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    assert picks(timeline, Qt.Key.Key_Left, Qt.Key.Key_End) == []
    assert timeline.mean_entropy is None
    timeline.grab()


@pytest.mark.parametrize("count", [1, 2, 20, 61, 500])
def test_every_length_is_drawn(timeline: Timeline, count: int) -> None:
    timeline.set_values(np.ones(count, np.float32), 0, 0)
    timeline.grab()
    assert timeline.index_at(timeline.x_of(0)) == 0
    assert 0 <= timeline.x_of(0) < timeline.width()


def test_the_open_token_of_a_long_text_is_in_view(timeline: Timeline) -> None:
    timeline.set_values(np.ones(500), 0, 240)
    assert 0 < timeline.x_of(240) < timeline.width()
    timeline.set_values(np.ones(500), 0, 470)
    assert timeline.x_of(499) == pytest.approx(timeline.width(), abs=8)


def test_the_line_is_as_high_as_the_entropy(timeline: Timeline, theme: Theme) -> None:
    """The tint below the line is measured at three places; the last is the highest of all."""
    timeline.set_values(np.linspace(0.0, 4.0, SHOWN), 0)
    timeline.clearFocus()
    image = timeline.grab().toImage()
    scale = image.devicePixelRatio()
    tint = QColor(theme.palette.accent_ground)

    def height(index: int) -> float:
        x = round(timeline.x_of(index) * scale)
        return sum(image.pixelColor(x, y) == tint for y in range(round(70 * scale))) / scale

    full = 72 / 1.08  # the chart's height, less the room above its largest value
    for index in (15, 30, 45):
        assert height(index) == pytest.approx(full * index / 60, abs=5)


def test_the_mean_is_that_of_what_is_shown(timeline: Timeline) -> None:
    timeline.set_values(np.concatenate([np.full(500, 9.0), np.full(SHOWN, 1.5)]))
    assert timeline.mean_entropy == pytest.approx(1.5)


def test_it_says_what_it_shows(timeline: Timeline) -> None:
    assert timeline.accessibleName() == "Uncertainty, token by token"
    picks(timeline, Qt.Key.Key_End)
    assert timeline.accessibleDescription() == (
        "Token 61 of 61: as sure as a choice among 7.4 (entropy 2.00 nats)"
    )


def test_charts_with_one_top_have_one_scale(timeline: Timeline) -> None:
    flat = np.full(SHOWN, 2.0)
    timeline.set_values(flat)
    before = timeline.grab().toImage()
    timeline.set_top(8.0)
    timeline.set_values(flat)
    assert timeline.grab().toImage() != before
    timeline.set_top(0.0)
    assert timeline.grab().toImage() == before
