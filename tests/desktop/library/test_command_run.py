"""A command of the program in a process of its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from desktop.library.command_run import CommandRun, Ending
from tests.desktop.conftest import Wait


def test_a_folder_with_the_name_of_a_package_is_not_imported(
    application: QApplication, wait: Wait, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "__init__.py").write_text("raise SystemExit('not the program')")
    monkeypatch.chdir(tmp_path)
    run, endings = CommandRun(), list[Ending]()
    run.ended.connect(endings.append)
    run.start(["models", "list", "--json"])
    wait(lambda: endings)
    assert endings == [Ending("done")]
