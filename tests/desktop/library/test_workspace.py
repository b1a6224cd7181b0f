"""The library in a whole window: real files, a real engine, real child processes."""

from __future__ import annotations

import os
import shutil
import signal
from collections import namedtuple
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from desktop.library.model_row import ModelRow
from desktop.library.workspace import LibraryWorkspace
from models import library
from tests.desktop.conftest import Wait, press_notice
from tests.desktop.library.conftest import OpenLibrary

pytestmark = pytest.mark.slow

CTRL = Qt.KeyboardModifier.ControlModifier


def click(widget: QWidget) -> None:
    """Click into the middle of a control, which has to be visible and at work."""
    assert widget.isVisible()
    assert widget.isEnabled()
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def words(widget: QWidget) -> str:
    """All that can be read of a widget."""
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def row_of(workspace: LibraryWorkspace, file_name: str) -> ModelRow:
    return next(row for path, row in workspace.page.models.items() if path.name == file_name)


def look_at(workspace: LibraryWorkspace, source: Path, wait: Wait) -> None:
    workspace.look_at(source)
    wait(lambda: workspace.page.convert.table.boxes)


def convert(workspace: LibraryWorkspace, source: Path, wait: Wait) -> None:
    """Begin a conversion of what is proposed, and wait for its first figures."""
    look_at(workspace, source, wait)
    click(workspace.page.convert.start)
    wait(lambda: workspace.page.convert.progress.bar.value() > 0)


def test_ctrl_7_shows_the_model_at_work_and_its_details(
    open_library: OpenLibrary, wait: Wait, starter_path: Path
) -> None:
    window, workspace = open_library()
    window.main.show_page("write")
    QTest.keyClick(QApplication.focusWidget() or window.main, Qt.Key.Key_7, CTRL)
    assert window.main.page == "library"
    row = row_of(workspace, starter_path.name)
    assert "at work" in words(row)
    assert "5.74 bits a weight" in words(row)
    assert "apache-2.0" in words(row)
    assert not row.remove.isEnabled()
    wait(lambda: "134,515,008" in words(workspace.panel))
    shown = words(workspace.panel)
    assert "49,152 tokens (gpt2)" in shown
    assert "210 tensors" in shown
    assert "llama.context_length = 8192" in workspace.panel.keys.toPlainText()


def test_a_file_elsewhere_is_linked_loaded_and_taken_off(
    open_library: OpenLibrary, wait: Wait, linked_model: Path, starter_path: Path
) -> None:
    window, workspace = open_library()
    workspace.refresh(link=linked_model)
    wait(lambda: linked_model in workspace.page.models)
    row = workspace.page.models[linked_model]
    wait(lambda: f"linked: {linked_model}" in words(row))
    click(row.details)
    wait(lambda: "general.name = Tiny" in workspace.panel.keys.toPlainText())
    click(row.load)
    wait(lambda: window.model.state == "ready" and "at work" in words(row))
    assert window.model.opened is not None
    assert window.model.opened.summary.path == linked_model
    assert window.settings.model == str(linked_model)
    other = row_of(workspace, starter_path.name)
    assert "at work" not in words(other)
    click(other.load)
    wait(lambda: "at work" in words(other))
    row.remove.setFocus()
    QTest.keyClick(row.remove, Qt.Key.Key_Space)
    assert row.keep.hasFocus()
    QTest.keyClick(row.keep, Qt.Key.Key_Space)
    assert linked_model in workspace.page.models
    assert not row.keep.isVisible()
    click(row.remove)
    click(row.confirm)
    wait(lambda: linked_model not in workspace.page.models)
    assert linked_model.exists()


def test_a_file_of_the_folder_is_deleted_only_when_it_is_confirmed(
    open_library: OpenLibrary, wait: Wait, home_with_starter: Path, random_model: Path
) -> None:
    copy = home_with_starter / "models" / "Copy-BF16.gguf"
    copy.write_bytes(random_model.read_bytes())
    _window, workspace = open_library()
    row = workspace.page.models[copy]
    click(row.remove)
    assert copy.exists()
    assert "Delete the file for good? It frees 5 MB." in words(row)
    click(row.confirm)
    wait(lambda: copy not in workspace.page.models)
    assert not copy.exists()


def test_a_damaged_file_says_what_is_wrong_and_cannot_be_loaded(
    open_library: OpenLibrary, home_with_starter: Path
) -> None:
    (home_with_starter / "models" / "cut.gguf").write_bytes(b"GGUF\x03\0\0\0")
    _window, workspace = open_library()
    row = row_of(workspace, "cut.gguf")
    assert "cut.gguf" in words(row)
    assert "again" in words(row)
    assert not row.load.isEnabled()
    assert row.remove.isEnabled()


def test_a_model_with_a_shorter_context_than_is_set_says_so(
    open_library: OpenLibrary, random_model: Path
) -> None:
    library.add_link(path=random_model)
    _window, workspace = open_library()
    row = workspace.page.models[random_model]
    assert "choose at most 512" in words(row)
    assert not row.load.isEnabled()


def test_a_click_on_a_row_shows_its_details(
    open_library: OpenLibrary, wait: Wait, random_model: Path
) -> None:
    library.add_link(path=random_model)
    _window, workspace = open_library()
    row = workspace.page.models[random_model]
    QTest.mouseClick(row, Qt.MouseButton.LeftButton, pos=QPoint(6, 6))
    wait(lambda: "general.name = Random" in workspace.panel.keys.toPlainText())
    assert row.details.isChecked()


def test_a_checkpoint_becomes_files_that_can_be_loaded(
    open_library: OpenLibrary, wait: Wait, checkpoint: Path, home_with_starter: Path
) -> None:
    window, workspace = open_library()
    card = workspace.page.convert
    look_at(workspace, checkpoint, wait)
    assert "98,624 parameters" in words(card)
    assert "197 kB BF16" in words(card)
    assert [plan.level for plan in card.chosen] == ["Q4_K_M"]
    assert "F16" not in card.table.boxes  # the weights are BF16
    QTest.keyClick(card.table.boxes["Q8_0"], Qt.Key.Key_Space)
    planned = {plan.level: plan for plan in card.chosen}
    assert set(planned) == {"Q8_0", "Q4_K_M"}
    click(card.start)
    wait(lambda: not workspace.conversion.run.running)
    models = home_with_starter / "models"
    for level in planned:
        path = models / f"Mistral Small-{level}.gguf"
        wait(partial(workspace.page.models.get, path))
        assert path.stat().st_size == planned[level].size_bytes
        assert not card.table.boxes[level].isEnabled()  # it is there already
    assert not list(models.glob("*.part"))
    load = next(
        b for b in card.findChildren(QPushButton) if b.accessibleName().endswith("Q8_0.gguf")
    )
    wait(load.isVisible)
    click(load)
    wait(lambda: window.model.state == "ready")
    assert window.model.opened is not None
    assert window.model.opened.summary.level == "Q8_0"


def test_what_is_quantized_is_quantized_again_only_if_that_is_wanted(
    open_library: OpenLibrary, wait: Wait, starter_path: Path
) -> None:
    _window, workspace = open_library()
    card = workspace.page.convert
    look_at(workspace, starter_path, wait)
    assert card.chosen == []
    QTest.keyClick(card.table.boxes["Q2_K"], Qt.Key.Key_Space)
    assert "quantized already (Q4_1)" in words(card)
    assert not card.start.isEnabled()
    QTest.keyClick(card.requantize, Qt.Key.Key_Space)
    assert card.start.isEnabled()


def test_all_levels_are_a_click_away(
    open_library: OpenLibrary, wait: Wait, checkpoint: Path
) -> None:
    _window, workspace = open_library()
    card = workspace.page.convert
    look_at(workspace, checkpoint, wait)
    assert "IQ4_XS" not in card.table.boxes
    click(card.table.boxes["Q2_K"])
    click(card.all_levels)
    wait(lambda: "IQ4_XS" in card.table.boxes)
    assert not card.all_levels.isVisible()
    assert {plan.level for plan in card.chosen} == {"Q4_K_M", "Q2_K"}


def test_a_folder_that_is_no_checkpoint_is_refused_in_one_sentence(
    open_library: OpenLibrary, wait: Wait, tmp_path: Path
) -> None:
    _window, workspace = open_library()
    card = workspace.page.convert
    workspace.look_at(tmp_path)
    wait(lambda: "has no config.json" in words(card))
    assert not card.start.isVisible()
    assert card.folder.isEnabled()


def test_a_cancelled_conversion_leaves_no_half_file(
    open_library: OpenLibrary, wait: Wait, long_model: Path, home_with_starter: Path
) -> None:
    _window, workspace = open_library()
    card, models = workspace.page.convert, home_with_starter / "models"
    convert(workspace, long_model, wait)
    assert list(models.glob("*.part"))
    click(card.progress.cancel)
    wait(lambda: not workspace.conversion.run.running)
    assert "Cancelled. Nothing half done is left." in words(card)
    assert not list(models.glob("Long*"))
    assert card.start.isEnabled()


def test_a_killed_conversion_is_said_and_leaves_no_half_file(
    open_library: OpenLibrary, wait: Wait, long_model: Path, home_with_starter: Path
) -> None:
    _window, workspace = open_library()
    convert(workspace, long_model, wait)
    pid = workspace.conversion.run.pid
    assert pid  # 0 would be this process and its group
    os.kill(pid, signal.SIGKILL)
    wait(lambda: not workspace.conversion.run.running)
    assert "ended from outside" in words(workspace.page.convert)
    assert not list((home_with_starter / "models").glob("Long*"))


def test_a_conversion_that_fails_says_why(
    open_library: OpenLibrary, wait: Wait, checkpoint: Path, home_with_starter: Path
) -> None:
    _window, workspace = open_library()
    card = workspace.page.convert
    look_at(workspace, checkpoint, wait)
    target = home_with_starter / "models" / card.chosen[0].file_name
    target.write_bytes(b"mine")  # since it was looked at
    click(card.start)
    wait(lambda: not workspace.conversion.run.running)
    assert f"{target} is already there" in words(card)
    assert target.read_bytes() == b"mine"


def test_what_a_killed_conversion_left_counts_as_free(
    open_library: OpenLibrary,
    wait: Wait,
    checkpoint: Path,
    home_with_starter: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A disk cannot be filled on command."""
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage(10**9, 10**9, 5000))
    part = home_with_starter / "models" / "Mistral Small-Q4_K_M.gguf.part"
    part.write_bytes(os.urandom(10**6))
    _window, workspace = open_library()
    card = workspace.page.convert
    look_at(workspace, checkpoint, wait)
    assert [plan.level for plan in card.chosen] == ["Q4_K_M"]
    assert "1 MB are free there" in words(card)
    assert card.start.isEnabled()
    QTest.keyClick(card.table.boxes["Q4_K_M"], Qt.Key.Key_Space)
    QTest.keyClick(card.table.boxes["Q2_K"], Qt.Key.Key_Space)
    assert "5 kB are free there" in words(card)
    assert not card.start.isEnabled()


def test_closing_asks_before_it_ends_a_conversion(
    open_library: OpenLibrary, wait: Wait, long_model: Path, home_with_starter: Path
) -> None:
    window, workspace = open_library()
    convert(workspace, long_model, wait)
    assert not window.main.close()
    assert workspace.busy
    press_notice(window, "Close all the same")
    assert window.main.isHidden()
    assert not workspace.conversion.run.running
    assert not list((home_with_starter / "models").glob("Long*"))


@pytest.mark.parametrize("language", ["en", "ja"])
def test_nothing_is_cut_in_a_small_window(
    open_library: OpenLibrary,
    wait: Wait,
    checkpoint: Path,
    random_model: Path,
    language: str,
) -> None:
    library.add_link(path=random_model)
    window, workspace = open_library()
    window.main.resize(1024, 700)
    window._choose("language", language)
    look_at(workspace, checkpoint, wait)
    for area in (workspace.page.area, workspace.panel.area):
        inner = area.widget()
        assert inner is not None
        QApplication.processEvents()
        assert inner.minimumSizeHint().width() <= area.viewport().width()
    unnamed = [
        button
        for part in (workspace.page, workspace.panel)
        for button in part.findChildren(QPushButton)
        if not button.accessibleName()
    ]
    assert unnamed == []
    window._choose("language", "en")
