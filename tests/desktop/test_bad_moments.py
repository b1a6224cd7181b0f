"""Moments at which a person and the model, or two wishes, come together: nobody loses a word."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QTextEdit

from desktop.manuscript.units import Unit
from desktop.window import Window
from tests.desktop.conftest import OpenWindow, Wait
from tests.desktop.person import (
    ALT,
    CTRL,
    KEY,
    LONG,
    SHIFT,
    click_unit,
    compose,
    have_rewritten,
    paste,
    press,
    said,
    select,
    text_of,
    type_text,
    units,
)

OPENING = "The keeper wound the clock every evening at six, because"
SENTENCE = "He walked slowly to the old lamp in order to light it."

pytestmark = pytest.mark.slow


def propose(window: Window, wait: Wait) -> None:
    """Type two sentences, and have the second one rewritten."""
    type_text(window, f"{OPENING} he did. {SENTENCE} And then?")
    start = len(OPENING) + 9
    have_rewritten(window, wait, start, start + len(SENTENCE))


def spoken(window: Window) -> str:
    """What a screen reader says of the page."""
    return window.write.editor.accessibleDescription()


def pending_of(window: Window) -> tuple[int, int] | None:
    """Where the proposal stands."""
    return window.write.page.manuscript.pending


def open_unit(window: Window) -> Unit | None:
    """The unit that is looked into."""
    return window.write.looking.unit


def test_nothing_is_written_while_an_input_method_composes(
    open_window: OpenWindow, wait: Wait
) -> None:
    window = open_window()
    type_text(window, OPENING)
    wait(lambda: window.model.state == "ready")
    compose(window, "とけい")
    press(window, KEY.Key_Return, CTRL)
    assert not window.write.continuing.running
    compose(window, "", "時計")
    assert text_of(window) == f"{OPENING}時計"
    press(window, KEY.Key_Return, CTRL)
    assert window.write.continuing.running


def test_composing_stops_the_model_and_keeps_both_texts(
    open_window: OpenWindow, wait: Wait
) -> None:
    window = open_window()
    window.settings.tokens = LONG
    type_text(window, OPENING)
    press(window, KEY.Key_Return, CTRL)
    wait(lambda: len(units(window)) > 3)
    compose(window, "と")
    written = text_of(window)[len(OPENING) :]
    wait(lambda: not window.write.continuing.running)
    compose(window, "とけい")
    compose(window, "", "時計")
    assert text_of(window) == f"{OPENING}時計{written}"
    press(window, KEY.Key_Z, CTRL)
    assert text_of(window) == OPENING + written


def test_a_version_shown_while_composing_comes_before_what_is_committed(
    open_window: OpenWindow, wait: Wait
) -> None:
    window = open_window()
    type_text(window, OPENING)
    for key in (KEY.Key_Return, KEY.Key_R):
        press(window, key, CTRL)
        wait(lambda: window.write.continuing.running)
        wait(lambda: not window.write.continuing.running)
    compose(window, "と")
    passage = window.write.continuing.passage
    assert passage is not None
    versions = window.write.page.manuscript.versions(passage)
    window.write.continuing.show_version(passage, versions[0].id)
    compose(window, "", "時")
    assert "時" in text_of(window)


def test_a_change_is_accepted_by_tab_and_undone_as_one(open_window: OpenWindow, wait: Wait) -> None:
    window = open_window()
    propose(window, wait)
    before, new = text_of(window), window.write.card.new_text
    assert SENTENCE in before
    press(window, KEY.Key_Tab)
    assert text_of(window) == before.replace(SENTENCE, new)
    assert not window.write.card.isVisible()
    press(window, KEY.Key_Z, CTRL)
    assert text_of(window) == before


def test_what_is_typed_after_accepting_a_change_comes_behind_it(
    open_window: OpenWindow, wait: Wait
) -> None:
    window = open_window()
    propose(window, wait)
    before, new = text_of(window), window.write.card.new_text
    press(window, KEY.Key_Tab)
    type_text(window, " So")
    assert text_of(window) == before.replace(SENTENCE, f"{new} So")


@pytest.mark.parametrize("way", ["keys", "input method", "paste"])
def test_a_person_goes_on_behind_what_the_model_has_ended(
    open_window: OpenWindow, wait: Wait, way: str
) -> None:
    window = open_window()
    type_text(window, OPENING)
    press(window, KEY.Key_Return, CTRL)
    wait(lambda: window.write.continuing.running)
    wait(lambda: not window.write.continuing.running)
    whole = text_of(window)
    press(window, KEY.Key_Shift)
    press(window, KEY.Key_Left)
    press(window, KEY.Key_Right)
    assert pending_of(window) == (len(OPENING), len(whole))
    if way == "keys":
        type_text(window, " Mine.")
    elif way == "paste":
        paste(window, " Mine.")
    else:
        compose(window, " Mi")
        compose(window, "", " Mine.")
    assert text_of(window) == f"{whole} Mine."
    assert pending_of(window) is None
    press(window, KEY.Key_Z, CTRL)
    assert text_of(window) == whole
    press(window, KEY.Key_Z, CTRL)
    assert text_of(window) == OPENING


def test_a_change_is_refused_by_esc(open_window: OpenWindow, wait: Wait) -> None:
    window = open_window()
    propose(window, wait)
    before = text_of(window)
    press(window, KEY.Key_R, CTRL)
    assert window.write.rewriting.running
    wait(lambda: not window.write.rewriting.running)
    press(window, KEY.Key_Escape)
    assert text_of(window) == before
    assert not window.write.card.isVisible()


@pytest.mark.parametrize("running", [True, False])
def test_a_selection_that_the_person_edits_is_not_changed(
    open_window: OpenWindow, wait: Wait, running: bool
) -> None:
    window = open_window()
    propose(window, wait)
    if running:
        press(window, KEY.Key_R, CTRL)
    before = text_of(window)
    select(window, len(OPENING) + 12, len(OPENING) + 12)
    type_text(window, "!")
    assert not window.write.card.isVisible()
    wait(lambda: window.link.idle)
    press(window, KEY.Key_Home, CTRL)
    assert text_of(window) == f"{before[: len(OPENING) + 12]}!{before[len(OPENING) + 12 :]}"


def test_a_change_waits_while_the_person_writes_behind_it(
    open_window: OpenWindow, wait: Wait
) -> None:
    window = open_window()
    propose(window, wait)
    before, new = text_of(window), window.write.card.new_text
    press(window, KEY.Key_End, CTRL)
    type_text(window, " More")
    assert window.write.card.isVisible()
    press(window, KEY.Key_Tab)
    assert text_of(window) == f"{before.replace(SENTENCE, new)} More"


def test_typing_ends_the_heat_of_the_own_words_behind_it(
    open_window: OpenWindow, wait: Wait
) -> None:
    window = open_window()
    type_text(window, f"{OPENING} he did. {SENTENCE}")
    wait(lambda: window.model.state == "ready")
    press(window, KEY.Key_O, CTRL | SHIFT)
    wait(lambda: not window.write.reading.running)
    read = window.write.looking.read
    length = len(text_of(window))
    assert len(read.units_between(0, length)) > 15
    click_unit(window, read.units_between(40, length)[0])
    assert open_unit(window) is not None
    select(window, 20, 20)
    type_text(window, "x")
    assert read.units_between(0, 15)
    assert not read.units_between(21, length)
    assert open_unit(window) is None
    press(window, KEY.Key_O, CTRL | SHIFT)
    press(window, KEY.Key_O, CTRL | SHIFT)
    type_text(window, "y")
    wait(lambda: window.link.idle)
    assert text_of(window)[20:22] == "xy"
    QApplication.processEvents()


def test_what_is_not_read_of_a_long_text_is_said(
    open_window: OpenWindow, wait: Wait, home_with_starter: Path
) -> None:
    settings = home_with_starter / "settings" / "settings.json"
    settings.parent.mkdir(exist_ok=True)
    settings.write_text('{"first_run_done": true, "threads": 1, "context": 256}')
    window = open_window()
    paste(window, f"{OPENING} he did. " * 20)
    wait(lambda: window.model.state == "ready")
    press(window, KEY.Key_O, CTRL | SHIFT)
    wait(lambda: not window.write.reading.running)
    assert "longer than the model's context: its first" in said(window)
    read = window.write.looking.read
    assert not read.units_between(0, len(OPENING))
    assert read.units_between(0, len(text_of(window)))
    press(window, KEY.Key_O, CTRL | SHIFT)
    assert said(window) == ""


def test_keys_that_have_nothing_to_act_on_say_so_or_begin_at_the_cursor(
    open_window: OpenWindow, wait: Wait
) -> None:
    window = open_window()
    type_text(window, OPENING)
    press(window, KEY.Key_R, CTRL)
    assert "The model has written nothing here yet: let it continue first." in said(window)
    press(window, KEY.Key_Return, CTRL)
    wait(lambda: window.write.continuing.running)
    wait(lambda: not window.write.continuing.running)
    assert window.write.page.manuscript.record(1).model == window.model.name != ""
    press(window, KEY.Key_Right, ALT | SHIFT)
    assert open_unit(window) == units(window)[0]
    press(window, KEY.Key_Right, ALT | SHIFT)
    second = units(window)[1]
    assert open_unit(window) == second
    assert f"{100 * second.probability:.1f}\u202f% likely" in spoken(window)
    window.write.looking.close()
    assert spoken(window) == ""
    press(window, KEY.Key_End, CTRL)
    press(window, KEY.Key_Left, ALT | SHIFT)
    assert open_unit(window) == units(window)[-1]


def test_the_change_is_told_without_the_looks_of_its_letters(
    open_window: OpenWindow, wait: Wait
) -> None:
    window = open_window()
    propose(window, wait)
    card = window.write.card
    told = [view.accessibleDescription() for view in card.findChildren(QTextEdit)]
    assert told == [f"Before: {SENTENCE}\nAfter: {card.new_text}"]


def test_a_text_that_begins_with_blanks_is_continued(open_window: OpenWindow, wait: Wait) -> None:
    window = open_window()
    paste(window, " " * 1_100 + OPENING)
    press(window, KEY.Key_Return, CTRL)
    wait(lambda: window.write.continuing.running)
    wait(lambda: not window.write.continuing.running)
    assert units(window)


def test_other_workspaces_get_the_text_as_it_is(open_window: OpenWindow) -> None:
    window = open_window()
    paste(window, "10\u202f%, 5\u00a0km, 🏮")
    assert window.write.text() == window.write.text_before_cursor() == "10\u202f%, 5\u00a0km, 🏮"
