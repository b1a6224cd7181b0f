"""What the library reads before it shows anything: offers, and sources of a conversion."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.library.convertible import read_convertible
from desktop.library.offer_row import PURPOSES
from desktop.library.shelf import inspect, read_shelf
from models import library
from models.catalogue import GPT2_XL, KNOWN_MODELS, MISTRAL_7B, HubSource
from models.errors import InputError
from models.quantization_levels import WRITABLE_LEVELS
from tests.converters.random_models import write_random_model
from tests.converters.small_checkpoints import write_gpt2


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The models folder of an empty home of the program."""
    monkeypatch.setenv("INKGLASS_HOME", str(tmp_path / "home"))
    folder = tmp_path / "home" / "models"
    folder.mkdir(parents=True)
    return folder


def test_every_purpose_of_the_catalogue_can_be_translated() -> None:
    assert {known.purpose for known in KNOWN_MODELS} == set(PURPOSES)


def test_a_level_that_is_here_is_offered_no_more(home: Path, random_model: Path) -> None:
    assert isinstance(GPT2_XL.source, HubSource)
    before = {offer.known.id: offer for offer in read_shelf(context=None).offers}
    assert set(before) == {known.id for known in KNOWN_MODELS}
    assert set(before["gpt2-xl"].levels) == set(GPT2_XL.levels)
    (home / GPT2_XL.source.file_name("Q4_K_M")).symlink_to(random_model)
    after = {offer.known.id: offer for offer in read_shelf(context=None).offers}
    assert before["gpt2-xl"].levels.keys() - after["gpt2-xl"].levels.keys() == {"Q4_K_M"}


def test_the_cache_of_mistral_takes_half_a_gigabyte(home: Path) -> None:
    offer = next(o for o in read_shelf(context=None).offers if o.known is MISTRAL_7B)
    # keys and values in F16: 4,096 tokens, 32 blocks, 8 heads of 128; and 100 MB of overhead
    assert offer.cache_bytes == 2 * 2 * 4096 * 32 * 8 * 128 + 100_000_000


def test_a_list_of_links_that_is_damaged_is_an_error_in_one_sentence(home: Path) -> None:
    (home / library.LINKS_FILE).write_text("[")
    with pytest.raises(InputError, match="is damaged"):
        read_shelf(context=None)


def test_an_inspection_counts_the_tensors(home: Path, random_model: Path) -> None:
    (model,) = read_shelf(context=None, link=random_model).models
    found = inspect(model)
    assert model.is_link
    assert model.name == "Random"
    assert {name: count for name, count, _ in found.tensors} == {"BF16": 30, "F32": 9}
    assert ("tokenizer.ggml.tokens", "300 × string") in found.keys


def test_a_checkpoint_is_planned_as_it_would_be_written(checkpoint: Path) -> None:
    found = read_convertible(checkpoint, WRITABLE_LEVELS)
    sizes = [plan.size_bytes for plan in found.levels]
    assert sizes == sorted(sizes, reverse=True)
    assert {plan.level for plan in found.levels} == set(WRITABLE_LEVELS) - {"F16"}
    assert found.proposed == "Q4_K_M"
    assert found.stored == "BF16"
    assert not any(plan.requantizes for plan in found.levels)


def test_a_checkpoint_in_f32_can_become_either_half(tmp_path: Path) -> None:
    write_gpt2(tmp_path)
    found = read_convertible(tmp_path)
    assert found.stored == "F32"
    assert [plan.level for plan in found.levels][:3] == ["F32", "BF16", "F16"]


def test_of_a_gguf_only_what_is_smaller_is_planned(random_model: Path) -> None:
    found = read_convertible(random_model)
    assert {plan.level for plan in found.levels}.isdisjoint({"BF16", "F16", "F32"})
    assert all(plan.size_bytes < random_model.stat().st_size for plan in found.levels)


def test_a_gguf_that_cannot_become_smaller_is_refused(tmp_path: Path) -> None:
    path = write_random_model(tmp_path / "thin.gguf", embedding=32, feed_forward=32, heads=2)
    with pytest.raises(InputError, match="no level makes it smaller"):
        read_convertible(path, ["F32", "BF16"])
