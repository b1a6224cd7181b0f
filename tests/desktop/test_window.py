"""The whole window, driven as a person does: with keys and the mouse, on the real model."""

import os
import re
import signal
from pathlib import Path
from typing import Any

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QTextEdit

from desktop.glass.candidate_list import CandidateList
from desktop.glass.timeline import Timeline
from desktop.recipe.recipe import Recipe
from desktop.window import Window
from desktop.write import prompt_progress
from models.engine import protocol
from models.engine.protocol import Outcome
from models.sampling import Chain, Greedy
from tests.desktop.conftest import OpenWindow, Wait
from tests.desktop.person import (
    ALT,
    CTRL,
    LONG,
    USUAL,
    click_unit,
    compose,
    go_on,
    press,
    said,
    type_text,
    units,
)

OPENING = "The keeper wound the clock every evening at six, because"

pytestmark = pytest.mark.slow


def candidate_list(window: Window) -> CandidateList:
    found = window.write.glass.findChild(CandidateList)
    assert isinstance(found, CandidateList)
    return found


def spoken_rows(window: Window) -> list[str]:
    """What a screen reader reads of the candidates."""
    model = candidate_list(window).model()
    role = Qt.ItemDataRole.AccessibleTextRole
    return [str(model.index(row, 0).data(role)) for row in range(model.rowCount())]


def pending_of(window: Window) -> tuple[int, int] | None:
    return window.write.page.manuscript.pending


def test_a_person_writes_with_the_model_and_saves(
    open_window: OpenWindow, wait: Wait, tmp_path: Path
) -> None:
    file = tmp_path / "lighthouse.md"
    file.write_text("# Lighthouse\n\n")
    window = open_window(document=file)
    write = window.write
    window.settings.tokens = LONG
    press(window, Qt.Key.Key_End, CTRL)
    type_text(window, OPENING)
    press(window, Qt.Key.Key_Return, CTRL)
    wait(lambda: len(units(window)) > 5)
    press(window, Qt.Key.Key_Escape)
    wait(lambda: not write.continuing.running)
    first = write.editor.text()
    assert first.startswith(f"# Lighthouse\n\n{OPENING}")
    assert first == write.page.manuscript.text

    third = units(window)[2]
    click_unit(window, third)
    assert write.looking.unit == third
    candidates = candidate_list(window)
    candidates.setFocus()
    window.settings.tokens = USUAL
    press(window, Qt.Key.Key_Home)
    original = write.page.manuscript.step(third.generation, third.last)
    row = next(i for i, c in enumerate(original.candidates) if c.token != original.token)
    chosen = original.candidates[row]
    while candidates.currentIndex().row() != row:
        press(window, Qt.Key.Key_Down)
    press(window, Qt.Key.Key_Return)
    wait(lambda: write.continuing.running)
    wait(lambda: not write.continuing.running)
    second = write.editor.text()
    assert second != first
    assert second.startswith(first[: third.start] + chosen.text)
    assert write.looking.has_versions

    write.editor.setFocus()
    press(window, Qt.Key.Key_Z, CTRL)
    assert write.editor.text() == first
    assert third in units(window)
    press(window, Qt.Key.Key_Y, CTRL)
    assert write.editor.text() == second
    press(window, Qt.Key.Key_S, CTRL)
    wait(lambda: not window.filing.edited)
    assert file.read_text() == write.editor.text()
    press(window, Qt.Key.Key_Q, CTRL)
    assert not window.main.isVisible()
    assert file.read_text() == second


def test_a_generation_is_one_step_of_undo(open_window: OpenWindow, wait: Wait) -> None:
    window = open_window()
    type_text(window, OPENING)
    go_on(window, wait)
    whole, found = window.write.editor.text(), units(window)
    press(window, Qt.Key.Key_Z, CTRL)
    assert window.write.editor.text() == OPENING
    assert units(window) == []
    press(window, Qt.Key.Key_Y, CTRL)
    assert window.write.editor.text() == whole
    assert units(window) == found


def test_a_generation_that_begins_without_text_is_a_step_of_its_own(
    open_window: OpenWindow, wait: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As with the first bytes of a kanji, which are no text until the others come."""
    window = open_window()
    type_text(window, OPENING)
    compose(window, "", " 灯台")  # an input method's words are a block of their own in Qt's undo
    own = window.write.editor.text()
    continuing = window.write.continuing
    hear, delivered = continuing._hear, 0

    def hear_one_by_one(events: list[Any]) -> None:
        nonlocal delivered
        for event in events:
            if isinstance(event, protocol.Stepped):
                if not delivered:
                    step = msgspec.structs.replace(event.step, text="", bytes="e4")
                    event = msgspec.structs.replace(event, step=step)
                delivered += 1
            hear([event])

    monkeypatch.setattr(continuing, "_hear", hear_one_by_one)
    go_on(window, wait)
    assert delivered > 2
    whole = window.write.editor.text()
    press(window, Qt.Key.Key_Z, CTRL)
    assert window.write.editor.text() == window.write.page.manuscript.text == own
    press(window, Qt.Key.Key_Y, CTRL)
    assert window.write.editor.text() == window.write.page.manuscript.text == whole


def test_every_token_comes_into_the_text(open_window: OpenWindow, wait: Wait) -> None:
    window = open_window()
    outcomes: list[Outcome] = []
    window.write.continuing.finished.connect(outcomes.append)
    type_text(window, OPENING)
    go_on(window, wait)
    assert outcomes[0].reason == "length"
    assert sum(unit.last + 1 - unit.first for unit in units(window)) == outcomes[0].tokens


def test_tab_accepts_and_ctrl_right_accepts_a_word(open_window: OpenWindow, wait: Wait) -> None:
    window = open_window()
    type_text(window, OPENING)
    go_on(window, wait)
    manuscript = window.write.page.manuscript
    end = manuscript.length
    assert pending_of(window) == (len(OPENING), end)
    press(window, Qt.Key.Key_Right, CTRL)
    start = window.write.editor.textCursor().position()
    assert pending_of(window) == (start, end)
    assert manuscript.text_between(len(OPENING), start).strip().isalpha()
    press(window, Qt.Key.Key_Tab)
    assert pending_of(window) is None
    assert window.write.editor.textCursor().position() == end == manuscript.length
    assert "\t" not in window.write.editor.text()


def test_esc_refuses_a_proposal_and_its_version_is_kept(
    open_window: OpenWindow, wait: Wait
) -> None:
    window = open_window()
    type_text(window, OPENING)
    go_on(window, wait)
    press(window, Qt.Key.Key_Escape)
    assert window.write.editor.text() == OPENING
    press(window, Qt.Key.Key_Z, CTRL)
    assert window.write.editor.text() != OPENING


def test_another_version_and_alt_arrows_between_them(open_window: OpenWindow, wait: Wait) -> None:
    window = open_window()
    type_text(window, OPENING)
    go_on(window, wait)
    first = window.write.editor.text()
    press(window, Qt.Key.Key_R, CTRL)
    wait(lambda: window.write.continuing.running)
    wait(lambda: not window.write.continuing.running)
    second = window.write.editor.text()
    assert first != second
    shown = set()
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Up):
        press(window, key, ALT)
        shown.add(window.write.editor.text())
    assert shown <= {first, second}
    assert first in shown


def test_the_words_go_on_where_the_person_types_while_it_writes(
    open_window: OpenWindow, wait: Wait
) -> None:
    window = open_window()
    window.settings.tokens = LONG
    type_text(window, OPENING)
    press(window, Qt.Key.Key_Return, CTRL)
    wait(lambda: len(units(window)) > 3)
    type_text(window, "!")
    wait(lambda: not window.write.continuing.running)
    assert window.write.editor.text().startswith(f"{OPENING}!")
    assert window.write.editor.text() == window.write.page.manuscript.text


def test_moving_the_temperature_shows_what_would_have_been_chosen(
    open_window: OpenWindow, wait: Wait
) -> None:
    window = open_window()
    type_text(window, OPENING)
    go_on(window, wait)
    text = window.write.editor.text()
    click_unit(window, units(window)[1])
    window.write.bar.temperature.setFocus()
    before = spoken_rows(window)
    for _ in range(6):
        press(window, Qt.Key.Key_Right)
    wait(lambda: spoken_rows(window) != before)
    assert window.write.editor.text() == text
    assert not window.write.continuing.running


def test_continue_in_an_empty_document_says_what_to_do(open_window: OpenWindow) -> None:
    window = open_window()
    press(window, Qt.Key.Key_Return, CTRL)
    assert "empty" in window.main.notices.keys
    assert not window.write.continuing.running


def test_continue_during_the_load_waits_for_the_model(open_window: OpenWindow, wait: Wait) -> None:
    window = open_window()
    type_text(window, OPENING)
    assert window.model.state != "ready"
    go_on(window, wait)
    assert len(window.write.editor.text()) > len(OPENING)


def test_continue_twice_at_once_is_said_and_done_once(open_window: OpenWindow, wait: Wait) -> None:
    window = open_window()
    window.settings.tokens = LONG
    type_text(window, OPENING)
    press(window, Qt.Key.Key_Return, CTRL)
    wait(lambda: len(units(window)) > 2)
    window.write.go_on()
    assert "writing" in window.main.notices.keys
    press(window, Qt.Key.Key_Escape)
    wait(lambda: window.link.idle)
    assert window.write.page.manuscript.next_generation == 2


def test_closing_while_it_writes_keeps_every_word(open_window: OpenWindow, wait: Wait) -> None:
    window = open_window()
    window.settings.tokens = LONG
    type_text(window, OPENING)
    press(window, Qt.Key.Key_Return, CTRL)
    wait(lambda: len(units(window)) > 3)
    text = window.write.editor.text()
    window.main.close()
    again = open_window()
    assert again.write.editor.text().startswith(text)
    assert len(units(again)) >= 4
    unit = units(again)[1]
    again.write.looking.open(unit)
    assert again.write.looking.unit == unit


def test_the_engine_is_killed_and_the_text_stays(open_window: OpenWindow, wait: Wait) -> None:
    window = open_window()
    window.settings.tokens = LONG
    type_text(window, OPENING)
    press(window, Qt.Key.Key_Return, CTRL)
    wait(lambda: len(units(window)) > 3)
    text = window.write.editor.text()
    assert window.link.pid is not None
    os.kill(window.link.pid, signal.SIGKILL)
    wait(lambda: "engine" in window.main.notices.keys)
    assert window.write.editor.text().startswith(text)
    go_on(window, wait)
    assert len(window.write.editor.text()) > len(text)


def test_a_passage_is_written_towards_what_follows(open_window: OpenWindow, wait: Wait) -> None:
    window = open_window()
    prompts: list[int] = []
    window.write.continuing.reading.connect(lambda tokens, _reused: prompts.append(tokens))
    type_text(window, f"{OPENING} And then he went home.")
    for _ in " And then he went home.":
        press(window, Qt.Key.Key_Left)
    press(window, Qt.Key.Key_Return, CTRL | Qt.KeyboardModifier.ShiftModifier)
    wait(lambda: window.write.continuing.running)
    wait(lambda: not window.write.continuing.running)
    text = window.write.editor.text()
    assert text.startswith(OPENING)
    assert text.endswith(" And then he went home.")
    assert len(units(window)) > 1
    assert window.write.page.manuscript.record(1).kind == "join"
    press(window, Qt.Key.Key_R, CTRL)  # another version knows what follows too
    wait(lambda: window.write.continuing.running)
    wait(lambda: not window.write.continuing.running)
    assert window.write.page.manuscript.record(2).kind == "join"
    assert len(set(prompts)) == 1
    assert window.write.editor.text().endswith(" And then he went home.")


def test_a_prompt_that_takes_long_is_shown_on_its_way(
    open_window: OpenWindow, wait: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prompt_progress, "SLOW_S", 0.0)
    window = open_window()
    wait(lambda: window.model.state == "ready")
    type_text(window, f"{OPENING} he did. " * 20)
    press(window, Qt.Key.Key_Return, CTRL)
    wait(lambda: re.search(r"reads your text: \d+ of \d+ tokens", said(window)))
    wait(lambda: len(units(window)) > 0)
    assert said(window) == ""
    press(window, Qt.Key.Key_Escape)
    wait(lambda: not window.write.continuing.running)
    window.write.editor.selectAll()
    told: list[int] = []  # the notice itself may stand for one delivery only
    window.write.rewriting.progressed.connect(lambda done, _total: told.append(done))
    press(window, Qt.Key.Key_R, CTRL | Qt.KeyboardModifier.ShiftModifier)
    wait(lambda: window.write.card.new_text)
    assert told
    assert said(window) == ""
    press(window, Qt.Key.Key_Escape)


def test_another_document_keeps_no_figures_and_no_notices_of_the_one_before(
    open_window: OpenWindow, wait: Wait
) -> None:
    window = open_window()
    wait(lambda: window.model.state == "ready")
    press(window, Qt.Key.Key_Return, CTRL)
    assert "There is no text yet" in said(window)
    type_text(window, OPENING)
    assert said(window) == ""
    go_on(window, wait)
    window.write.continuing.forgotten.emit(100, 50)
    assert "it sees only the last 50 tokens" in said(window)
    figures = [label.text() for label in window.main.status_line.findChildren(QLabel)]
    assert any("tokens/s" in figure for figure in figures)
    window.main.show_page("settings")
    press(window, Qt.Key.Key_N, CTRL)
    assert window.main.page == "write"
    assert said(window) == ""
    figures = [label.text() for label in window.main.status_line.findChildren(QLabel)]
    assert not any("tokens/s" in figure or "reused" in figure for figure in figures)
    assert any("context <b>0</b>" in figure for figure in figures)
    timeline = window.write.glass.findChild(Timeline)
    assert isinstance(timeline, Timeline)
    empty = Timeline(window.theme)
    assert timeline.accessibleDescription() == empty.accessibleDescription()
    type_text(window, "Mine")
    assert window.write.editor.text() == "Mine"


def test_esc_takes_the_tint_of_half_a_text_away(open_window: OpenWindow, wait: Wait) -> None:
    window = open_window()
    wait(lambda: window.model.state == "ready")
    type_text(window, f"{OPENING} he did. " * 50)
    press(window, Qt.Key.Key_O, CTRL | Qt.KeyboardModifier.ShiftModifier)
    wait(lambda: not window.write.looking.read.empty)
    assert window.write.reading.running
    press(window, Qt.Key.Key_Escape)
    assert window.write.looking.read.empty
    wait(lambda: window.link.idle)
    assert window.write.looking.read.empty


def test_a_card_does_not_cover_what_it_changes(open_window: OpenWindow, wait: Wait) -> None:
    window = open_window()
    wait(lambda: window.model.state == "ready")
    editor = window.write.editor
    for _ in range(60):
        QTest.keyClick(editor, Qt.Key.Key_Return)
    type_text(window, OPENING)
    press(window, Qt.Key.Key_Home, Qt.KeyboardModifier.ShiftModifier)
    press(window, Qt.Key.Key_R, CTRL | Qt.KeyboardModifier.ShiftModifier)
    wait(lambda: window.write.card.isVisible() and not window.write.rewriting.running)
    QApplication.processEvents()
    assert editor.cursorRect().bottom() <= editor.viewport().height()


def test_another_version_with_the_same_words_is_said(open_window: OpenWindow, wait: Wait) -> None:
    window = open_window()
    window.write.set_recipe(Recipe.from_chain(Chain((Greedy(),))))
    type_text(window, OPENING)
    go_on(window, wait)
    whole = window.write.editor.text()
    assert said(window) == ""
    press(window, Qt.Key.Key_R, CTRL)
    wait(lambda: window.write.continuing.running)
    wait(lambda: not window.write.continuing.running)
    assert window.write.editor.text() == whole
    assert "The same words came again" in said(window)


def test_no_more_titles_stream_in_than_are_offered(open_window: OpenWindow, wait: Wait) -> None:
    window = open_window()
    wait(lambda: window.model.state == "ready")
    type_text(window, f"{OPENING} he did.")
    window.actions["titles"].trigger()
    card = window.write.card
    shown = card.findChild(QTextEdit)
    assert isinstance(shown, QTextEdit)
    lines: list[list[str]] = []

    def has_ended() -> bool:
        lines.append(shown.toPlainText().splitlines())
        return not window.write.rewriting.running

    wait(has_ended)
    assert 0 < max(len(titles) for titles in lines) <= 3
    assert not [line for titles in lines for line in titles if re.match(r"\d+[.)]", line)]
