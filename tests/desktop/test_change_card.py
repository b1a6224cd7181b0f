"""A change of the selection: its answers on the card, and what is known of them in the text."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

from desktop.window import Window
from tests.desktop.conftest import OpenWindow, Wait
from tests.desktop.person import (
    CTRL,
    KEY,
    SHIFT,
    have_rewritten,
    press,
    said,
    select,
    text_of,
    type_text,
    units,
)

OPENING = "The keeper wound the clock. "
SENTENCE = "He walked slowly to the old lamp in order to light it."
START, END = len(OPENING), len(OPENING) + len(SENTENCE)

pytestmark = pytest.mark.slow


def propose(window: Window, wait: Wait) -> None:
    """Have the second of three sentences rewritten."""
    type_text(window, f"{OPENING}{SENTENCE} And then?")
    have_rewritten(window, wait, START, END)


def ask_again(window: Window, wait: Wait) -> None:
    """Press Ctrl+R and let the model write to its end."""
    press(window, KEY.Key_R, CTRL)
    assert window.write.rewriting.running
    wait(lambda: not window.write.rewriting.running)


def shows(window: Window, words: str) -> bool:
    """Whether these words stand on the card or in the glass."""
    labels = [
        *window.write.card.findChildren(QLabel),
        *window.write.glass.findChildren(QLabel),
    ]
    return any(words in label.text() for label in labels if label.isVisible())


def try_other_temperature(window: Window) -> None:
    """Open the first word of the change, and move the slider."""
    window.write.looking.open(units(window)[0])
    window.write.bar.temperature.setFocus()
    press(window, KEY.Key_Right)


def test_a_word_of_an_accepted_change_is_decided_again(open_window: OpenWindow, wait: Wait) -> None:
    window = open_window()
    propose(window, wait)
    press(window, KEY.Key_Tab)
    try_other_temperature(window)
    wait(lambda: shows(window, "With these settings"))
    assert said(window) == ""


@pytest.mark.parametrize("job", [None, 10_000])
def test_figures_that_are_gone_are_said_in_the_panel_alone(
    open_window: OpenWindow, wait: Wait, job: int | None
) -> None:
    window = open_window()
    propose(window, wait)
    press(window, KEY.Key_Tab)
    jobs = window.write.continuing.engine_jobs
    jobs.clear()
    if job is not None:
        jobs[units(window)[0].generation] = job
    try_other_temperature(window)
    words = "no longer in memory" if job is None else "no longer kept"
    wait(lambda: shows(window, words))
    assert said(window) == ""
    press(window, KEY.Key_Left)
    wait(lambda: not shows(window, words))


def test_earlier_answers_stay_on_the_card(open_window: OpenWindow, wait: Wait) -> None:
    window = open_window()
    card = window.write.card
    propose(window, wait)
    before, first = text_of(window), card.new_text
    assert not card.previous_link.isVisible()
    ask_again(window, wait)
    second = card.new_text
    assert second != first
    assert shows(window, "2 of 2")
    card.previous_link.setFocus()
    press(window, KEY.Key_Space)
    assert card.new_text == first
    assert shows(window, "1 of 2")
    card.next_link.setFocus()
    press(window, KEY.Key_Space)
    assert card.new_text == second
    press(window, KEY.Key_Space)
    assert card.new_text == first
    window.write.editor.setFocus()
    press(window, KEY.Key_Tab)
    assert text_of(window) == before.replace(SENTENCE, first)
    unit = units(window)[0]
    assert window.write.page.manuscript.record(unit.generation).seed == 7


def test_the_answers_are_on_the_card_when_the_document_is_opened_again(
    open_window: OpenWindow, wait: Wait
) -> None:
    window = open_window()
    propose(window, wait)
    first = window.write.card.new_text
    ask_again(window, wait)
    before, second = text_of(window), window.write.card.new_text
    window.main.close()
    again = open_window()
    card = again.write.card
    assert text_of(again) == before
    assert card.isVisible()
    assert card.new_text == second
    assert shows(again, "Rewrite the selection")
    assert shows(again, "2 of 2")
    card.previous_link.click()
    assert card.new_text == first
    again.write.editor.setFocus()
    press(again, KEY.Key_Tab)
    assert text_of(again) == before.replace(SENTENCE, first)
    again.write.looking.open(units(again)[0])
    assert again.write.looking.unit == units(again)[0]
    again.main.close()
    assert not open_window().write.card.isVisible()


def test_an_answer_that_was_refused_does_not_come_back(open_window: OpenWindow, wait: Wait) -> None:
    window = open_window()
    propose(window, wait)
    press(window, KEY.Key_Escape)
    window.main.close()
    assert not open_window().write.card.isVisible()


def test_closing_while_an_answer_comes_keeps_what_came(open_window: OpenWindow, wait: Wait) -> None:
    window = open_window()
    window.write.rewriting.written.connect(window.main.close)
    type_text(window, f"{OPENING}{SENTENCE} And then?")
    select(window, START, END)
    press(window, KEY.Key_R, CTRL | SHIFT)
    wait(lambda: not window.main.isVisible())
    card = open_window().write.card
    assert card.isVisible()
    assert card.new_text


def test_an_answer_to_words_that_are_others_by_now_does_not_come_back(
    open_window: OpenWindow, wait: Wait
) -> None:
    """A kill may fall between a change of these words and what it does to the card."""
    window = open_window()
    propose(window, wait)
    window.write.page.changed.disconnect(window.write.rewriting._follow_change)
    select(window, START + 3, START + 3)
    type_text(window, "s")
    window.main.close()
    again = open_window()
    assert f"He swalked{SENTENCE[9:]}" in text_of(again)
    assert not again.write.card.isVisible()
    assert again.write.page.manuscript.request is None


def test_the_answers_stay_with_a_document_that_cannot_be_left(
    open_window: OpenWindow, wait: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window()
    propose(window, wait)
    before, new = text_of(window), window.write.card.new_text
    monkeypatch.setattr(window.journal, "flush", lambda: False)
    press(window, KEY.Key_N, CTRL)
    assert text_of(window) == before
    assert window.write.card.new_text == new
    monkeypatch.undo()
    press(window, KEY.Key_Tab)
    assert text_of(window) == before.replace(SENTENCE, new)


def test_without_its_model_an_answer_can_still_be_accepted(
    open_window: OpenWindow, wait: Wait, home_with_starter: Path, starter_path: Path
) -> None:
    window = open_window()
    propose(window, wait)
    before, new = text_of(window), window.write.card.new_text
    window.main.close()
    (home_with_starter / "models" / starter_path.name).unlink()
    again = open_window()
    wait(lambda: "model" in again.main.notices.keys)
    press(again, KEY.Key_R, CTRL)
    assert not again.write.rewriting.running
    assert again.write.card.new_text == new
    press(again, KEY.Key_Tab)
    assert text_of(again) == before.replace(SENTENCE, new)


def test_titles_that_were_offered_are_offered_again(open_window: OpenWindow, wait: Wait) -> None:
    window = open_window()
    type_text(window, f"{OPENING}{SENTENCE}")
    press(window, KEY.Key_T, CTRL | SHIFT)
    wait(lambda: window.write.rewriting.proposing and not window.write.rewriting.running)
    title = window.write.card.new_text
    window.main.close()
    again = open_window()
    assert again.write.card.new_text == title
    press(again, KEY.Key_Tab)
    assert text_of(again).startswith(f"# {title}")
    again.main.close()
    assert not open_window().write.card.isVisible()


def test_an_answer_that_brings_nothing_leaves_the_one_before(
    open_window: OpenWindow, wait: Wait
) -> None:
    window = open_window()
    propose(window, wait)
    first = window.write.card.new_text
    press(window, KEY.Key_R, CTRL)
    press(window, KEY.Key_Escape)
    wait(lambda: not window.write.rewriting.running)
    answers = 1 + shows(window, "2 of 2")
    if answers == 2:
        window.write.card.turned.emit(-1)
    assert window.write.card.new_text == first
    assert window.write.card.ready


@pytest.mark.parametrize("running", [True, False])
def test_a_change_follows_what_is_typed_before_it(
    open_window: OpenWindow, wait: Wait, running: bool
) -> None:
    window = open_window()
    propose(window, wait)
    if running:
        press(window, KEY.Key_R, CTRL)
    before = text_of(window)
    select(window, 0, 0)
    type_text(window, "Now: ")
    select(window, START + 5, START + 5)
    type_text(window, "x")
    press(window, KEY.Key_Backspace)
    assert window.write.card.isVisible()
    wait(lambda: not window.write.rewriting.running)
    new = window.write.card.new_text
    press(window, KEY.Key_Tab)
    assert text_of(window) == f"Now: {before.replace(SENTENCE, new)}"


def test_a_change_follows_what_is_deleted_before_it(open_window: OpenWindow, wait: Wait) -> None:
    window = open_window()
    propose(window, wait)
    before, new = text_of(window), window.write.card.new_text
    select(window, 0, START)
    press(window, KEY.Key_Delete)
    press(window, KEY.Key_Tab)
    assert text_of(window) == before.replace(SENTENCE, new)[START:]


def test_the_card_speaks_the_language_of_the_window(open_window: OpenWindow, wait: Wait) -> None:
    window = open_window()
    propose(window, wait)
    assert shows(window, "Rewrite the selection")
    window.settings_page.chosen.emit("language", "ja")
    wait(lambda: shows(window, "選択範囲を書き直す"))
    window.settings_page.chosen.emit("language", "en")
    wait(lambda: shows(window, "Rewrite the selection"))
