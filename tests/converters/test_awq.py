"""AWQ checkpoints against the definition of AWQ, and what libllama makes of the file."""

import json
import zlib
from pathlib import Path

import gguf
import numpy as np
import numpy.typing as npt
import pytest

from converters.architectures import open_model
from converters.architectures.tensor_edits import transpose
from converters.awq import pack_blocks, unpack, unpack_awq
from converters.checkpoint import open_checkpoint
from converters.operations import Written, convert
from converters.recent_matrices import RecentMatrices
from models.engine.blocking import BlockingEngine
from models.engine.protocol import Branch, StageValues, Stepped
from models.errors import InputError
from tests.converters.small_checkpoints import (
    decoder_shapes,
    encode,
    llama_config,
    make_values,
    pack_safetensors,
    sizes,
    write_json,
    write_mistral,
)
from tests.converters.upstream import quantize_upstream

GROUP = 128
HEADS, HEADS_KV, HEAD_SIZE = 4, 2, 64
F16_STEP = 2.0**-11  # half of F16's last place, relative

Floats = npt.NDArray[np.float32]


def pack(numbers: npt.NDArray[np.uint32]) -> bytes:
    """Pack uint32[n, outputs] as AutoAWQ does: eight outputs in an int32, in its own order."""
    eights = numbers.reshape(len(numbers), -1, 8)
    packed = np.zeros(eights.shape[:2], np.uint32)
    for place, output in enumerate([0, 2, 4, 6, 1, 3, 5, 7]):
        packed |= eights[:, :, output] << np.uint32(4 * place)
    return packed.tobytes()


def write_awq(folder: Path, *, group: int = GROUP, **settings: object) -> dict[str, Floats]:
    """Write a small Mistral that AWQ has packed; return the weights (q - z) s by their names."""
    folder.mkdir()
    write_mistral(folder)
    for path in folder.glob("model*"):
        path.unlink()
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    config |= llama_config(
        "MistralForCausalLM",
        "mistral",
        hidden_size=HEADS * HEAD_SIZE,
        intermediate_size=384,
        torch_dtype="float16",
        quantization_config={
            "quant_method": "awq", "bits": 4, "group_size": group, "zero_point": True,
            "version": "gemm", "modules_to_not_convert": None, **settings,
        },
    )  # fmt: skip
    write_json(folder / "config.json", config)
    weights: dict[str, Floats] = {}
    tensors: dict[str, tuple[str, tuple[int, ...], bytes]] = {}
    for name, shape in decoder_shapes(sizes(config), HEAD_SIZE, tied=False).items():
        if "_proj." not in name:
            values = make_values(int(np.prod(shape)), zlib.crc32(name.encode()))
            tensors[name] = ("F16", shape, encode(values, "F16"))
            continue
        outputs, inputs = shape
        rng = np.random.default_rng(zlib.crc32(name.encode()))
        numbers = rng.integers(0, 16, (inputs, outputs), np.uint32)
        zeros = rng.integers(0, 16, (inputs // group, outputs), np.uint32)
        scales = rng.uniform(0.001, 0.02, zeros.shape).astype(np.float16)
        module = name.removesuffix(".weight")
        tensors |= {
            f"{module}.qweight": ("I32", (inputs, outputs // 8), pack(numbers)),
            f"{module}.qzeros": ("I32", (inputs // group, outputs // 8), pack(zeros)),
            f"{module}.scales": ("F16", scales.shape, scales.tobytes()),
        }
        exact = numbers.astype(np.float32) - zeros.astype(np.float32).repeat(group, 0)
        weights[name] = (exact * scales.astype(np.float32).repeat(group, 0)).T
    (folder / "model.safetensors").write_bytes(pack_safetensors(tensors))
    return weights


def convert_one(source: Path, output: Path, *levels: str, requantize: bool = False) -> list[Path]:
    levels = levels or ("Q4_1",)
    events = convert(source=source, levels=levels, output=output, requantize=requantize, threads=2)
    return [event.file for event in events if isinstance(event, Written)]


def permute(weight: Floats, heads: int) -> Floats:
    """llama.cpp's order of the rows of q and k (conversion/llama.py: permute)."""
    halves = weight.reshape(heads, 2, len(weight) // heads // 2, -1)
    return halves.swapaxes(1, 2).reshape(weight.shape)


@pytest.mark.parametrize("group", [32, 128])
def test_blocks_hold_the_numbers_of_awq(group: int, tmp_path: Path) -> None:
    weights = write_awq(tmp_path / "Quill", group=group)
    (path,) = convert_one(tmp_path / "Quill", tmp_path / "out")
    assert path.name.endswith("-Q4_1.gguf")
    tensors = {tensor.name: tensor for tensor in gguf.GGUFReader(path).tensors}
    names = gguf.get_tensor_name_map(gguf.MODEL_ARCH.LLAMA, 2)
    for name, weight in weights.items():
        tensor = tensors[str(names.get_name(name, [".weight"]))]
        assert tensor.tensor_type == gguf.GGMLQuantizationType.Q4_1
        if "q_proj" in name or "k_proj" in name:
            weight = permute(weight, HEADS if "q_proj" in name else HEADS_KV)
        found = gguf.quants.dequantize(tensor.data, tensor.tensor_type)
        # z <= 15 and s <= 0.02: m is rounded by F16, and no more; the rest is float32's own
        bound = 15 * 0.02 * F16_STEP + 1e-6
        assert np.abs(found - weight).max() <= bound
    assert tensors["output_norm.weight"].tensor_type == gguf.GGMLQuantizationType.F32
    assert tensors["output.weight"].tensor_type == gguf.GGMLQuantizationType.Q6_K


def test_the_scale_and_the_numbers_are_copied_bit_by_bit() -> None:
    numbers = np.arange(64, dtype=np.uint8).reshape(1, 64) % 16
    scales = np.array([[0.0123]], np.float16).astype(np.float32)
    blocks = pack_blocks(numbers, np.array([[7]], np.uint8), scales).reshape(2, 20)
    for block in blocks:
        d, m = block[:4].view(np.float16)
        assert d == scales[0, 0]
        assert m == np.float16(-7 * scales[0, 0])
        assert (block[4:] & 15).tolist() == list(range(16))
        assert (block[4:] >> 4).tolist() == list(range(16))


def test_eight_outputs_come_out_in_their_order() -> None:
    packed = np.array([[0x75316420]], np.uint32)  # the output 0 is in the lowest four bits
    assert unpack(packed).ravel().tolist() == list(range(8))


def test_rows_are_the_same_in_any_blocks(tmp_path: Path) -> None:
    write_awq(tmp_path / "Quill")
    (tensor,) = (
        t for t in open_model(tmp_path / "Quill").tensors if t.name == "blk.1.attn_k.weight"
    )
    whole = tensor.raw(0, tensor.rows)
    assert (
        np.concatenate([tensor.raw(0, 3), tensor.raw(3, 70), tensor.raw(70, 128)]) == whole
    ).all()
    expected = gguf.quants.dequantize(whole, gguf.GGMLQuantizationType.Q4_1)
    assert (tensor.read(5, 90) == expected[5:90]).all()


def test_other_levels_are_refused_unless_asked(tmp_path: Path) -> None:
    write_awq(tmp_path / "Quill")
    with pytest.raises(InputError, match="choose Q4_1, which keeps them"):
        convert_one(tmp_path / "Quill", tmp_path / "out", "Q4_1", "Q4_K_M")
    assert not (tmp_path / "out").exists()


@pytest.mark.slow
def test_upstream_makes_the_same_of_the_blocks(tmp_path: Path) -> None:
    write_awq(tmp_path / "Quill")
    levels = ["Q4_1", "Q8_0"]
    found = convert_one(tmp_path / "Quill", tmp_path / "out", *levels, requantize=True)
    expected = quantize_upstream(found[0], levels, tmp_path)
    for path, level in zip(found, levels, strict=True):
        assert blocks_of(path) == blocks_of(expected[level])


def blocks_of(path: Path) -> dict[str, bytes]:
    """The data of the weights in the blocks of a model."""
    reader = gguf.GGUFReader(path)
    return {t.name: t.data.tobytes() for t in reader.tensors if t.name.startswith("blk.")}


def test_libllama_loads_the_file_and_writes_with_it(tmp_path: Path) -> None:
    write_awq(tmp_path / "Quill")
    (path,) = convert_one(tmp_path / "Quill", tmp_path / "out")
    with BlockingEngine() as engine:
        engine.load(path, context=256, threads=1, branches=1)
        branch = Branch([StageValues("greedy")], 0)
        events = list(engine.generate("a", [branch], tokens=4))
    steps = [event.step for event in events if isinstance(event, Stepped)]
    assert steps
    assert all(np.isfinite(step.logprob) for step in steps)


@pytest.mark.parametrize(
    "settings",
    [
        {"bits": 8},
        {"version": "gemv"},
        {"version": "exllama"},
        {"zero_point": False},
        {"group": 16},
    ],
)
def test_another_awq_is_refused(settings: dict[str, object], tmp_path: Path) -> None:
    write_awq(tmp_path / "Quill", **settings)  # type: ignore[arg-type]  # a group, or a setting
    with pytest.raises(InputError, match="quantized by AWQ in a way that cannot be converted"):
        open_model(tmp_path / "Quill")


def test_a_part_that_is_missing_or_another_shape_is_refused(tmp_path: Path) -> None:
    write_awq(tmp_path / "Quill")
    path = tmp_path / "Quill" / "model.safetensors"
    data = path.read_bytes()
    path.write_bytes(data.replace(b"layers.1.mlp.up_proj.qzeros", b"layers.1.mlp.up_proj.qother"))
    with pytest.raises(InputError, match=r"lacks a part of model\.layers\.1\.mlp\.up_proj"):
        open_model(tmp_path / "Quill")
    path.write_bytes(data)
    config = json.loads((tmp_path / "Quill" / "config.json").read_text(encoding="utf-8"))
    config["quantization_config"]["group_size"] = 64
    write_json(tmp_path / "Quill" / "config.json", config)
    with pytest.raises(InputError, match="is not packed as AWQ packs groups of 64"):
        open_model(tmp_path / "Quill")


def test_a_matrix_that_has_to_be_turned_is_refused(tmp_path: Path) -> None:
    write_awq(tmp_path / "Quill")
    stored = unpack_awq(open_checkpoint(tmp_path / "Quill")).tensors
    up = stored["model.layers.0.mlp.up_proj.weight"]
    with pytest.raises(InputError, match="cannot be turned"):
        transpose("blk.0.ffn_up.weight", up, recent=RecentMatrices(1))
