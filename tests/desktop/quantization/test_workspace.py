"""The Quantization workspace with real keys, a real mouse and real levels of the starter."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from desktop.quantization.page import QuantizationPage
from desktop.quantization.workspace import QuantizationWorkspace
from desktop.questions.workspace import QuestionsWorkspace
from desktop.window import Window
from tests.converters.make_comparison_goldens import write_ladder
from tests.desktop.conftest import OpenWindow, Wait, press_notice

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(scope="module")
def ladder(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return write_ladder(tmp_path_factory.mktemp("ladder"))


def open_workspace(open_window: OpenWindow, wait: Wait) -> tuple[Window, QuantizationWorkspace]:
    window = open_window()
    window.settings.threads = 1
    wait(lambda: window.model.state == "ready")
    QTest.keyClick(window.main, Qt.Key.Key_3, CTRL)
    workspace = window.workspaces.built["quantization"]
    assert isinstance(workspace, QuantizationWorkspace)
    wait(lambda: workspace.page.selection.reference.count())
    return window, workspace


def answer_dialog(monkeypatch: pytest.MonkeyPatch, dialog: str, path: Path) -> None:
    monkeypatch.setattr(QFileDialog, dialog, lambda *_: (str(path), ""))


def offers(page: QuantizationPage, level: str) -> bool:
    reference = page.selection.reference
    return any(level in reference.itemText(number) for number in range(reference.count()))


def test_with_one_level_the_way_to_others_is_shown(open_window: OpenWindow, wait: Wait) -> None:
    window, workspace = open_workspace(open_window, wait)
    assert not workspace.page.run.isEnabled()
    assert workspace.page.library.isVisible()
    QTest.mouseClick(workspace.page.library, Qt.MouseButton.LeftButton)
    assert window.main.page == "library"


def test_one_chunk_is_never_chosen(open_window: OpenWindow, wait: Wait) -> None:
    _, workspace = open_workspace(open_window, wait)
    selection = workspace.page.selection
    chunks = selection.chunks
    assert selection.chosen_chunks is None
    chunks.setFocus()
    chunks.lineEdit().selectAll()
    for keys, chosen in (("1", 2), ("5", 15)):
        QTest.keyClicks(chunks, keys)
        assert selection.chosen_chunks == chosen
    chunks.lineEdit().selectAll()
    QTest.keyClicks(chunks, "1")
    QTest.keyClick(chunks, Qt.Key.Key_Return)
    assert chunks.text() == "2 chunks"
    QTest.keyClick(chunks, Qt.Key.Key_Down)
    assert (chunks.text(), selection.chosen_chunks) == ("the whole text", None)
    QTest.keyClick(chunks, Qt.Key.Key_Up)
    assert selection.chosen_chunks == 2


@pytest.mark.slow
def test_levels_are_compared(
    open_window: OpenWindow,
    wait: Wait,
    ladder: dict[str, Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    window, workspace = open_workspace(open_window, wait)
    page = workspace.page
    for level in ("Q8_0", "Q2_K"):
        answer_dialog(monkeypatch, "getOpenFileName", ladder[level])
        QTest.mouseClick(page.selection.add, Qt.MouseButton.LeftButton)
        wait(partial(offers, page, level))
    assert "Q8_0" in page.selection.reference.currentText()
    assert {box.text() for box in page.selection.levels.values()} == {"Q4_1", "Q2_K"}
    for box in page.selection.levels.values():
        if box.text() == "Q4_1":
            box.click()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    QTest.keyClick(page.selection.text, Qt.Key.Key_End)  # "A file…", and no file after all
    assert page.selection.text.currentData() == "english"
    page.selection.chunks.setValue(2)
    QTest.mouseClick(page.run, Qt.MouseButton.LeftButton)
    assert workspace.busy
    assert window.model.state == "resting"
    wait(lambda: not workspace.busy and workspace._result is not None)
    result = workspace._result
    assert result is not None
    assert [detail.row.level for detail in result.levels] == ["Q2_K"]
    wait(lambda: window.model.state == "ready")
    shown = page.results
    assert shown.chart.accessibleDescription().startswith("Q2_K")
    wrong = max(
        range(len(shown._units)),
        key=lambda n: sum(result.levels[0].divergence[place] for place in shown._units[n].scored),
    )
    shown.text.show_token(wrong)
    QTest.keyClick(shown.text, Qt.Key.Key_Return)
    assert "by the reference" in shown._text_note.text()

    report = tmp_path / "report.json"
    answer_dialog(monkeypatch, "getSaveFileName", report)
    page.export_wanted.emit(".json")
    assert json.loads(report.read_bytes())["rows"][0]["level"] == "Q2_K"

    short = tmp_path / "short.txt"
    short.write_text("Too short.", encoding="utf-8")
    answer_dialog(monkeypatch, "getOpenFileName", short)
    page.selection.text_wanted.emit("file")
    QTest.keyClick(page.run, Qt.Key.Key_Return, CTRL)
    wait(lambda: not workspace.busy)
    wait(lambda: "two chunks" in page._trouble.text())
    wait(lambda: window.model.state == "ready")


@pytest.mark.slow
def test_nothing_else_uses_the_models_meanwhile_and_closing_asks(
    open_window: OpenWindow, wait: Wait, ladder: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    window, workspace = open_workspace(open_window, wait)
    answer_dialog(monkeypatch, "getOpenFileName", ladder["Q8_0"])
    QTest.mouseClick(workspace.page.selection.add, Qt.MouseButton.LeftButton)
    wait(partial(offers, workspace.page, "Q8_0"))
    QTest.mouseClick(workspace.page.run, Qt.MouseButton.LeftButton)
    window.main.show_page("questions")
    questions = window.workspaces.built["questions"]
    assert isinstance(questions, QuestionsWorkspace)
    wait(lambda: questions.page.models)
    for box in questions.page.models.values():
        box.setChecked(True)
    QTest.mouseClick(questions.page.run, Qt.MouseButton.LeftButton)
    assert not questions.busy
    assert "Quantization is at work" in questions.page._trouble.text()
    assert workspace.busy
    assert window.model.state == "resting"

    assert not window.main.close()
    press_notice(window, "Close all the same")
    assert window.main.isHidden()
