"""The bar under the page, with real keys and clicks."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QSlider

from desktop.recipe.control_bar import UNTIL_IT_ENDS, ControlBar
from desktop.recipe.recipe import Recipe
from desktop.recipe.stage_words import _PRESETS
from desktop.recipe.value_slider import ValueSlider
from desktop.theme.theme import Theme
from models.sampling import PRESETS
from tests.desktop.recipe.windows import (
    Shouting,
    cut_labels,
    open_window,
    tab_stops,
    tell_language_changed,
)

Key = Qt.Key


@pytest.fixture
def bar(theme: Theme) -> ControlBar:
    bar = ControlBar(theme)
    open_window(bar, 960, 60)
    return bar


@pytest.fixture
def recipes(bar: ControlBar) -> list[Recipe]:
    """The recipes that the bar tells of."""
    told: list[Recipe] = []
    bar.recipe_changed.connect(told.append)
    return told


@pytest.fixture
def shouting(application: QApplication) -> Iterator[None]:
    translator = Shouting()
    application.installTranslator(translator)
    yield
    application.removeTranslator(translator)


def slider_of(value: ValueSlider) -> QSlider:
    return value.findChildren(QSlider)[0]


def text_of(value: ValueSlider) -> QLineEdit:
    return value.findChildren(QLineEdit)[0]


def test_arrow_keys_step_the_temperature(bar: ControlBar, recipes: list[Recipe]) -> None:
    slider = slider_of(bar.temperature)
    slider.setFocus()
    QTest.keyClick(slider, Key.Key_Right)
    assert [recipe.temperature for recipe in recipes] == [0.75]
    assert text_of(bar.temperature).text() == "0.75"
    QTest.keyClick(slider, Key.Key_Home)
    assert recipes[-1].to_text().endswith("off temperature 0.75\ngreedy")
    for _ in range(15):
        QTest.keyClick(slider, Key.Key_Right)
    QTest.keyClick(slider, Key.Key_Left)
    assert recipes[-1].preset == "balanced"
    assert bar.preset_menu.text() == "Balanced"


def test_a_click_takes_the_handle_there(bar: ControlBar, recipes: list[Recipe]) -> None:
    slider = slider_of(bar.top_p)
    QTest.mouseClick(slider, Qt.MouseButton.LeftButton, pos=slider.rect().center())
    assert recipes[0].top_p == pytest.approx((0.05 + 1) / 2, abs=0.04)
    assert recipes[0].temperature == 0.7


@pytest.mark.parametrize(
    ("typed", "value"), [("1.25", 1.25), ("0,4", 0.4), ("9", 2.0), ("1.5", 1.5)]
)
def test_digits_on_the_slider_are_typed(
    bar: ControlBar, recipes: list[Recipe], typed: str, value: float
) -> None:
    slider, text = slider_of(bar.temperature), text_of(bar.temperature)
    slider.setFocus()
    QTest.keyClicks(slider, typed[0])
    assert text.hasFocus()
    QTest.keyClicks(text, typed[1:])
    assert recipes == []
    QTest.keyClick(text, Key.Key_Return)
    assert [recipe.temperature for recipe in recipes] == [value]
    assert slider.hasFocus()


def test_escape_leaves_the_value_as_it_was(bar: ControlBar, recipes: list[Recipe]) -> None:
    text = text_of(bar.top_p)
    QTest.mouseDClick(text, Qt.MouseButton.LeftButton)
    text.setFocus()
    text.selectAll()
    QTest.keyClicks(text, "0.2")
    QTest.keyClick(text, Key.Key_Escape)
    assert text.text() == "0.70"
    text.setFocus()
    text.selectAll()
    QTest.keyClicks(text, "much")
    QTest.keyClick(text, Key.Key_Return)
    assert text.text() == "0.70"
    assert recipes == []


def test_a_value_beyond_the_slider_is_shown_as_it_is(
    bar: ControlBar, recipes: list[Recipe]
) -> None:
    bar.set_recipe(Recipe.from_text("temperature 3.5"))
    assert text_of(bar.temperature).text() == "3.50"
    assert bar.preset_menu.text() == "Custom"
    assert recipes == []


def test_a_preset_is_chosen_by_keyboard(bar: ControlBar, recipes: list[Recipe]) -> None:
    bar.preset_menu.setFocus()
    QTest.keyClick(bar.preset_menu, Key.Key_Down)
    rows = bar.preset_menu.list.rows
    assert rows.isVisible()
    assert rows.currentItem().text() == "Balanced"
    QTest.keyClick(rows, Key.Key_Down)
    QTest.keyClick(rows, Key.Key_Down)
    QTest.keyClick(rows, Key.Key_Return)
    assert recipes == [Recipe.from_preset("story")]
    assert not rows.isVisible()
    assert bar.preset_menu.text() == "Story"
    assert text_of(bar.temperature).text() == "1.40"


def test_a_preset_is_chosen_by_mouse(bar: ControlBar, recipes: list[Recipe]) -> None:
    QTest.mouseClick(bar.preset_menu, Qt.MouseButton.LeftButton)
    rows = bar.preset_menu.list.rows
    facts = rows.visualItemRect(rows.item(1))
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=facts.center())
    assert recipes == [Recipe.from_preset("facts")]
    assert bar.temperature.value == 0


def test_every_preset_and_reason_is_marked_for_translation() -> None:
    assert set(_PRESETS) == {t for p in PRESETS.values() for t in (p.title, p.reason)}


def test_the_button_continues_and_stops(bar: ControlBar) -> None:
    heard: list[str] = []
    bar.continue_clicked.connect(lambda: heard.append("continue"))
    bar.stop_clicked.connect(lambda: heard.append("stop"))
    bar.another_clicked.connect(lambda: heard.append("another"))
    QTest.keyClick(bar.go_on, Key.Key_Space)
    width = bar.go_on.width()
    bar.set_generating(True)
    QApplication.processEvents()
    assert bar.go_on.accessibleName() == "Stop"
    assert bar.go_on.width() == width
    assert not bar.another.isEnabled()
    QTest.mouseClick(bar.go_on, Qt.MouseButton.LeftButton)
    bar.set_generating(False)
    QTest.mouseClick(bar.another, Qt.MouseButton.LeftButton)
    assert heard == ["continue", "stop", "another"]


def test_bos_and_length_tell_what_was_chosen_and_setters_do_not(bar: ControlBar) -> None:
    special: list[bool] = []
    tokens: list[int] = []
    bar.special_changed.connect(special.append)
    bar.tokens_changed.connect(tokens.append)
    bar.set_special(True)
    bar.set_tokens(256)
    assert bar.length.text() == "256 tokens"
    QTest.keyClick(bar.special, Key.Key_Space)
    QTest.mouseClick(bar.special, Qt.MouseButton.LeftButton, pos=QPoint(3, 8))
    bar.length.menu().actions()[-1].trigger()
    bar.length.menu().actions()[-1].trigger()
    assert special == [False, True]
    assert tokens == [UNTIL_IT_ENDS]
    assert bar.length.text() == "until it ends"


@pytest.mark.parametrize("width", [600, 960, 1400])
@pytest.mark.parametrize("dressed", [False, True])
def test_nothing_is_cut(theme: Theme, application: QApplication, width: int, dressed: bool) -> None:
    sheet = application.styleSheet()
    if dressed:
        theme.dress(application)
    try:
        bar = ControlBar(theme)
        bar.set_tokens(UNTIL_IT_ENDS)
        open_window(bar, width, 60)
        assert bar.minimumSizeHint().width() <= 600
        bar.resize(width, bar.sizeHint().height())
        QApplication.processEvents()
        assert cut_labels(bar) == []
        top = bar.preset_menu.mapTo(bar, QPoint(0, bar.preset_menu.height())).y()
        in_one_row = bar.another.mapTo(bar, QPoint(0, 0)).y() < top
        assert in_one_row if width == 1400 else width == 960 or not in_one_row
    finally:
        application.setStyleSheet(sheet)


def test_the_tab_key_visits_everything_and_all_of_it_has_a_name(bar: ControlBar) -> None:
    stops = tab_stops(bar)
    assert stops == [
        bar.preset_menu,
        slider_of(bar.temperature),
        slider_of(bar.top_p),
        bar.special,
        bar.length,
        bar.another,
        bar.go_on,
    ]
    assert all(stop.accessibleName() and stop.toolTip() for stop in stops)


@pytest.mark.usefixtures("shouting")
def test_another_language_reaches_every_text(bar: ControlBar) -> None:
    tell_language_changed(bar)
    assert bar.preset_menu.text() == "[Balanced]"
    assert bar.length.text() == "[64 tokens]"
    assert bar.special.text() == "[BOS]"
    assert bar.go_on.accessibleName() == "[Continue]"
    rows = bar.preset_menu.list.rows
    assert all(rows.item(row).text().startswith("[") for row in range(rows.count()))
    assert all(
        stop.accessibleName().startswith("[") and stop.toolTip().startswith("[")
        for stop in tab_stops(bar)
    )
