from pathlib import Path

import pytest

from models.catalogue import (
    GPT2_XL,
    KNOWN_MODELS,
    LEVELS,
    MISTRAL_7B,
    MISTRAL_7B_INSTRUCT,
    STARTER,
    STARTER_SOURCE,
    KnownModel,
    find_known,
)
from models.ggml_types import TENSOR_TYPES
from models.gguf_file import summarize


@pytest.mark.parametrize(
    ("known", "count"),
    [
        (MISTRAL_7B, 7_241_732_096),
        (MISTRAL_7B_INSTRUCT, 7_248_023_552),
        (GPT2_XL, 1_557_611_200),
        (STARTER, 134_515_008),
    ],
)
def test_parameter_counts_are_the_published_ones(known: KnownModel, count: int) -> None:
    assert known.parameter_count == count


@pytest.mark.parametrize(
    ("level", "file_bytes"),
    [
        ("Q2_K", 2_719_256_096),  # made in 2024; the file that is fetched is older
        ("Q3_K_L", 3_822_039_808),
        ("Q4_0", 4_108_916_352),
        ("Q4_K_M", 4_368_438_912),
        ("Q8_0", 7_695_857_280),
        ("F16", 14_484_780_800),
    ],
)
def test_computed_sizes_are_those_of_published_files(level: str, file_bytes: int) -> None:
    """Git LFS sizes of published GGUF files of this architecture with 32,000 tokens.

    The header, with the vocabulary, makes the difference: under 1 MB.
    """
    assert 0 < file_bytes - MISTRAL_7B.architecture.compute_size(level) < 1_000_000


def test_a_file_in_an_older_mix_of_types_has_its_own_size() -> None:
    """The tensors of that mix and the header of the other levels make its bytes."""
    blocks = MISTRAL_7B.architecture.blocks
    wider = {"attn_v": 1024 * 4096, "ffn_gate": 4096 * 14_336, "ffn_up": 4096 * 14_336}
    q2, q3, q4 = (TENSOR_TYPES[name].block_bytes / 256 for name in ("Q2_K", "Q3_K", "Q4_K"))
    tensors = MISTRAL_7B.architecture.compute_size("Q2_K")
    tensors += blocks * round(wider["attn_v"] * (q3 - q4))
    tensors += blocks * round((wider["ffn_gate"] + wider["ffn_up"]) * (q3 - q2))
    header = 4_368_438_912 - MISTRAL_7B.architecture.compute_size("Q4_K_M")
    assert MISTRAL_7B.sizes()["Q2_K"] - tensors == pytest.approx(header, abs=1000)
    assert MISTRAL_7B_INSTRUCT.sizes()["Q2_K"] < 2.8e9


def test_the_computed_size_of_gpt2_xl_is_near_that_of_a_published_file() -> None:
    """The hub shows 1.19 GB for an older file at Q4_K_M: within 1 %, and rounding."""
    assert GPT2_XL.sizes()["Q4_K_M"] == pytest.approx(1.19e9, rel=0.01)


def test_rows_that_do_not_divide_make_two_levels_equal() -> None:
    sizes = GPT2_XL.sizes()
    assert sizes["Q2_K"] == sizes["Q3_K_S"]


def test_levels_are_in_order_of_size() -> None:
    sizes = [MISTRAL_7B.sizes()[level] for level in LEVELS]
    assert sizes == sorted(sizes)


def test_the_starter_has_the_tensors_of_its_file(starter_path: Path) -> None:
    summary = summarize(starter_path)
    computed = sorted(
        (f"blk.{block}.{name}" if block >= 0 else name, shape)
        for name, shape, block in STARTER.architecture.tensors()
    )
    assert computed == sorted((tensor.name, tensor.shape) for tensor in summary.tensors)
    assert STARTER_SOURCE.size_bytes == summary.file_size_bytes
    assert STARTER.architecture.context == summary.context_length


def test_every_model_has_a_size_for_each_level_it_can_be_fetched_at() -> None:
    for known in KNOWN_MODELS:
        assert set(known.levels) <= set(known.sizes())
        assert known.default_level in known.levels
        assert known.id == known.id.casefold()


@pytest.mark.parametrize("name", ["mistral-7b-v0.1", "MISTRAL-7B-V0.1", "Mistral-7B-v0.1"])
def test_a_model_is_found_in_any_case(name: str) -> None:
    assert find_known(name) is MISTRAL_7B


def test_an_unknown_model_is_none() -> None:
    assert find_known("mistral") is None
