"""The bounded check of LoRA adapters, before native code sees them."""

from collections.abc import Callable, Mapping
from pathlib import Path

import gguf
import numpy as np
import pytest

from models.adapter_file import check_adapter
from models.gguf_file import GgufSummary, summarize
from models.gguf_header import ModelFileError

WriteGguf = Callable[..., Path]
RANK = 2
QUERIES = "blk.0.attn_q.weight"  # 64 x 64 in the tiny model
FITTING = {f"{QUERIES}.lora_a": (RANK, 64), f"{QUERIES}.lora_b": (64, RANK)}


@pytest.fixture
def tiny(tiny_path: Path) -> GgufSummary:
    return summarize(tiny_path)


def write_adapter(
    path: Path,
    shapes: Mapping[str, tuple[int, ...]] = FITTING,
    *,
    architecture: str = "llama",
    general_type: str = "adapter",
    adapter_type: str = "lora",
    alpha: object = 4.0,
    invocation: list[int] | None = None,
    dtype: type = np.float32,
) -> Path:
    writer = gguf.GGUFWriter(path, architecture)
    writer.add_type(general_type)
    writer.add_string("adapter.type", adapter_type)
    if isinstance(alpha, float):
        writer.add_float32("adapter.lora.alpha", alpha)
    elif isinstance(alpha, str):
        writer.add_string("adapter.lora.alpha", alpha)
    if invocation is not None:
        writer.add_array("adapter.alora.invocation_tokens", invocation)
    for name, shape in shapes.items():
        writer.add_tensor(name, np.ones(shape, dtype))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def test_one_that_fits_gives_its_size(tiny: GgufSummary, tmp_path: Path) -> None:
    assert check_adapter(write_adapter(tmp_path / "a.gguf"), tiny) == 4 * 2 * 64 * RANK
    half = write_adapter(tmp_path / "half.gguf", dtype=np.float16)
    assert check_adapter(half, tiny) == 2 * 2 * 64 * RANK


def test_a_rank_of_one_fits(tiny: GgufSummary, tmp_path: Path) -> None:
    shapes = {f"{QUERIES}.lora_a": (64,), f"{QUERIES}.lora_b": (64, 1)}  # as ggml counts dimensions
    check_adapter(write_adapter(tmp_path / "a.gguf", shapes), tiny)


def test_norms_that_llama_cpp_ignores_are_ignored(tiny: GgufSummary, tmp_path: Path) -> None:
    shapes = {**FITTING, "blk.0.attn_norm.weight": (64,)}
    check_adapter(write_adapter(tmp_path / "a.gguf", shapes), tiny)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"general_type": "model"}, "is a model, not an adapter"),
        ({"general_type": "imatrix"}, "is not a LoRA adapter"),
        ({"adapter_type": "ia3"}, "is not a LoRA adapter"),
        ({"architecture": "qwen2"}, "architecture 'qwen2', and tiny.gguf is 'llama'"),
        ({"alpha": "much"}, "adapter.lora.alpha is not a number"),
        ({"alpha": None}, "adapter.lora.alpha is not a number"),
        ({"invocation": [5, 6]}, "activated LoRA"),
        ({"shapes": {}}, "changes nothing"),
        ({"shapes": {f"{QUERIES}.lora_a": (RANK, 64)}}, "only one of the two matrices"),
        ({"shapes": {QUERIES: (64, 64)}}, "not a part of a LoRA adapter"),
        ({"dtype": np.int32}, "as I32"),
        (
            {
                "shapes": {
                    "blk.9.attn_q.weight.lora_a": (2, 64),
                    "blk.9.attn_q.weight.lora_b": (64, 2),
                }
            },
            "changes blk.9.attn_q.weight, which tiny.gguf does not have",
        ),
        (
            {"shapes": {f"{QUERIES}.lora_a": (RANK, 96), f"{QUERIES}.lora_b": (64, RANK)}},
            "2 x 96 and 64 x 2, and in tiny.gguf it is 64 x 64",
        ),
        (
            {"shapes": {f"{QUERIES}.lora_a": (RANK, 64), f"{QUERIES}.lora_b": (64, 3)}},
            "2 x 64 and 64 x 3",
        ),
        (
            {"shapes": {f"{QUERIES}.lora_a": (2, RANK, 64), f"{QUERIES}.lora_b": (64, RANK)}},
            "2 x 2 x 64 and 64 x 2",
        ),
        (
            {
                "shapes": {
                    "output_norm.weight.lora_a": (2, 64),
                    "output_norm.weight.lora_b": (1, 2),
                }
            },
            "would leave as it is",
        ),
        (
            {
                "shapes": {
                    "token_embd.weight.lora_a": (300, 2),  # llama.cpp ends the process at this one
                    "token_embd.weight.lora_b": (64, 3),
                }
            },
            "300 x 2 and 64 x 3",
        ),
    ],
)
def test_one_that_does_not_fit_is_refused(
    changed: dict[str, object], words: str, tiny: GgufSummary, tmp_path: Path
) -> None:
    path = write_adapter(tmp_path / "letters.gguf", **changed)  # type: ignore[arg-type]
    with pytest.raises(ModelFileError) as refused:
        check_adapter(path, tiny)
    assert words in str(refused.value)
    assert "letters.gguf" in str(refused.value)


def test_files_that_are_no_adapters(tiny: GgufSummary, tmp_path: Path) -> None:
    with pytest.raises(ModelFileError, match="is a model, not an adapter"):
        check_adapter(tiny.path, tiny)
    with pytest.raises(ModelFileError, match="There is no file"):
        check_adapter(tmp_path / "none.gguf", tiny)
    with pytest.raises(ModelFileError, match="is a folder"):
        check_adapter(tmp_path, tiny)
    whole = write_adapter(tmp_path / "whole.gguf").read_bytes()
    (tmp_path / "cut.gguf").write_bytes(whole[:-40])
    with pytest.raises(ModelFileError, match=r"cut\.gguf"):
        check_adapter(tmp_path / "cut.gguf", tiny)
