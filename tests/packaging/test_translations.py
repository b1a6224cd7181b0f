import os
import sys
from pathlib import Path

import pytest
import translations

ENVIRONMENT = Path(sys.prefix)
FILE = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ja" sourcelanguage="en">
<context>
    <name>Door</name>
    <message>
        <source>Open</source>
        <translation>開く</translation>
    </message>
    <message>
        <source>Gone</source>
        <translation>なし</translation>
    </message>
</context>
</TS>
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A .ts file, in a tree whose one source says two things."""
    file = tmp_path / translations.FOLDER / "inkglass_ja.ts"
    file.parent.mkdir(parents=True)
    file.write_text(FILE, encoding="utf-8")
    (tmp_path / "desktop" / "door.py").write_text(
        "class Door(QWidget):\n"
        "    def name(self) -> None:\n"
        '        self.setText(self.tr("Open"), self.tr("Close {name}"))\n',
        encoding="utf-8",
    )
    return file


def test_update_keeps_adds_and_drops(tmp_path: Path, file: Path) -> None:
    translations.update(tmp_path, ENVIRONMENT, file)
    text = file.read_text(encoding="utf-8")
    assert "<translation>開く</translation>" in text
    assert "<source>Close {name}</source>" in text
    assert 'type="unfinished"' in text
    assert "Gone" not in text


def test_a_file_is_compiled_once_and_again_when_it_has_changed(tmp_path: Path, file: Path) -> None:
    compiled = file.with_suffix(".qm")
    translations.compile_all(tmp_path, ENVIRONMENT)
    assert compiled.read_bytes()
    compiled.write_bytes(b"kept")
    translations.compile_all(tmp_path, ENVIRONMENT)
    assert compiled.read_bytes() == b"kept"
    later = compiled.stat().st_mtime_ns + 1_000_000_000
    os.utime(file, ns=(later, later))
    translations.compile_all(tmp_path, ENVIRONMENT)
    assert compiled.read_bytes() != b"kept"


def test_what_is_missing_is_said_in_one_sentence(tmp_path: Path, file: Path) -> None:
    with pytest.raises(SystemExit, match="need Qt's lrelease"):
        translations.compile_all(tmp_path, tmp_path / ".venv")


def test_a_broken_file_is_said(tmp_path: Path, file: Path) -> None:
    file.write_text("<TS", encoding="utf-8")
    with pytest.raises(SystemExit, match="could not be made"):
        translations.compile_all(tmp_path, ENVIRONMENT)
