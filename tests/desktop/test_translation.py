"""The translations are whole, and the window changes its language."""

import os
import re
import shutil
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from string import Formatter

import pytest
import translations
from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale
from PySide6.QtWidgets import QApplication, QDialogButtonBox

from desktop.translation import FOLDER, Translator

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

ROOT = Path(__file__).parents[2]
ENVIRONMENT = Path(sys.prefix)
FILES = sorted(FOLDER.glob("*.ts"))


@pytest.fixture(scope="module")
def application() -> QApplication:
    there = QApplication.instance()
    return there if isinstance(there, QApplication) else QApplication([])


def messages(file: Path) -> list[tuple[str, str, ElementTree.Element]]:
    """Context, source and message of every string of a .ts file."""
    return [
        (context.findtext("name", ""), message.findtext("source", ""), message)
        for context in ElementTree.parse(file).getroot().iter("context")
        for message in context.iter("message")
    ]


def target_texts(message: ElementTree.Element) -> list[str]:
    target = message.find("translation")
    assert target is not None
    forms = [form.text or "" for form in target.iter("numerusform")]
    return forms or [target.text or ""]


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_the_file_holds_what_the_sources_say(file: Path, tmp_path: Path) -> None:
    copy = tmp_path / file.name
    shutil.copy(file, copy)
    translations.update(ROOT, ENVIRONMENT, copy)
    now = {(context, source) for context, source, _ in messages(copy)}
    then = {(context, source) for context, source, _ in messages(file)}
    assert len(then) > 50
    remedy = "run `python packaging/translations.py update` and translate what is new"
    assert now == then, remedy


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_string_is_translated(file: Path) -> None:
    for context, source, message in messages(file):
        target = message.find("translation")
        assert target is not None
        assert target.get("type") is None, f"{context}: {source}"
        for text in target_texts(message):
            assert text.strip(), f"{context}: {source}"
            assert fields(text) == fields(source), f"{context}: {source}"
            assert ("\n" in text) == ("\n" in source)


def test_menu_keys_are_kept_in_japanese() -> None:
    for context, source, message in messages(FOLDER / "inkglass_ja.ts"):
        if context == "Menu":
            key = re.search("&(.)", source)
            assert key is not None
            assert target_texts(message)[0].endswith(f"(&{key[1]})")


def test_the_language_comes_and_goes(application: QApplication) -> None:
    translator = Translator(application)
    translator.use("ja")
    assert translator.shown == "ja"
    assert QCoreApplication.translate("Action", "Save") == "保存"
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    assert box.buttons()[0].text() == "キャンセル"  # Qt's own words too
    translator.use("en")
    assert QCoreApplication.translate("Action", "Save") == "Save"
    translator.deleteLater()


def test_the_system_is_asked(application: QApplication) -> None:
    translator = Translator(application)
    translator.use("system")
    first = next(name[:2] for name in [*QLocale.system().uiLanguages(), "en"])
    assert translator.shown == ("ja" if first == "ja" else "en")
    translator.use("en")
    translator.deleteLater()


def test_qt_brings_its_own_words() -> None:
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    assert (Path(folder) / "qtbase_ja.qm").exists()
