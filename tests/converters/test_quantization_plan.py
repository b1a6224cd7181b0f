"""The plan: the type of each tensor against llama.cpp's choice, and the size told beforehand."""

from collections.abc import Sequence
from pathlib import Path

import gguf
import numpy as np
import pytest

from converters.ggml import Ggml
from converters.gguf_source import open_gguf
from converters.importance import ImportanceMatrix, read_importance
from converters.quantization_plan import QuantizationPlan, plan_quantization
from models.errors import InputError
from models.gguf_header import read_header
from models.quantization_levels import FLOAT_TYPES, WRITABLE_LEVELS, Reason
from tests.converters.random_models import write_random_importance, write_random_model
from tests.converters.upstream import quantize_upstream

BLOCK_LEVELS = tuple(level for level in WRITABLE_LEVELS if level not in FLOAT_TYPES)
LLAMA = ("attn_q", "attn_k", "attn_v", "attn_output", "ffn_gate", "ffn_up", "ffn_down")


def write_outline(
    path: Path,
    architecture: str,
    layers: int,
    heads: int,
    heads_kv: int,
    *,
    matrices: Sequence[str] = LLAMA,
    columns: int = 256,
    tied: bool = False,
) -> Path:
    """Write a model that has its tensors, but each with two rows: enough for the types."""
    writer = gguf.GGUFWriter(path, architecture)
    writer.add_block_count(layers)
    writer.add_context_length(512)
    writer.add_embedding_length(columns)
    writer.add_feed_forward_length(columns)
    writer.add_head_count(heads)
    writer.add_head_count_kv(heads_kv)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_layer_norm_eps(1e-5)
    writer.add_vocab_size(300)
    rng = np.random.default_rng(4)
    names = [f"blk.{i}.{name}.weight" for i in range(layers) for name in matrices]
    names += ["token_embd.weight", "position_embd.weight"] + ["output.weight"] * (not tied)
    for name in names:
        writer.add_tensor(name, rng.standard_normal((2, columns), np.float32))
        if name.startswith("blk."):
            writer.add_tensor(name.replace("weight", "bias"), np.ones(columns, np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def plan(
    path: Path,
    level: str,
    *,
    importance: ImportanceMatrix | None = None,
    tensor_types: Sequence[str] = (),
) -> QuantizationPlan:
    with open_gguf(path, Ggml()) as source:
        return plan_quantization(source, level, importance=importance, tensor_types=tensor_types)


def name_types(plan: QuantizationPlan) -> dict[str, str]:
    return {tensor.source.name: tensor.type for tensor in plan.tensors}


@pytest.mark.parametrize(
    ("architecture", "layers", "heads", "heads_kv"),
    [
        ("llama", 32, 32, 8),
        ("llama", 24, 40, 40),
        ("llama", 80, 64, 8),
        ("llama", 80, 64, 64),
        ("qwen2", 80, 64, 64),
        ("qwen2", 28, 12, 2),
        ("gemma3", 26, 4, 1),
    ],
)
@pytest.mark.parametrize("with_importance", [False, True])
def test_types_are_those_of_upstream(
    architecture: str,
    layers: int,
    heads: int,
    heads_kv: int,
    with_importance: bool,
    tmp_path: Path,
) -> None:
    matrices = LLAMA if layers < 80 else ("attn_v", "ffn_down")
    path = write_outline(
        tmp_path / "outline.gguf", architecture, layers, heads, heads_kv, matrices=matrices
    )
    file = write_random_importance(tmp_path / "i.gguf", path) if with_importance else None
    expected = quantize_upstream(path, BLOCK_LEVELS, tmp_path, importance=file)
    importance = read_importance(file) if file else None
    for level, upstream in expected.items():
        types = {tensor.name: tensor.type for tensor in read_header(upstream).tensors}
        planned = plan(path, level, importance=importance)
        assert name_types(planned) == types, level
        assert planned.file_bytes == upstream.stat().st_size


@pytest.mark.parametrize("columns", [256, 320, 48])
def test_types_of_gpt2_are_those_of_upstream(columns: int, tmp_path: Path) -> None:
    path = write_outline(
        tmp_path / "outline.gguf", "gpt2", 12, 12, 12, columns=columns, tied=True,
        matrices=("attn_qkv", "attn_output", "ffn_up", "ffn_down"),
    )  # fmt: skip
    for level, upstream in quantize_upstream(path, BLOCK_LEVELS, tmp_path).items():
        types = {tensor.name: tensor.type for tensor in read_header(upstream).tensors}
        assert name_types(plan(path, level)) == types, level


def test_a_plan_says_why(tmp_path: Path) -> None:
    path = write_random_model(tmp_path / "model.gguf", layers=2, feed_forward=288)
    planned = plan(path, "Q4_K_M", tensor_types=["attn_q=Q8_0"])
    why = {
        tensor.source.name: (tensor.type, tensor.reason, tensor.wanted)
        for tensor in planned.tensors
    }
    assert why["blk.0.attn_norm.weight"] == ("F32", Reason.KEPT, "F32")
    assert why["blk.0.attn_q.weight"] == ("Q8_0", Reason.ASKED, "Q8_0")
    assert why["blk.0.attn_k.weight"] == ("Q4_K", Reason.LEVEL, "Q4_K")
    assert why["blk.1.attn_v.weight"] == ("Q6_K", Reason.SENSITIVE, "Q6_K")
    assert why["blk.1.ffn_down.weight"] == ("Q8_0", Reason.ROW, "Q6_K")
    assert why["output.weight"] == ("Q6_K", Reason.OUTPUT, "Q6_K")


def test_the_bits_a_weight_are_those_of_the_tensors(tmp_path: Path) -> None:
    path = write_random_model(tmp_path / "model.gguf", layers=1)
    assert plan(path, "Q8_0").bits_per_weight == pytest.approx(8.5, abs=0.05)  # 34 bytes for 32
    tensors = read_header(path).tensors
    bits = 8 * sum(t.size_bytes for t in tensors) / sum(np.prod(t.shape) for t in tensors)
    assert plan(path, "BF16").bits_per_weight == pytest.approx(bits)


def test_a_type_is_given_at_a_level_of_floats_too(tmp_path: Path) -> None:
    path = write_random_model(tmp_path / "model.gguf", layers=1)
    types = name_types(plan(path, "F16", tensor_types=["ffn=Q8_0"]))
    assert types["blk.0.ffn_up.weight"] == "Q8_0"
    assert types["blk.0.attn_q.weight"] == "F16"


@pytest.mark.parametrize(
    ("level", "tensor_types", "said"),
    [
        ("Q4_K_X", [], "no level Q4_K_X .*choose among F32"),
        ("IQ1_S", [], "no level IQ1_S"),
        ("Q8_0", ["attn_v"], '"attn_v" gives no tensor a type'),
        ("Q8_0", ["=Q8_0"], "gives no tensor a type"),
        ("Q8_0", ["attn_v=Q9"], "gives no tensor a type"),
        ("Q8_0", ["attn_(=Q8_0"], "is no regular expression"),
        ("Q8_0", ["attn_x=Q8_0"], "is in no tensor's name"),
    ],
)
def test_a_mistake_is_one_sentence(
    level: str, tensor_types: list[str], said: str, tmp_path: Path
) -> None:
    path = write_random_model(tmp_path / "model.gguf", layers=1)
    with pytest.raises(InputError, match=said):
        plan(path, level, tensor_types=tensor_types)
