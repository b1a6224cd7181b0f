"""The Questions workspace with real keys, a real mouse and the starter model."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from desktop.library.shelf import read_shelf
from desktop.questions.workspace import QuestionsWorkspace
from desktop.shell.figures import format_percent
from desktop.window import Window
from models import library
from models.questions.question_file import Question, read_questions
from models.questions.quiz import Made
from tests.desktop.conftest import OpenWindow, Wait, press_notice
from tests.models.conftest import write_gguf

CTRL = Qt.KeyboardModifier.ControlModifier
TEXT = (
    "The keeper wound the clock every evening at six, because the lamp had to turn all night. "
    "In winter the mail boat came twice a month, and with it a bundle of newspapers."
)


@pytest.fixture
def workspace(open_window: OpenWindow, wait: Wait) -> tuple[Window, QuestionsWorkspace]:
    window = open_window()
    wait(lambda: window.model.state == "ready")
    QTest.keyClick(window.main, Qt.Key.Key_6, CTRL)
    workspace = window.workspaces.built["questions"]
    assert isinstance(workspace, QuestionsWorkspace)
    wait(lambda: workspace.page.models)
    return window, workspace


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    lines = [
        {"question": "What is the capital of Japan?", "answers": ["Tokyo"]},
        {
            "question": "Which planet is the largest?",
            "answers": ["Jupiter"],
            "choices": ["Mars", "Jupiter", "Venus", "Earth"],
        },
    ]
    path = tmp_path / "questions.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return path


@pytest.mark.slow
def test_a_model_is_asked(
    workspace: tuple[Window, QuestionsWorkspace],
    wait: Wait,
    questions: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    window, asking = workspace
    page = asking.page
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(questions), ""))
    page.set_wanted.emit("file")
    assert len(page.chosen_models) == 1
    page.temperatures.setText("0, 1.4")
    page.repeats.setValue(2)
    loaded = window.link._engine.loaded
    assert loaded is not None
    window.settings.threads = loaded.threads
    QTest.keyClick(page.run, Qt.Key.Key_Return, CTRL)
    assert asking.busy
    wait(lambda: not asking.busy)
    assert window.model.state == "ready"
    assert window.link._engine.loaded is loaded  # as it is wanted: not loaded again
    report = asking._report
    assert report is not None
    assert [row.asked for row in report.rows] == [2, 4]  # at 0 every repeat would be the same
    shown = page.answers
    assert shown.questions.count() == 2
    assert "Wilson" in shown._chart_notes[0].text()
    assert "temperature 0:" in shown._chart_notes[1].text()
    assert not shown._choices.isVisible()
    assert shown.accuracy.accessibleDescription().count("(") == 2
    QTest.keyClick(shown.questions, Qt.Key.Key_Down)
    assert shown.answers.count() >= 2
    assert shown.tokens.toPlainText()
    weighing = report.find_weighing(1, report.models[0])
    assert weighing is not None
    for share, line in zip(weighing.shares, shown._choices.text().splitlines(), strict=True):
        assert line.startswith(format_percent(share))

    alike = replace(report, answers=tuple(replace(a, text="Mars") for a in report.answers))
    shown.show_report(alike)
    shown.answers.setCurrentRow(1)  # both answers at 1.4
    assert shown.which.isVisible()
    for number in (1, 2):
        shown.which.setValue(number)
        assert shown._answer is not None
        assert (shown._answer.temperature, shown._answer.repeat) == (1.4, number - 1)

    file = tmp_path / "report.json"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    page.export_wanted.emit(".json")
    assert len(json.loads(file.read_bytes())["rows"]) == 2
    file = tmp_path / "report v1.2"
    page.export_wanted.emit(".md")
    assert (tmp_path / "report v1.2.md").is_file()


@pytest.mark.slow
def test_a_quiz_is_made_played_and_saved(
    workspace: tuple[Window, QuestionsWorkspace],
    wait: Wait,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    window, asking = workspace
    quiz = asking.page.quiz
    QTest.mouseClick(quiz.make, Qt.MouseButton.LeftButton)  # the document is empty
    wait(lambda: not asking.busy)
    assert "characters" in asking.page._trouble.text()
    window.write.insert_text(TEXT)
    quiz.count.setValue(1)
    QTest.mouseClick(quiz.make, Qt.MouseButton.LeftButton)
    wait(lambda: not asking.busy)
    assert len(quiz.questions) == 1
    right = quiz.questions[0].right_choice
    assert right is not None
    QTest.mouseClick(quiz.choices[right], Qt.MouseButton.LeftButton)
    QTest.keyClick(quiz.next, Qt.Key.Key_Space)
    assert asking._scores == [(1, 1)]
    file = tmp_path / "quiz.jsonl"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    QTest.mouseClick(quiz.save, Qt.MouseButton.LeftButton)
    assert read_questions(str(file)) == quiz.questions


def test_what_each_model_reads_is_shown(
    workspace: tuple[Window, QuestionsWorkspace], questions: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, asking = workspace
    page = asking.page
    base = write_gguf(questions.parent / "Base-Q4_0.gguf", context=512)
    path, box = next(iter(page.models.items()))
    library.add_link(path=base)
    page.show_models(read_shelf(context=None).models, None)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(questions), ""))
    page.set_wanted.emit("file")
    shown = page._prompt_text
    assert not shown.isVisible()
    QTest.mouseClick(page.prompt, Qt.MouseButton.LeftButton)
    assert shown.isVisible()
    message, solved = "Answer the question.", "Question: In which city does the Eiffel Tower stand?"
    assert message in shown.toPlainText()
    assert solved not in shown.toPlainText()
    for other, box in page.models.items():
        box.setChecked(other != path)
    assert solved in shown.toPlainText()
    assert message not in shown.toPlainText()
    assert "capital of Japan" in shown.toPlainText()
    page.models[path].setChecked(True)
    page.set_wanted.emit("english")  # its first question has choices
    assert shown.toPlainText().count(solved) == 2
    assert "capital of Canada" in shown.toPlainText()
    QTest.mouseClick(page.prompt, Qt.MouseButton.LeftButton)
    assert not shown.isVisible()


def test_a_new_quiz_takes_the_place_of_the_old_one(
    workspace: tuple[Window, QuestionsWorkspace], wait: Wait
) -> None:
    window, asking = workspace
    page = asking.page
    page.quiz.add(Made(Question("Which?", ("b",), ("a", "b", "c", "d")), "A passage."))
    page.set_wanted.emit("quiz")
    assert [question.question for question in asking.questions] == ["Which?"]
    window.write.insert_text(TEXT)
    page.quiz.count.setValue(1)
    QTest.mouseClick(page.quiz.make, Qt.MouseButton.LeftButton)
    assert not page.run.isEnabled()  # the model makes a quiz
    wait(lambda: not asking.busy)
    assert page.run.isEnabled()
    assert asking.questions == page.quiz.questions
    assert "Which?" not in [question.question for question in asking.questions]


def test_what_cannot_be_asked_is_said(
    workspace: tuple[Window, QuestionsWorkspace], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, asking = workspace
    page = asking.page
    page.temperatures.setText("warm")
    QTest.mouseClick(page.run, Qt.MouseButton.LeftButton)
    assert "warm" in page._trouble.text()
    page.temperatures.setText("0.2")
    for box in page.models.values():
        box.setChecked(False)
    QTest.mouseClick(page.run, Qt.MouseButton.LeftButton)
    assert "No model is chosen" in page._trouble.text()
    page.set_wanted.emit("quiz")
    assert "no quiz yet" in page._trouble.text()
    bad = tmp_path / "bad.jsonl"
    bad.write_text('{"question": "", "answers": ["x"]}', encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(bad), ""))
    page.set_wanted.emit("file")
    assert "bad.jsonl" in page._trouble.text()
    assert not asking.busy
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    QTest.keyClick(page.set, Qt.Key.Key_End)  # "A file…", and no file after all
    assert page.set.currentData() == "english"
    assert len(asking.questions) == 60


def test_the_score_counts_when_all_is_answered_before_the_end(
    workspace: tuple[Window, QuestionsWorkspace],
) -> None:
    _, asking = workspace
    quiz = asking.page.quiz
    quiz.begin()
    quiz.show_running(True)
    quiz.add(Made(Question("Which?", ("b",), ("a", "b", "c", "d")), "A passage."))
    quiz.pick(1)
    QTest.mouseClick(quiz.next, Qt.MouseButton.LeftButton)
    assert asking._scores == []
    quiz.show_running(False)
    assert asking._scores == [(1, 1)]


@pytest.mark.slow
def test_closing_asks_before_it_ends_the_questions(
    workspace: tuple[Window, QuestionsWorkspace], wait: Wait
) -> None:
    window, asking = workspace
    QTest.mouseClick(asking.page.run, Qt.MouseButton.LeftButton)
    wait(lambda: asking.page._words.text())
    assert not window.main.close()
    press_notice(window, "Close all the same")
    assert window.main.isHidden()
    assert window.link.pid is None
