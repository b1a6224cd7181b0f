"""The editor of samplers, on a real folder."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.recipe.sampler_editor import SamplerEditor
from desktop.recipe.sampler_files import TEMPLATE, SamplerFiles, find_mistake
from desktop.theme.theme import Theme
from models.errors import InputError
from tests.desktop.recipe.windows import open_window, tab_stops, wait_until

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
GOOD = "def sample(logits, tokens):\n    return logits\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "samplers"
    folder.mkdir()
    (folder / "a.py").write_text(GOOD)
    (folder / "b.py").write_text(f"# b\n{GOOD}")
    (folder / "notes.txt").write_text("no sampler")
    return folder


@pytest.fixture
def editor(theme: Theme, folder: Path) -> SamplerEditor:
    editor = SamplerEditor(theme, folder)
    open_window(editor, 600, 700)
    return editor


def names(editor: SamplerEditor) -> list[str]:
    return [editor.list.item(row).text() for row in range(editor.list.count())]


def wait_for(editor: SamplerEditor, expected: list[str]) -> None:
    """The system tells of changes to a folder when it likes."""
    assert wait_until(lambda: names(editor) == expected), names(editor)


def test_new_changed_and_removed_files_appear(editor: SamplerEditor, folder: Path) -> None:
    assert names(editor) == ["a.py", "b.py"]
    assert editor.shown == "a.py"
    (folder / "c.py").write_text(GOOD)
    wait_for(editor, ["a.py", "b.py", "c.py"])
    (folder / "a.py").write_text("# changed elsewhere\n" + GOOD)
    changed = "# changed elsewhere\n" + GOOD
    assert wait_until(lambda: editor.code.toPlainText() == changed)
    (folder / "a.py").unlink()
    wait_for(editor, ["b.py", "c.py"])
    assert editor.shown == "b.py"
    assert editor.code.toPlainText().startswith("# b")


def test_a_sampler_is_used_by_its_check_box(editor: SamplerEditor) -> None:
    told: list[tuple[str, bool]] = []
    editor.use_changed.connect(lambda file, use: told.append((file, use)))
    editor.set_used(["b.py"])
    assert editor.list.item(1).checkState() == Qt.CheckState.Checked
    assert told == []
    editor.list.setFocus()
    QTest.keyClick(editor.list, Key.Key_Space)
    QTest.keyClick(editor.list, Key.Key_Down)
    QTest.keyClick(editor.list, Key.Key_Space)
    assert told == [("a.py", True), ("b.py", False)]
    assert editor.shown == "b.py"


def test_a_sampler_that_is_used_and_gone_can_be_switched_off(editor: SamplerEditor) -> None:
    editor.set_used(["gone.py"])
    assert names(editor) == ["a.py", "b.py", "gone.py · no longer in the folder"]
    editor.show_file("gone.py")
    assert "gone.py cannot be read" in editor.complaint
    assert editor.code.isReadOnly()
    assert not editor.save.isEnabled()


def test_what_is_typed_is_saved_whole(editor: SamplerEditor, folder: Path) -> None:
    saved: list[str] = []
    editor.saved.connect(saved.append)
    editor.code.setFocus()
    QTest.keyClicks(editor.code, "# mine")
    QTest.keyClick(editor.code, Key.Key_Return)
    assert names(editor) == ["a.py · not saved", "b.py"]
    assert (folder / "a.py").read_text() == GOOD
    editor.show_file("b.py")
    assert editor.code.toPlainText() == f"# b\n{GOOD}"
    editor.show_file("a.py")
    QTest.keyClick(editor.code, Key.Key_S, CONTROL)
    assert (folder / "a.py").read_text() == f"# mine\n{GOOD}"
    assert saved == ["a.py"]
    assert names(editor) == ["a.py", "b.py"]
    assert {path.name for path in folder.iterdir()} == {"a.py", "b.py", "notes.txt"}


def test_tab_and_return_indent(editor: SamplerEditor) -> None:
    editor.code.selectAll()
    for text in ("def f():", "if 1:", "pass"):
        QTest.keyClicks(editor.code, text)
        QTest.keyClick(editor.code, Key.Key_Return)
    QTest.keyClick(editor.code, Key.Key_Backtab)
    QTest.keyClicks(editor.code, "x")
    QTest.keyClick(editor.code, Key.Key_Tab)
    QTest.keyClicks(editor.code, "y")
    assert editor.code.toPlainText() == "def f():\n    if 1:\n        pass\n    x   y"


def test_a_mistake_is_shown_and_the_file_is_saved(editor: SamplerEditor, folder: Path) -> None:
    editor.code.selectAll()
    QTest.keyClicks(editor.code, "x = 1")
    QTest.keyClick(editor.code, Key.Key_Return)
    QTest.keyClicks(editor.code, "y = (")
    editor.save.click()
    assert (folder / "a.py").read_text() == "x = 1\ny = ("
    assert editor.complaint == "Saved, but Python cannot read line 2: '(' was never closed."
    assert editor.code.failed_line == 2
    QTest.keyClick(editor.code, Key.Key_End)
    QTest.keyClicks(editor.code, ")")
    editor.save.click()
    assert editor.complaint == ""
    assert editor.code.failed_line is None


def test_a_failure_is_shown_at_its_line_until_it_is_saved(editor: SamplerEditor) -> None:
    editor.show_failure("b.py", 3, "The sampler b.py failed at line 3.", "Traceback\n  here\n")
    assert editor.shown == "b.py"
    assert editor.complaint == "The sampler b.py failed at line 3."
    assert editor.traceback.toPlainText() == "Traceback\n  here\n"
    assert editor.traceback.isVisible()
    assert editor.code.failed_line == 3
    cursor = editor.code.textCursor()
    assert cursor.blockNumber() == 2
    cursor.movePosition(cursor.MoveOperation.Start)
    editor.code.setTextCursor(cursor)
    QTest.keyClick(editor.code, Key.Key_Return)
    assert editor.code.failed_line == 4
    editor.show_file("a.py")
    assert editor.complaint == ""
    assert not editor.code.extraSelections()
    editor.show_file("b.py")
    assert editor.complaint == "The sampler b.py failed at line 3."
    editor.save.click()
    assert editor.complaint == ""
    assert not editor.traceback.isVisible()


def test_a_change_elsewhere_does_not_take_what_is_not_saved(
    editor: SamplerEditor, folder: Path
) -> None:
    width = editor.minimumSizeHint().width()
    editor.code.setFocus()
    QTest.keyClicks(editor.code, "#")
    place = editor.code.textCursor().position()
    (folder / "a.py").write_text("# theirs\n")
    assert wait_until(editor.reload.isVisible)
    assert editor.minimumSizeHint().width() == width  # the panel does not push the page aside
    assert editor.code.toPlainText() == f"#{GOOD}"
    assert editor.code.textCursor().position() == place
    editor.reload.click()
    assert editor.code.toPlainText() == "# theirs\n"
    assert editor.unsaved == []
    assert not editor.reload.isVisible()
    editor.code.undo()
    assert editor.code.toPlainText() == f"#{GOOD}"
    (folder / "a.py").unlink()
    wait_for(editor, ["a.py · no longer in the folder", "b.py"])
    editor.save.click()
    assert (folder / "a.py").read_text() == f"#{GOOD}"


def test_what_was_saved_elsewhere_is_written_over_only_where_the_person_says_so(
    editor: SamplerEditor, folder: Path
) -> None:
    saved: list[str] = []
    editor.saved.connect(saved.append)
    editor.code.setFocus()
    QTest.keyClicks(editor.code, "# mine")
    QTest.keyClick(editor.code, Key.Key_Return)
    (folder / "a.py").write_text("# theirs\n")
    QTest.keyClick(editor.code, Key.Key_S, CONTROL)
    assert (folder / "a.py").read_text() == "# theirs\n"
    assert saved == []
    assert editor.complaint == "a.py was changed by another program. Which one is to stay?"
    assert not editor.save_all()
    assert editor.unsaved == ["a.py"]
    editor.keep.click()
    assert (folder / "a.py").read_text() == f"# mine\n{GOOD}"
    assert saved == ["a.py"]
    assert editor.complaint == ""
    assert not editor.keep.isVisible()


def test_the_text_of_the_file_can_be_taken_in_place_of_the_own_one(
    editor: SamplerEditor, folder: Path
) -> None:
    QTest.keyClicks(editor.code, "# mine")
    (folder / "a.py").write_text("# theirs\n")
    editor.save.click()
    editor.reload.click()
    assert editor.code.toPlainText() == (folder / "a.py").read_text() == "# theirs\n"
    assert editor.complaint == ""
    assert editor.unsaved == []
    QTest.keyClicks(editor.code, "# mine")
    (folder / "a.py").write_text(editor.code.toPlainText())
    editor.save.click()
    assert editor.complaint == ""
    assert editor.unsaved == []


def test_a_new_sampler_is_named_in_the_window(editor: SamplerEditor, folder: Path) -> None:
    editor.new.click()
    assert editor.name.text() == "my_sampler.py"
    assert editor.name.hasFocus()
    QTest.keyClicks(editor.name, "a")
    QTest.keyClick(editor.name, Key.Key_Return)
    assert editor.name.isVisible()
    editor.name.setText("quiet")
    QTest.keyClick(editor.name, Key.Key_Return)
    assert not editor.name.isVisible()
    assert (folder / "quiet.py").read_text() == TEMPLATE
    assert editor.shown == "quiet.py"
    editor.new.click()
    QTest.keyClick(editor.name, Key.Key_Escape)
    assert not editor.name.isVisible()
    assert names(editor) == ["a.py", "b.py", "quiet.py"]


def test_an_empty_folder(theme: Theme, tmp_path: Path) -> None:
    editor = SamplerEditor(theme, tmp_path)
    open_window(editor, 400, 500)
    assert names(editor) == []
    assert editor.shown == ""
    assert not editor.save.isEnabled()
    editor.new.click()
    QTest.keyClick(editor.name, Key.Key_Return)
    assert names(editor) == ["my_sampler.py"]


def test_every_control_is_reached_and_has_a_name(editor: SamplerEditor) -> None:
    stops = tab_stops(editor)
    assert stops == [editor.list, editor.new, editor.elsewhere, editor.save, editor.code]
    for stop in stops:
        assert stop.accessibleName() or stop.property("text")
    editor.code.setFocus()
    QTest.keyClick(editor.code, Key.Key_Tab, CONTROL)
    QApplication.processEvents()
    assert not editor.code.hasFocus()


def test_files_say_what_cannot_be(folder: Path, theme: Theme) -> None:
    files = SamplerFiles(folder, theme)
    (folder / "latin.py").write_bytes(b"# \xe9\n")
    with pytest.raises(InputError, match="not UTF-8"):
        files.read("latin.py")
    with pytest.raises(InputError, match=r"a\.py already"):
        files.create("a")
    with pytest.raises(InputError, match="not the name of a sampler"):
        files.create("../a")
    (folder / "full.py").mkdir()
    with pytest.raises(InputError, match=r"full\.py cannot be saved"):
        files.save("full.py", GOOD)
    assert not (folder / "full.py.part").exists()


def test_the_template_is_a_sampler_and_mistakes_are_found() -> None:
    assert find_mistake("t.py", TEMPLATE) is None
    assert find_mistake("t.py", "x = 'a\\d'") is None
    mistake = find_mistake("t.py", "x = 1\n  y = 2\n")
    assert mistake is not None
    assert (mistake.line, mistake.message) == (2, "unexpected indent")
    assert find_mistake("t.py", "x = '\0'") is not None
