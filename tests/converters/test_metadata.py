"""The model card and the recommended sampling, usable or not."""

from pathlib import Path
from typing import Any

import pytest

from converters.architectures import open_model
from models.errors import InputError
from tests.converters.small_checkpoints import write_gpt2, write_json


@pytest.fixture
def checkpoint(tmp_path: Path) -> Path:
    folder = tmp_path / "Quill-Story-7B-v0.3"
    folder.mkdir()
    write_gpt2(folder)
    return folder


def read_keys(folder: Path) -> dict[str, Any]:
    return {key.name: key.value for key in open_model(folder).keys}


def test_the_name_of_the_folder_is_the_models_name(checkpoint: Path) -> None:
    keys = read_keys(checkpoint)
    assert keys["general.name"] == open_model(checkpoint).name == "Quill Story 7B v0.3"
    assert keys["general.basename"] == "Quill-Story"
    assert keys["general.size_label"] == "71K"  # 7B is not this model's size


def test_values_of_the_card_become_text(checkpoint: Path) -> None:
    card = "---\nversion: 1.5\nlicense: [mit, apache-2.0]\nlanguage:\n- no\n- 5\n---\nText.\n"
    (checkpoint / "README.md").write_text(card, encoding="utf-8")
    keys = read_keys(checkpoint)
    assert keys["general.version"] == "1.5"
    assert keys["general.license"] == "mit,apache-2.0"
    assert keys["general.languages"] == ["no", "5"]


@pytest.mark.parametrize(
    ("card", "fault"),
    [
        ("---\na: [\n---\n", "not valid YAML"),
        ("---\nlicense: [1]\n---\n", "correct or remove"),
        (b"---\nname: \xff\n---\n", "not text in UTF-8"),
    ],
)
def test_a_card_that_cannot_be_used_is_refused(
    checkpoint: Path, card: str | bytes, fault: str
) -> None:
    (checkpoint / "README.md").write_bytes(card if isinstance(card, bytes) else card.encode())
    with pytest.raises(InputError, match=fault):
        open_model(checkpoint)


def test_recommended_sampling_is_kept(checkpoint: Path) -> None:
    recommended = {"temperature": 1, "top_k": 40, "min_p": 0.05, "repetition_penalty": 1.2}
    write_json(checkpoint / "generation_config.json", recommended | {"max_length": 20})
    keys = read_keys(checkpoint)
    sampling = {name: value for name, value in keys.items() if "sampling" in name}
    assert sampling == {
        "general.sampling.top_k": 40,
        "general.sampling.min_p": 0.05,
        "general.sampling.temp": 1.0,
        "general.sampling.penalty_repeat": 1.2,
    }


@pytest.mark.parametrize("value", ["warm", [1], True, 1e300])
def test_sampling_of_another_type_is_refused(checkpoint: Path, value: object) -> None:
    write_json(checkpoint / "generation_config.json", {"temperature": value})
    with pytest.raises(InputError, match=r"general\.sampling\.temp"):
        open_model(checkpoint)
