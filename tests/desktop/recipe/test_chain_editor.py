"""The list of stages, with real keys and a real drag."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from desktop.recipe.chain_editor import ChainEditor
from desktop.recipe.recipe import Recipe
from desktop.recipe.stage_words import PARAMETERS
from desktop.recipe.value_field import ValueField
from desktop.theme.theme import Theme
from models.sampling import STAGES, User, parse_chain, stage_values
from tests.desktop.recipe.windows import (
    Shouting,
    cut_labels,
    open_window,
    tab_stops,
    tell_language_changed,
)

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
EVERY_STAGE = (
    "logit-bias 15=-2.5 > penalties(last_n=64, repeat=1.1) > dry 0.8 > user rare_words.py > "
    "top-n-sigma 1.5 > top-k 40 > typical 0.9 > top-p 0.7 > min-p 0.05 > xtc 0.5 > "
    "temperature 0.7 > dynamic-temperature(temperature=0.7, delta=0.2) > mirostat 5.0"
)


@pytest.fixture
def editor(theme: Theme) -> ChainEditor:
    editor = ChainEditor(theme)
    editor.set_recipe(Recipe.from_preset("balanced"))
    open_window(editor, 600, 800)
    return editor


@pytest.fixture
def recipes(editor: ChainEditor) -> list[Recipe]:
    """The recipes that the editor tells of."""
    told: list[Recipe] = []
    editor.recipe_changed.connect(told.append)
    return told


@pytest.fixture
def shouting(application: QApplication) -> Iterator[None]:
    translator = Shouting()
    application.installTranslator(translator)
    yield
    application.removeTranslator(translator)


def write(field: ValueField, text: str) -> None:
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)


def drag(handle: QWidget, target: QPoint) -> None:
    """Press on the handle, move in steps and let go at `target`, in the screen's pixels."""
    start = handle.mapToGlobal(handle.rect().center())
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    steps = [start + (target - start) * part / 5 for part in range(6)]
    QTest.mousePress(handle, left)
    for place in steps:
        here = QPointF(handle.mapFromGlobal(place))
        event = QMouseEvent(
            QEvent.Type.MouseMove,
            here,
            QPointF(place),
            none,
            left,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(handle, event)
    QTest.mouseRelease(handle, left, pos=handle.mapFromGlobal(target))


def open_menu(button: QPushButton) -> list[QAction]:
    menu = button.menu()
    menu.popup(button.mapToGlobal(QPoint(0, 0)))
    QApplication.processEvents()
    actions = menu.actions()
    menu.hide()
    return actions


def shown_names(editor: ChainEditor) -> list[str]:
    """The names from the top of the window downwards."""
    rows = sorted(editor.rows, key=lambda row: row.y())
    return [row.accessibleName().split(",")[0] for row in rows]


def test_a_row_is_dragged_to_another_place(editor: ChainEditor, recipes: list[Recipe]) -> None:
    first, last = editor.rows[0], editor.rows[3]
    drag(first.handle, last.mapToGlobal(QPoint(10, last.height() - 4)))
    QApplication.processEvents()
    assert [e.stage.name for e in recipes[0].entries] == ["top-p", "min-p", "temperature", "top-k"]
    assert shown_names(editor) == ["top-p", "min-p", "temperature", "top-k"]
    drag(first.handle, editor.rows[0].mapToGlobal(QPoint(10, 2)))
    assert recipes[-1] == Recipe.from_preset("balanced")
    QApplication.processEvents()
    drag(first.handle, first.mapToGlobal(QPoint(10, 30)))
    assert len(recipes) == 2


def test_a_row_is_moved_by_keyboard_and_keeps_the_focus(
    editor: ChainEditor, recipes: list[Recipe]
) -> None:
    row = editor.rows[3]
    row.setFocus()
    QTest.keyClick(row, Key.Key_Up, CONTROL)
    QTest.keyClick(row, Key.Key_Up, CONTROL)
    assert row.hasFocus()
    assert [e.stage.name for e in editor.recipe.entries][1] == "temperature"
    field = row.field("temperature")
    field.setFocus()
    QTest.keyClick(field, Key.Key_Down, CONTROL)
    assert field.hasFocus()
    assert [e.stage.name for e in recipes[-1].entries][2] == "temperature"
    for _ in range(5):
        QTest.keyClick(row, Key.Key_Up, CONTROL)
    assert recipes[-1].entries[0].stage.name == "temperature"


def test_what_chooses_the_token_stays_last(editor: ChainEditor, recipes: list[Recipe]) -> None:
    greedy = Recipe.from_text("top-k 40 > greedy")
    editor.set_recipe(greedy)
    row = editor.rows[1]
    row.setFocus()
    QTest.keyClick(row, Key.Key_Up, CONTROL)
    assert "goes on after greedy, which chooses the token" in row.complaint
    assert editor.recipe == greedy
    assert recipes == []
    QTest.keyClick(editor.rows[0].switch, Key.Key_Space)
    QTest.keyClick(row, Key.Key_Up, CONTROL)
    assert row.complaint == ""
    assert recipes[-1].to_text() == "greedy\noff top-k 40"
    switch = editor.rows[1].switch
    QTest.keyClick(switch, Key.Key_Space)
    assert not switch.isChecked()
    assert "goes on after greedy" in editor.rows[1].complaint


def test_values_are_typed_and_wrong_ones_refused(
    editor: ChainEditor, recipes: list[Recipe]
) -> None:
    row = editor.rows[1]
    field = row.field("p")
    write(field, "2")
    assert row.complaint == "top-p 2 is not a probability: choose a value above 0 and at most 1."
    assert recipes == []
    assert editor.recipe.top_p == 0.7
    write(field, "0.25")
    assert row.complaint == ""
    assert recipes[-1].top_p == 0.25
    assert field.text() == "0.25"
    QTest.keyClick(field, Key.Key_Up)
    assert recipes[-1].top_p == 0.3
    for _ in range(20):
        QTest.keyClick(field, Key.Key_Up)
    assert recipes[-1].top_p == 1.0
    write(field, "x")
    assert "is not a number" in row.complaint
    editor.set_recipe(Recipe.from_preset("story"))
    assert row.complaint == ""
    assert field.text() == "0.9"


def test_every_parameter_of_every_stage_has_its_field(editor: ChainEditor) -> None:
    for chain in (EVERY_STAGE, "greedy"):
        recipe = Recipe.from_text(chain)
        editor.set_recipe(recipe)
        for row, entry in zip(editor.rows, recipe.entries, strict=True):
            if not isinstance(entry.stage, User):
                values = stage_values(entry.stage)
                assert list(PARAMETERS[entry.stage.name]) == list(values)
                changed = recipe.changed(
                    recipe.entries.index(entry), {name: row.field(name).value() for name in values}
                )
                assert changed == recipe
    assert PARAMETERS.keys() == STAGES.keys()


def test_lists_and_biases_are_typed_as_text(editor: ChainEditor, recipes: list[Recipe]) -> None:
    editor.set_recipe(Recipe.from_text("logit-bias 15=1 > dry 0.8"))
    bias, dry = editor.rows
    write(bias.field("biases"), "15=-inf 29=2.5")
    assert recipes[-1].to_text().startswith("logit-bias 15=-inf 29=2.5 >")
    write(bias.field("biases"), "15")
    assert "is not like 15=-inf 29=2.5" in bias.complaint
    write(dry.field("breakers"), '["\\n", "-"]')
    assert stage_values(recipes[-1].entries[1].stage)["breakers"] == ["\n", "-"]
    write(dry.field("breakers"), "[1")
    assert "is not a list of texts in brackets" in dry.complaint


def test_rows_are_switched_and_removed(editor: ChainEditor, recipes: list[Recipe]) -> None:
    row = editor.rows[0]
    row.setFocus()
    QTest.keyClick(row, Key.Key_Space)
    assert not recipes[-1].entries[0].on
    assert recipes[-1].chain() == parse_chain("top-p 0.7 > min-p 0.05 > temperature 0.7")
    assert editor.text.toPlainText() == "top-p 0.7 > min-p 0.05 > temperature 0.7"
    QTest.keyClick(row, Key.Key_Delete)
    assert len(recipes[-1].entries) == len(editor.rows) == 3
    assert editor.rows[0].hasFocus()
    QTest.mouseClick(editor.rows[2].remove, Qt.MouseButton.LeftButton)
    assert recipes[-1].to_text() == "top-p 0.7 > min-p 0.05"


def test_stages_are_added_from_the_menu(editor: ChainEditor, recipes: list[Recipe]) -> None:
    editor.set_samplers(["rare_words.py", "without_letter.py"])
    offered = {action.text(): action for action in open_menu(editor.add)}
    absent = STAGES.keys() - {"user", "top-k", "top-p", "min-p", "temperature"}
    assert set(offered) == absent | {"user rare_words.py", "user without_letter.py"}
    offered["penalties"].trigger()
    assert editor.focusWidget() is editor.rows[0]
    assert recipes[-1].to_text().startswith("penalties(last_n=64, repeat=1.1) > top-k")
    {a.text(): a for a in open_menu(editor.add)}["user rare_words.py"].trigger()
    assert [e.stage.label for e in recipes[-1].entries][1] == "user rare_words.py"
    assert "penalties" not in [action.text() for action in open_menu(editor.add)]
    {a.text(): a for a in open_menu(editor.add)}["mirostat"].trigger()
    {a.text(): a for a in open_menu(editor.add)}["greedy"].trigger()
    assert "goes on after mirostat" in editor.complaint
    assert [e.stage.name for e in editor.recipe.entries][-1] == "mirostat"


def test_the_order_is_chosen(editor: ChainEditor, recipes: list[Recipe]) -> None:
    llama, temperature = open_menu(editor.order)
    assert llama.isChecked()
    assert not temperature.isChecked()
    temperature.trigger()
    assert recipes[-1].order == "temperature-first"
    assert shown_names(editor)[0] == "top-k" or editor.rows[0].accessibleName().startswith("temp")


def test_the_chain_is_edited_as_text(editor: ChainEditor, recipes: list[Recipe]) -> None:
    before = editor.recipe
    editor.text.setFocus()
    editor.text.selectAll()
    QTest.keyClicks(editor.text, "top-k 5 > ")
    assert "empty" in editor.text_complaint
    QTest.keyClick(editor.text, Key.Key_Return)
    assert (editor.recipe, recipes) == (before, [])
    QTest.keyClicks(editor.text, "greedy")
    assert editor.text_complaint == ""
    assert recipes == []
    QTest.keyClick(editor.text, Key.Key_Return)
    assert recipes[-1].to_text() == "top-k 5 > greedy"
    QTest.keyClicks(editor.text, " > top-p 0.5")
    assert "goes on after greedy" in editor.text_complaint
    editor.add.setFocus()
    assert "goes on after greedy" in editor.text_complaint
    assert editor.recipe.to_text() == "top-k 5 > greedy"
    assert [row.accessibleName().split(",")[0] for row in editor.rows] == ["top-k", "greedy"]
    editor.text.setPlainText("top-k 7")
    editor.text.setFocus()
    editor.add.setFocus()
    assert recipes[-1].to_text() == "top-k 7"
    editor.set_recipe(Recipe.from_preset("facts"))
    assert editor.text_complaint == ""
    assert parse_chain(editor.text.toPlainText()) == Recipe.from_preset("facts").chain()


def test_changes_are_undone_and_made_again(editor: ChainEditor, recipes: list[Recipe]) -> None:
    before = editor.recipe
    QTest.keyClick(editor.rows[0], Key.Key_Down, CONTROL)
    editor.rows[1].removed.emit()
    moved, removed = recipes
    for step, shown in (
        (editor.undo, moved),
        (editor.undo, before),
        (editor.undo, before),
        (editor.redo, moved),
        (editor.redo, removed),
        (editor.redo, removed),
    ):
        step()
        assert editor.recipe == shown
        assert parse_chain(editor.text.toPlainText()) == shown.chain()
    assert recipes[2:] == [moved, before, moved, removed]
    editor.set_recipe(Recipe.from_preset("facts"))
    editor.undo()
    assert editor.recipe == Recipe.from_preset("facts")


def test_setters_do_not_tell(editor: ChainEditor, recipes: list[Recipe]) -> None:
    editor.set_recipe(Recipe.from_text(EVERY_STAGE))
    editor.set_recipe(Recipe())
    assert recipes == []
    assert editor.rows == []


def test_the_tab_key_visits_everything_in_order(editor: ChainEditor) -> None:
    editor.set_recipe(Recipe.from_preset("balanced").moved(3, 0))
    stops = tab_stops(editor)
    rows = [widget for row in editor.rows for widget in row.focus_order]
    assert stops == [editor.add, editor.order, *rows, editor.text]
    assert all(stop.accessibleName() for stop in stops)


def test_nothing_is_cut_in_a_narrow_panel(editor: ChainEditor) -> None:
    editor.set_recipe(Recipe.from_text(EVERY_STAGE))
    editor.resize(360, 800)
    QApplication.processEvents()
    assert cut_labels(editor) == []
    right = editor.rect().right()
    for row in editor.rows:
        for widget in row.focus_order:
            assert widget.mapTo(editor, widget.rect().topRight()).x() <= right


@pytest.mark.usefixtures("shouting")
def test_another_language_reaches_every_text(editor: ChainEditor) -> None:
    editor.set_recipe(Recipe.from_text(EVERY_STAGE))
    tell_language_changed(editor)
    assert editor.add.text() == "[Add a stage]"
    for row in editor.rows:
        assert row.accessibleName().startswith("[")
        assert row.accessibleDescription().startswith("[")
        assert row.switch.toolTip().startswith("[")
    assert all(a.toolTip().startswith("[") for a in open_menu(editor.add))
    assert all(a.text().startswith("[") for a in open_menu(editor.order))
