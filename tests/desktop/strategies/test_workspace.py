"""The Strategies workspace with real keys, a real mouse and the starter model."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from desktop.recipe.stage_words import name_preset
from desktop.strategies.workspace import StrategiesWorkspace
from desktop.window import Window
from models.sampling import PRESETS, format_chain
from models.strategies import find_parting
from tests.desktop.conftest import OpenWindow, Wait, press_notice

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def workspace(open_window: OpenWindow, wait: Wait) -> tuple[Window, StrategiesWorkspace]:
    window = open_window()
    wait(lambda: window.model.state == "ready")
    QTest.keyClick(window.main, Qt.Key.Key_2, CTRL)
    workspace = window.workspaces.built["strategies"]
    assert isinstance(workspace, StrategiesWorkspace)
    wait(workspace.page.isVisible)
    workspace.page.tokens.setValue(12)
    return window, workspace


def places(parting: int | None) -> frozenset[int]:
    return frozenset(() if parting is None else (parting,))


@pytest.mark.slow
def test_four_settings_are_written_side_by_side(
    workspace: tuple[Window, StrategiesWorkspace],
    wait: Wait,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    window, strategies = workspace
    page = strategies.page
    QTest.keyClicks(page.prompt, "The capital of Japan is")
    QTest.keyClick(page.prompt, Qt.Key.Key_Return, CTRL)
    assert strategies.busy
    wait(lambda: not strategies.busy)
    assert [len(column.steps) for column in page.columns] == [12] * 4
    for column in page.columns:
        written = "".join(step.text for step in column.steps)
        assert column.text.toPlainText().strip() == written.strip()
        first = [step.token for step in page.columns[0].steps]
        parting = find_parting(first, [step.token for step in column.steps])
        assert column is page.columns[0] or column.partings == places(parting)
    assert page.columns[0].partings == frozenset().union(*(c.partings for c in page.columns[1:]))
    tops = {column.timeline._top for column in page.columns}
    assert tops == {max(step.entropy for column in page.columns for step in column.steps)}

    assert not page.partings.isVisible()  # it takes its room when it is asked for
    wild = page.columns[3]
    (parting,) = wild.partings
    for column in (page.columns[0], wild):  # both are marked, and a click on either opens both
        page.partings.hide()
        column.text.show_token(parting)
        QTest.mouseClick(
            column.text.viewport(),
            Qt.MouseButton.LeftButton,
            pos=column.text.cursorRect().center(),
        )
        wait(page.partings.isVisible)
        assert page.partings._title.text() == "Where they part"
        assert all(side.isVisible() for side in page.partings.lists)
    page.picked.emit(3, parting + 1)  # later they differ too, but they have parted by then
    assert page.partings._title.text() == "This step"

    wild.insert.click()
    assert window.main.page == "write"
    assert wild.steps[-1].text in window.write.text()
    window.main.show_page("strategies")
    wild.use.click()
    assert window.write.recipe.chain() == wild.strategy.chain

    page.setting_added.emit("top-p=0.9")  # once more
    assert [len(column.steps) for column in page.columns] == [12] * 5  # one seed, one text
    page.columns[4].remove.click()
    assert [len(column.steps) for column in page.columns] == [12] * 4

    report = tmp_path / "report.json"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(report), ""))
    page.export_wanted.emit(".json")
    assert len(json.loads(report.read_bytes())["runs"]) == 4

    page.columns[0].remove.click()
    first, *others = ([step.token for step in column.steps] for column in page.columns)
    partings = [find_parting(first, other) for other in others]
    assert [c.partings for c in page.columns[1:]] == [places(parting) for parting in partings]
    page.setting_added.emit("temperature=0.7")  # it has no text yet
    page.export_wanted.emit(".json")
    runs = json.loads(report.read_bytes())["runs"]
    assert [run["strategy"] for run in runs] == [c.strategy.name for c in page.columns[:3]]
    assert [run["parts_at"] for run in runs[1:]] == partings


def test_settings_are_added_and_taken_away(workspace: tuple[Window, StrategiesWorkspace]) -> None:
    _, strategies = workspace
    page = strategies.page
    page.setting_added.emit("story")
    assert format_chain(page.columns[4].strategy.chain).endswith("temperature 1.4")
    page.seeds.setValue(2)
    assert len(page.columns) == 9  # greedy draws nothing, and runs once
    page.columns[0].remove.click()
    assert len(page.columns) == 8
    page.setting_added.emit("hottest")
    assert "hottest" in page._trouble.text()
    assert len(page.columns) == 8


def test_the_first_column_opens_the_one_that_parts_from_it_there(
    workspace: tuple[Window, StrategiesWorkspace], wait: Wait
) -> None:
    _, strategies = workspace
    page = strategies.page
    strategies.take_prompt("The capital of Japan is")
    strategies.run()
    wait(lambda: not strategies.busy)
    parted = {place: column for column in page.columns[:0:-1] for place in column.partings}
    for place, column in parted.items():
        page.picked.emit(0, place)
        assert page.partings._columns == [page.columns[0], column]
        assert page.partings._title.text() == "Where they part"


def test_the_presets_are_named_in_the_language_of_the_window(
    workspace: tuple[Window, StrategiesWorkspace], wait: Wait
) -> None:
    window, strategies = workspace
    offers = strategies.page._settings
    english = [action.text() for action in offers.actions()]
    assert PRESETS["story"].title in english
    window._choose("language", "ja")
    wait(lambda: name_preset("story") in [action.text() for action in offers.actions()])
    assert PRESETS["story"].title not in [action.text() for action in offers.actions()]
    window._choose("language", "en")
    wait(lambda: [action.text() for action in offers.actions()] == english)


@pytest.mark.slow
def test_what_cannot_run_is_said(workspace: tuple[Window, StrategiesWorkspace], wait: Wait) -> None:
    window, strategies = workspace
    page = strategies.page
    QTest.mouseClick(page.run, Qt.MouseButton.LeftButton)
    assert "The prompt is empty" in page._trouble.text()
    strategies.take_prompt("lamp " * 6000)
    QTest.mouseClick(page.run, Qt.MouseButton.LeftButton)
    wait(lambda: not strategies.busy)
    assert "context" in page._trouble.text()
    page.tokens.setValue(400)
    strategies.take_prompt("The lamp")
    QTest.mouseClick(page.run, Qt.MouseButton.LeftButton)
    wait(lambda: page.columns[0].steps)
    assert not any(part.isEnabled() for part in (page.seeds, page.tokens, page.own))
    QTest.keyClick(page.prompt, Qt.Key.Key_Escape)
    wait(lambda: not strategies.busy)
    assert 0 < len(page.columns[0].steps) < 400
    assert "Stopped" in page._words.text()
    assert window.model.state == "ready"


@pytest.mark.slow
def test_closing_asks_before_it_ends_the_runs(
    workspace: tuple[Window, StrategiesWorkspace], wait: Wait
) -> None:
    window, strategies = workspace
    strategies.page.tokens.setValue(400)
    strategies.take_prompt("The lamp")
    strategies.run()
    wait(lambda: strategies.page.columns[0].steps)
    assert not window.main.close()
    press_notice(window, "Close all the same")
    assert window.main.isHidden()
    assert window.link.pid is None
