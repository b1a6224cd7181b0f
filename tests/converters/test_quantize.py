"""The streaming quantizer against llama.cpp's own: the same bytes."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import gguf
import numpy as np
import pytest

from converters import quantize as quantizer
from converters.gguf_source import read_keys
from converters.operations import Written, convert
from models.errors import Cancelled, InputError
from models.quantization_levels import FLOAT_TYPES, WRITABLE_LEVELS
from tests.converters.random_models import write_random_importance, write_random_model
from tests.converters.upstream import quantize_upstream

BLOCK_LEVELS = tuple(level for level in WRITABLE_LEVELS if level not in FLOAT_TYPES)
SMALL: dict[str, Any] = {"layers": 1, "vocabulary": 260, "feed_forward": 256}


def convert_all(source: Path, levels: Sequence[str], output: Path, **options: Any) -> list[Written]:
    events = convert(source=source, levels=levels, output=output, **options)
    return [event for event in events if isinstance(event, Written)]


@pytest.mark.parametrize(
    "shape",
    [
        {},
        {"stored": "F32", "heads_kv": 8},
        {"stored": "F16", "tied": True},
        {"embedding": 288, "feed_forward": 544, "heads": 9, "heads_kv": 3, "tied": True},
        {"embedding": 144, "feed_forward": 272, "heads": 9, "heads_kv": 9},
    ],
    ids=["bf16", "f32", "f16-tied", "rows-of-288", "rows-of-144"],
)
def test_every_level_has_the_bytes_of_upstream(shape: dict[str, Any], tmp_path: Path) -> None:
    source = write_random_model(tmp_path / "random.gguf", **SMALL | shape)
    expected = quantize_upstream(source, WRITABLE_LEVELS, tmp_path)
    written = convert_all(source, WRITABLE_LEVELS, tmp_path / "out", threads=2)
    assert [file.level for file in written] == list(WRITABLE_LEVELS)
    for file in written:
        assert file.file.read_bytes() == expected[file.level].read_bytes(), file.level


@pytest.mark.parametrize(
    "shape",
    [
        {},
        {"embedding": 288, "feed_forward": 544, "heads": 9, "heads_kv": 3},
        {"experts": 4, "embedding": 64, "feed_forward": 64},
    ],
    ids=["rows-of-256", "rows-of-288", "experts"],
)
def test_an_importance_matrix_is_used_as_upstream_does(
    shape: dict[str, Any], tmp_path: Path
) -> None:
    source = write_random_model(tmp_path / "random.gguf", **SMALL | shape)
    importance = write_random_importance(tmp_path / "importance.gguf", source)
    expected = quantize_upstream(source, BLOCK_LEVELS, tmp_path, importance=importance)
    for file in convert_all(source, BLOCK_LEVELS, tmp_path / "out", importance=importance):
        assert file.file.read_bytes() == expected[file.level].read_bytes(), file.level


@pytest.mark.slow
@pytest.mark.parametrize("with_importance", [False, True])
def test_eight_experts_have_the_bytes_of_upstream(with_importance: bool, tmp_path: Path) -> None:
    source = write_random_model(tmp_path / "random.gguf", experts=8, **SMALL)
    importance = write_random_importance(tmp_path / "importance.gguf", source)
    given = importance if with_importance else None
    expected = quantize_upstream(source, BLOCK_LEVELS, tmp_path, importance=given)
    for file in convert_all(source, BLOCK_LEVELS, tmp_path / "out", importance=given):
        assert file.file.read_bytes() == expected[file.level].read_bytes(), file.level


def test_tensor_types_are_those_of_upstream(tmp_path: Path) -> None:
    source = write_random_model(tmp_path / "random.gguf", **SMALL)
    asked = [("attn_v", "Q8_0"), (r"blk\.0\.ffn_(up|gate)", "Q5_1"), ("ffn", "Q3_K")]
    expected = quantize_upstream(source, ["Q4_K_M"], tmp_path, tensor_types=asked)["Q4_K_M"]
    options = [f"{name}={kind.lower()}" for name, kind in asked]
    (written,) = convert_all(source, ["Q4_K_M"], tmp_path / "out", tensor_types=options)
    assert written.file.read_bytes() == expected.read_bytes()


@pytest.mark.slow
def test_what_is_quantized_already_is_quantized_again_as_upstream_does(tmp_path: Path) -> None:
    source = write_random_model(tmp_path / "random.gguf", **SMALL)
    first = quantize_upstream(source, ["Q4_1", "IQ4_XS"], tmp_path)
    for level, path in first.items():
        (tmp_path / level).mkdir()
        expected = quantize_upstream(path, ["Q8_0", "F16", level], tmp_path / level)
        for file in convert_all(path, list(expected), tmp_path / f"again-{level}", requantize=True):
            assert file.file.read_bytes() == expected[file.level].read_bytes(), file.level


@pytest.mark.parametrize("with_importance", [False, True])
def test_what_a_matrix_made_is_quantized_again_as_upstream_does(
    with_importance: bool, tmp_path: Path
) -> None:
    source = write_random_model(tmp_path / "random.gguf", **SMALL)
    before = write_random_importance(tmp_path / "before.gguf", source)
    (first,) = convert_all(source, ["Q4_0"], tmp_path / "first", importance=before)
    now = write_random_importance(tmp_path / "now.gguf", source, seed=2)
    given = now if with_importance else None
    expected = quantize_upstream(first.file, ["Q8_0", "IQ4_XS"], tmp_path, importance=given)
    for file in convert_all(
        first.file, list(expected), tmp_path / "again", importance=given, requantize=True
    ):
        assert file.file.read_bytes() == expected[file.level].read_bytes(), file.level
        names = [key.name for key in read_keys(file.file)]
        assert len(names) == len(set(names))


def test_threads_and_blocks_change_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = write_random_model(tmp_path / "random.gguf", experts=3, **SMALL)
    importance = write_random_importance(tmp_path / "importance.gguf", source)
    hashes = set()
    for threads, values in ((1, 2**18), (3, 2**18), (5, 1), (2, 3 * 256)):
        monkeypatch.setattr(quantizer, "BLOCK_VALUES", values)
        (file,) = convert_all(
            source, ["Q4_0"], tmp_path / str(values), importance=importance, threads=threads,
            force=True,
        )  # fmt: skip
        hashes.add(file.sha256)
    assert len(hashes) == 1


def write_one_tensor(path: Path, values: np.ndarray[Any, Any], stored: str) -> Path:
    kind = gguf.GGMLQuantizationType[stored]
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_block_count(1)
    writer.add_embedding_length(values.shape[-1])
    writer.add_head_count(1)
    writer.add_tensor("blk.0.ffn_up.weight", gguf.quants.quantize(values, kind), raw_dtype=kind)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


@pytest.mark.parametrize("stored", ["F32", "BF16"])
@pytest.mark.parametrize("level", ["Q8_0", "Q4_K_M", "F16", "BF16", "F32"])
@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_a_value_that_is_no_number_is_named(
    value: float, level: str, stored: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    values = np.ones((9, 256), np.float32)
    values[7, 33] = value
    source = write_one_tensor(tmp_path / "bad.gguf", values, stored)
    with pytest.raises(InputError, match=r"^blk\.0\.ffn_up\.weight holds .*damaged"):
        convert_all(source, [level], tmp_path / "out")
    assert list((tmp_path / "out").iterdir()) == []
    assert capfd.readouterr().err == ""


def test_a_value_too_large_for_the_type_is_named(tmp_path: Path) -> None:
    values = np.full((4, 256), 1e30, np.float32)
    source = write_one_tensor(tmp_path / "large.gguf", values, "F32")
    for level, kind in (("F16", "F16"), ("Q8_0", "Q8_0"), ("Q4_K_S", "Q4_K")):
        with pytest.raises(InputError, match=f"ffn_up.weight holds values too large for {kind}"):
            convert_all(source, [level], tmp_path / "out")
    assert convert_all(source, ["BF16"], tmp_path / "out")


def test_a_stop_ends_it_and_leaves_nothing(tmp_path: Path) -> None:
    source = write_random_model(tmp_path / "random.gguf", **SMALL)
    asked = 0

    def stop_soon() -> bool:
        nonlocal asked
        asked += 1
        return asked == 5

    with pytest.raises(Cancelled):
        convert_all(source, ["Q8_0", "Q4_0"], tmp_path / "out", stopped=stop_soon)
    assert asked == 5
    assert list((tmp_path / "out").iterdir()) == []
