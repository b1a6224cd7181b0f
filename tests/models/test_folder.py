import os
from pathlib import Path

import pytest

from models.errors import InputError
from models.folder import find_folders


def test_the_variable_moves_every_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INKGLASS_HOME", str(tmp_path))
    folders = find_folders()
    assert folders.models == tmp_path / "models"
    assert folders.samplers == tmp_path / "samplers"
    assert folders.documents == tmp_path / "documents"
    assert folders.settings == tmp_path / "settings"
    assert folders.logs == tmp_path / "logs"
    assert list(tmp_path.iterdir()) == []  # nothing is made by asking


def test_a_relative_home_is_made_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("INKGLASS_HOME", "here")
    assert find_folders().models == tmp_path / "here" / "models"


def test_without_the_variable_the_platform_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("INKGLASS_HOME", raising=False)
    folders = find_folders()
    for path in (folders.models, folders.samplers, folders.documents, folders.logs):
        assert path.is_absolute()
        assert "inkglass" in path.parts


@pytest.mark.skipif(os.name == "nt", reason="a device as POSIX has it")
@pytest.mark.parametrize("home", [os.devnull, f"{os.devnull}/below"])
def test_a_home_that_is_no_folder_is_refused(home: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INKGLASS_HOME", home)
    with pytest.raises(InputError, match="is no folder"):
        find_folders()
