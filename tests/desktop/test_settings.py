from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.settings import (
    MOST_RECENT,
    Settings,
    read_settings,
    settings_file,
    write_settings,
)


def test_a_first_start_has_the_defaults(tmp_path: Path) -> None:
    assert read_settings(tmp_path / "none") == (Settings(), "")


def test_what_is_written_is_read(tmp_path: Path) -> None:
    settings = Settings(language="ja", model="/models/a.gguf", threads=6, recent=["/灯台.md"])
    write_settings(tmp_path / "new", settings)
    assert read_settings(tmp_path / "new") == (settings, "")
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["settings.json"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'{"language": "fr"}',
        b'{"font_size": 0}',
        b'{"tokens": "many"}',
        b'{"recent": [1]}',
        b'{"model": "\xff"}',
    ],
)
def test_a_broken_file_is_kept_aside(tmp_path: Path, content: bytes) -> None:
    settings_file(tmp_path).write_bytes(content)
    settings, sentence = read_settings(tmp_path)
    assert settings == Settings()
    aside = tmp_path / "settings.broken.json"
    assert str(aside) in sentence
    assert aside.read_bytes() == content
    write_settings(tmp_path, settings)
    assert read_settings(tmp_path) == (Settings(), "")


@given(st.binary(max_size=64))
def test_nothing_in_the_file_ends_the_program(tmp_path_factory: object, content: bytes) -> None:
    assert isinstance(tmp_path_factory, pytest.TempPathFactory)
    folder = tmp_path_factory.mktemp("settings")
    settings_file(folder).write_bytes(content)
    settings, sentence = read_settings(folder)
    assert settings == Settings()
    assert sentence or content.strip() == b"{}"


def test_a_field_of_a_later_version_is_passed_over(tmp_path: Path) -> None:
    settings_file(tmp_path).write_bytes(b'{"scheme": "dark", "of_tomorrow": [1, 2]}')
    assert read_settings(tmp_path) == (Settings(scheme="dark"), "")


def test_a_folder_in_its_place_is_said(tmp_path: Path) -> None:
    settings_file(tmp_path).mkdir()
    settings, sentence = read_settings(tmp_path)
    assert settings == Settings()
    assert str(settings_file(tmp_path)) in sentence


def test_every_default_is_one_that_is_read(tmp_path: Path) -> None:
    encoded = msgspec.json.encode(Settings())
    assert msgspec.json.decode(encoded, type=Settings) == Settings()


def test_the_last_document_comes_first_and_the_oldest_goes() -> None:
    settings = Settings()
    for number in range(MOST_RECENT + 2):
        settings.remember_document(Path(f"/{number}.md"))
    settings.remember_document(Path("/5.md"))
    assert settings.recent[:2] == [str(Path("/5.md")), str(Path("/11.md"))]
    assert len(settings.recent) == len(set(settings.recent)) == MOST_RECENT
    settings.forget_document(Path("/5.md"))
    assert str(Path("/5.md")) not in settings.recent
    assert Settings().recent == []
