"""The settings, the first page and the shortcuts."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from desktop.actions import ACTIONS
from desktop.settings import Settings
from desktop.shell.first_run import FirstRun, Recommendation, StarterState
from desktop.shell.settings_page import SettingsPage
from desktop.shell.shortcuts_page import ShortcutsPage
from desktop.theme.theme import Theme
from desktop.translation import Translator
from models.operations import MOST_TOKENS
from tests.desktop.shell.windows import open_window, turn_wheel


def named(page: FirstRun | SettingsPage, name: str) -> QPushButton:
    return next(b for b in page.findChildren(QPushButton) if b.accessibleName() == name)


@pytest.fixture
def chosen() -> list[tuple[str, object]]:
    return []


@pytest.fixture
def page(theme: Theme, chosen: list[tuple[str, object]]) -> SettingsPage:
    page = SettingsPage(theme)
    page.chosen.connect(lambda field, value: chosen.append((field, value)))
    return page


def test_the_settings_are_shown_and_say_nothing_back(
    page: SettingsPage, chosen: list[tuple[str, object]]
) -> None:
    page.show_settings(Settings(language="ja", scheme="dark", font_size=21, threads=6, tokens=96))
    assert page.language.currentText() == "日本語"
    assert page.scheme.currentText() == "Dark"
    assert page.font_size.text() == "21 px"
    assert page.threads.text() == "6"
    assert page.context.text() == "Chosen for this machine"
    assert page.tokens.text() == "96 tokens"
    assert chosen == []


def test_a_continuation_without_a_limit_is_called_so(
    page: SettingsPage, chosen: list[tuple[str, object]]
) -> None:
    page.show_settings(Settings(tokens=MOST_TOKENS))
    assert page.tokens.text() == "until it ends"
    page.tokens.setValue(5_000)
    assert page.tokens.text() == "5,000 tokens"
    page.tokens.setValue(0)
    assert chosen == [("tokens", 5_000), ("tokens", MOST_TOKENS)]


def test_a_choice_names_the_field(page: SettingsPage, chosen: list[tuple[str, object]]) -> None:
    page.show_settings(Settings())
    open_window(page)
    QTest.keyClick(page.language, Qt.Key.Key_Down)
    QTest.keyClick(page.scheme, Qt.Key.Key_End)
    QTest.keyClick(page.threads, Qt.Key.Key_Up)
    QTest.keyClick(page.threads, Qt.Key.Key_Down)
    QTest.keyClick(page.context, Qt.Key.Key_Up)
    assert chosen == [
        ("language", "en"),
        ("scheme", "dark"),
        ("threads", 1),
        ("threads", None),
        ("context", 256),
    ]
    for field, value in chosen:
        assert field in Settings.__struct_fields__
        setattr(Settings(), field, value)


def test_a_folder_is_opened_by_its_button(page: SettingsPage) -> None:
    wanted: list[Path] = []
    page.folder_wanted.connect(wanted.append)
    folders = {name: Path("/somewhere") / name for name in ("models", "documents", "journal")}
    page.show_folders(**folders)
    named(page, "Open the folder of the journal").click()
    assert wanted == [folders["journal"]]


def test_the_settings_speak_japanese(page: SettingsPage, translator: Translator) -> None:
    page.show_settings(Settings())
    translator.use("ja")
    QApplication.processEvents()
    assert page.context.text() == "自動"
    assert page.tokens.text() == "48 トークン"
    assert page.title.text() == "設定"


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("loading", "being loaded"),
        ("ready", "is ready: 135 million parameters, English. You can write now."),
        ("missing", "no starter model"),
    ],
)
def test_the_first_page_says_how_far_the_starter_is(
    theme: Theme, state: StarterState, words: str
) -> None:
    page = FirstRun(theme)
    page.show_starter(state)
    assert any(words in label.text() for label in page.findChildren(QLabel))
    assert page.start.isEnabled()


def test_the_first_page_has_one_primary_button(theme: Theme) -> None:
    page = FirstRun(theme)
    buttons = page.findChildren(QPushButton)
    assert [b for b in buttons if b.property("primary")] == [page.start]


def test_a_language_is_chosen_and_then_spoken(theme: Theme, translator: Translator) -> None:
    page = FirstRun(theme)
    languages: list[str] = []
    page.language_chosen.connect(languages.append)
    open_window(page)
    QTest.mouseClick(named(page, "日本語"), Qt.MouseButton.LeftButton)
    assert languages == ["ja"]
    assert page.start.hasFocus()  # which Enter presses
    translator.use("ja")
    QApplication.processEvents()
    assert page.start.text() == "書き始める"


def test_the_command_of_the_recommendation_is_copied(theme: Theme) -> None:
    page = FirstRun(theme)
    command = "inkglass models get mistral-7b-v0.1 --level Q4_K_M"
    page.show_recommendation(Recommendation("Mistral", "Q4_K_M", "4.4 GB", "fits", command))
    named(page, "Copy the command").click()
    assert QApplication.clipboard().text() == command


def test_every_action_with_a_key_is_listed(theme: Theme) -> None:
    page = ShortcutsPage(theme)
    assert set(page.found) == {action.id for action in ACTIONS if action.keys}


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("another version", {"another"}),
        ("CTRL+R", {"another", "continue"}),  # Ctrl+Return too
        ("alt version", {"version-up", "version-down", "version-parent", "version-child"}),
        ("no such thing", set()),
    ],
)
def test_the_search_finds_titles_and_keys(theme: Theme, search: str, found: set[str]) -> None:
    page = ShortcutsPage(theme)
    page.search.setText(search)
    assert found <= set(page.found)
    assert bool(page.found) == bool(found)


def test_the_search_finds_japanese(theme: Theme, translator: Translator) -> None:
    page = ShortcutsPage(theme)
    translator.use("ja")
    QApplication.processEvents()
    page.search.setText("保存")
    assert page.found == ("save", "save-as")


def test_the_wheel_changes_only_what_has_the_keyboard(theme: Theme) -> None:
    page = SettingsPage(theme)
    page.show_settings(Settings())
    open_window(page)
    chosen: list[str] = []
    page.chosen.connect(lambda field, _value: chosen.append(field))
    page.close_button.setFocus()
    for control in (page.tokens, page.language):
        turn_wheel(control)
    assert chosen == []
    page.tokens.setFocus()
    turn_wheel(page.tokens)
    assert chosen == ["tokens"]
