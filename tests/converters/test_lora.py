"""Adapters against llama.cpp's own converter, and against checkpoints that they are merged into."""

import hashlib
import json
import math
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import gguf
import numpy as np
import pytest

from converters import operations
from converters.architectures import open_model
from converters.checkpoint import open_checkpoint
from converters.operations import Written, convert, convert_adapter
from models.adapter_file import Adapter
from models.engine.blocking import BlockingEngine
from models.engine.protocol import Scored, Step
from models.errors import InputError
from models.gguf_header import ModelFileError
from models.operations import open_model as open_in_engine
from models.operations import score
from tests.converters.make_adapter_goldens import READ_KEYS
from tests.converters.make_goldens import GOLDENS, read_gguf
from tests.converters.small_adapters import (
    ADAPTERS,
    ALPHA,
    ATTENTION,
    GPT2,
    RANK,
    Matrices,
    find_modules,
    write_adapter,
    write_mistral_adapter,
)
from tests.converters.small_checkpoints import (
    CHECKPOINTS,
    encode,
    make_values,
    pack_safetensors,
    write_json,
)

TEXT = "the hand and the herald, 水 and hand"


@pytest.fixture(scope="module")
def engine() -> Iterator[BlockingEngine]:
    with BlockingEngine() as opened:
        yield opened


def write_base(name: str, folder: Path) -> Path:
    folder.mkdir()
    CHECKPOINTS[name](folder)
    return folder


def convert_to_f32(source: Path, output: Path) -> Path:
    *_, written = convert(source=source, levels=["F32"], output=output)
    assert isinstance(written, Written)
    return written.file


@pytest.mark.parametrize("level", ["F32", "F16", "BF16"])
@pytest.mark.parametrize("name", list(ADAPTERS))
def test_tensors_and_keys_equal_upstream(name: str, level: str, tmp_path: Path) -> None:
    base = write_base(name, tmp_path / "base")
    ADAPTERS[name](base, tmp_path / name)
    golden = json.loads((GOLDENS / "adapters.json").read_text(encoding="utf-8"))[name]
    written = convert_adapter(source=tmp_path / name, base=base, output=tmp_path, level=level)
    keys, tensors = read_gguf(written.file)
    assert [key for key in keys if key[0] in READ_KEYS] == golden.pop("keys")  # type: ignore[index]
    assert {name for name, *_ in tensors} == set(golden)
    for tensor, lengths, kind, digest in tensors:
        shape = [1, *lengths][-2:]  # ggml reads a row as a matrix of one; upstream writes the 1
        assert (shape, [kind, digest]) == (golden[tensor]["shape"], golden[tensor][level]), tensor
    data = written.file.read_bytes()
    assert written.file.name == f"{name}-{level}.gguf"
    assert (written.bytes, written.sha256) == (len(data), hashlib.sha256(data).hexdigest())


@pytest.mark.parametrize("name", list(ADAPTERS))
def test_a_gguf_file_is_as_good_a_base_as_the_checkpoint(name: str, tmp_path: Path) -> None:
    base = write_base(name, tmp_path / "base")
    ADAPTERS[name](base, tmp_path / name)
    model = convert_to_f32(base, tmp_path)
    of_folder = convert_adapter(source=tmp_path / name, base=base, output=tmp_path / "folder")
    of_file = convert_adapter(source=tmp_path / name, base=model, output=tmp_path / "file")
    assert of_file.file.read_bytes() == of_folder.file.read_bytes()


def test_a_file_that_appears_meanwhile_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing else happens between the check of the target and its writing."""
    base = write_base("mistral", tmp_path / "base")
    ADAPTERS["mistral"](base, tmp_path / "letters")
    target = tmp_path / "letters-F32.gguf"
    monkeypatch.setattr(operations, "make_folder", lambda _folder: target.write_bytes(b"mine"))
    with pytest.raises(InputError, match=r"which was left alone: .*letters-F32-2\.gguf\.$"):
        convert_adapter(source=tmp_path / "letters", base=base, output=tmp_path)
    assert target.read_bytes() == b"mine"
    assert read_gguf(tmp_path / "letters-F32-2.gguf")


def merge(base: Path, folder: Path, matrices: Matrices, scales: Mapping[str, float]) -> Path:
    """Write the checkpoint that has the adapter in its weights, summed in float64, as F32."""
    shutil.copytree(base, folder, ignore=shutil.ignore_patterns("model*"))
    tensors = {}
    for name, stored in open_checkpoint(base).tensors.items():
        values = stored.decode(stored.read_rows(0, stored.rows)).reshape(stored.shape)
        module = name.removesuffix(".weight")
        if module in matrices:
            a, b = (matrix.astype(np.float64) for matrix in matrices[module])
            change = scales[module] * (b @ a)
            if change.shape != values.shape or module.endswith(GPT2):
                change = change.T  # GPT-2's weights, and an embedding's
            values = (values + change).astype(np.float32)
        tensors[name] = ("F32", stored.shape, encode(values, "F32"))
    (folder / "model.safetensors").write_bytes(pack_safetensors(tensors))
    return folder


def read_steps(engine: BlockingEngine, model: Path, *adapters: Adapter) -> list[Step]:
    open_in_engine(engine, model=str(model), threads=1, adapters=adapters)
    events = score(engine, TEXT, special=False, candidates=20)
    return [step for event in events if isinstance(event, Scored) for step in event.steps]


def compare(found: list[Step], wanted: list[Step]) -> float:
    """Hold steps against each other; returns the largest difference of a log-probability."""
    assert [step.token for step in found] == [step.token for step in wanted]
    assert len(found) > 10
    return max(abs(one.logprob - other.logprob) for one, other in zip(found, wanted, strict=True))


def write_gpt2_adapter(base: Path, folder: Path) -> Matrices:
    modules = find_modules(base, *GPT2)
    made = write_adapter(
        folder, modules, prefix="base_model.model.transformer.", fan_in_fan_out=True
    )
    return {module: made[module] for module in modules}


MERGED: Mapping[str, Callable[[Path, Path], Matrices]] = {
    **ADAPTERS,
    "gpt2": write_gpt2_adapter,
}


@pytest.mark.parametrize("name", list(MERGED))
def test_a_model_with_its_adapter_is_the_merged_model(
    name: str, engine: BlockingEngine, tmp_path: Path
) -> None:
    base = write_base(name, tmp_path / "base")
    matrices = MERGED[name](base, tmp_path / "letters")
    rank = next(iter(matrices.values()))[0].shape[0]
    adapter = convert_adapter(source=tmp_path / "letters", base=base, output=tmp_path).file
    model = convert_to_f32(base, tmp_path / "out")
    plain = read_steps(engine, model)
    for scale in (1.0, 0.5, -1.0):
        scales = dict.fromkeys(matrices, scale * ALPHA / rank)
        folder = merge(base, tmp_path / f"merged{scale}", matrices, scales)
        merged = read_steps(engine, convert_to_f32(folder, tmp_path / f"out{scale}"))
        adapted = read_steps(engine, model, Adapter(adapter, scale))
        assert compare(adapted, merged) < 2e-3
        assert compare(plain, merged) > 0.05  # which is not what any adapter would give
    assert compare(read_steps(engine, model, Adapter(adapter, 0.0)), plain) == 0
    halves = read_steps(engine, model, Adapter(adapter, 0.25), Adapter(adapter, 0.25))
    assert compare(halves, read_steps(engine, model, Adapter(adapter, 0.5))) < 2e-3


def test_scales_of_their_own_are_in_the_file(engine: BlockingEngine, tmp_path: Path) -> None:
    base = write_base("mistral", tmp_path / "base")
    matrices = write_adapter(
        tmp_path / "letters",
        find_modules(base, *ATTENTION),
        use_rslora=True,
        alpha_pattern={"self_attn.v_proj": 3.0, "layers.1.self_attn.q_proj": 12},
    )
    alphas = {
        module: 3.0 if "v_proj" in module else 12.0 if "1.self_attn.q_proj" in module else ALPHA
        for module in matrices
    }
    scales = {module: alpha / math.sqrt(RANK) for module, alpha in alphas.items()}
    adapter = convert_adapter(source=tmp_path / "letters", base=base, output=tmp_path).file
    folder = merge(base, tmp_path / "merged", matrices, scales)
    merged = read_steps(engine, convert_to_f32(folder, tmp_path / "merged-out"))
    model = convert_to_f32(base, tmp_path / "out")
    assert compare(read_steps(engine, model, Adapter(adapter)), merged) < 2e-3


def test_a_quantized_model_takes_the_adapter(engine: BlockingEngine, tmp_path: Path) -> None:
    base = write_base("mistral", tmp_path / "base")
    write_mistral_adapter(base, tmp_path / "letters")
    adapter = convert_adapter(source=tmp_path / "letters", base=base, output=tmp_path, level="F16")
    *_, model = convert(source=base, levels=["Q8_0"], output=tmp_path / "out")
    assert isinstance(model, Written)
    plain = read_steps(engine, model.file)
    whole = read_steps(engine, convert_to_f32(base, tmp_path / "whole"), Adapter(adapter.file))
    adapted = read_steps(engine, model.file, Adapter(adapter.file))
    assert compare(adapted, whole) < 0.3 < compare(plain, whole)


@pytest.fixture
def base(tmp_path: Path) -> Path:
    return write_base("mistral", tmp_path / "base")


@pytest.fixture
def letters(base: Path, tmp_path: Path) -> Path:
    write_mistral_adapter(base, tmp_path / "letters")
    return tmp_path / "letters"


def change_config(folder: Path, **values: object) -> None:
    path = folder / "adapter_config.json"
    write_json(path, json.loads(path.read_text(encoding="utf-8")) | values)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"peft_type": "IA3"}, "the kind 'IA3'"),
        ({"use_dora": True}, "use_dora = True"),
        ({"lora_bias": True}, "lora_bias = True"),
        ({"bias": "all"}, "bias = 'all'"),
        ({"modules_to_save": ["lm_head"]}, "modules_to_save = ['lm_head']"),
        ({"alora_invocation_tokens": [3, 4]}, "alora_invocation_tokens = [3, 4]"),
        ({"init_lora_weights": "pissa_niter_4"}, "changed the base model"),
        ({"lora_alpha": 0}, "changes nothing"),
        ({"lora_alpha": "16"}, "lora_alpha must be a number"),
        ({"alpha_pattern": {"(a+)+$": 3}}, "alpha_pattern"),
    ],
)
def test_what_a_gguf_adapter_cannot_hold_is_refused_by_name(
    values: dict[str, object], words: str, base: Path, letters: Path, tmp_path: Path
) -> None:
    change_config(letters, **values)
    with pytest.raises(InputError) as refused:
        convert_adapter(source=letters, base=base, output=tmp_path / "out")
    assert words in str(refused.value)
    assert not (tmp_path / "out").exists()


def replace_tensors(folder: Path, tensors: dict[str, tuple[str, tuple[int, ...]]]) -> None:
    packed = {
        name: (dtype, shape, encode(make_values(math.prod(shape), 1), "F32"))
        for name, (dtype, shape) in tensors.items()
    }
    (folder / "adapter_model.safetensors").write_bytes(pack_safetensors(packed))


QUERIES = "base_model.model.model.layers.0.self_attn.q_proj"


@pytest.mark.parametrize(
    ("tensors", "words"),
    [
        ({}, "changes nothing"),
        ({f"{QUERIES}.lora_A.weight": ("F32", (4, 64))}, "only one of the two"),
        (
            {
                f"{QUERIES}.lora_A.weight": ("F32", (4, 64)),
                f"{QUERIES}.lora_B.weight": ("F32", (128, 4)),
            },
            "4 x 64 and 128 x 4, and in base it is 64 x 64",
        ),
        (
            {
                f"{QUERIES}.lora_A.weight": ("F32", (4, 64)),
                f"{QUERIES}.lora_B.weight": ("F32", (64, 2)),
            },
            "4 x 64 and 64 x 2",
        ),
        ({f"{QUERIES}.lora_A.weight": ("F32", (4, 8, 2))}, "F32 [4, 8, 2]"),
        ({f"{QUERIES}.lora_A.weight": ("I32", (4, 64))}, "as I32"),
        ({f"{QUERIES}.weight": ("F32", (64, 64))}, "not a matrix of a LoRA"),
        ({"model.norm.weight": ("F32", (64,))}, "not a matrix of a LoRA"),
        (
            {"base_model.model.model.layers.7.mlp.up_proj.lora_A.weight": ("F32", (4, 64))},
            "does not have",
        ),
    ],
)
def test_tensors_that_do_not_fit_are_refused_by_name(
    tensors: dict[str, tuple[str, tuple[int, ...]]],
    words: str,
    base: Path,
    letters: Path,
    tmp_path: Path,
) -> None:
    replace_tensors(letters, tensors)
    with pytest.raises(InputError) as refused:
        convert_adapter(source=letters, base=base, output=tmp_path / "out")
    assert words in str(refused.value)
    assert not (tmp_path / "out").exists()


def test_damaged_files_are_refused(base: Path, letters: Path, tmp_path: Path) -> None:
    weights = letters / "adapter_model.safetensors"
    whole = weights.read_bytes()

    def refused(words: str, **changed: Any) -> None:
        with pytest.raises(InputError) as error:
            convert_adapter(
                **{"source": letters, "base": base, "output": tmp_path / "out", **changed}
            )
        assert words in str(error.value)
        assert not (tmp_path / "out").exists()

    weights.write_bytes(whole[:-10])
    refused("cut off or damaged")
    nan = bytearray(whole)
    nan[-2:] = b"\xc0\x7f"  # BF16
    weights.write_bytes(nan)
    refused("not finite")
    weights.unlink()
    refused("no adapter_model.safetensors")
    (letters / "adapter_model.bin").write_bytes(b"x")
    refused("can run code")
    weights.write_bytes(whole)
    refused("no config.json", base=letters)
    refused("There is no file", base=tmp_path / "nothing.gguf")
    refused("not quantized to Q4_0", level="Q4_0")
    (letters / "adapter_config.json").write_text("[]")
    refused("adapter_config.json does not hold a JSON object")


def test_another_base_is_refused(letters: Path, tmp_path: Path) -> None:
    other = write_base("llama3", tmp_path / "other")  # heads of another size
    with pytest.raises(ModelFileError, match="attn_k"):
        convert_adapter(source=letters, base=other, output=tmp_path / "out")
    config = json.loads((other / "config.json").read_text()) | {"architectures": ["BertModel"]}
    write_json(other / "config.json", config)
    with pytest.raises(InputError, match="'BertModel'"):
        convert_adapter(source=letters, base=other, output=tmp_path / "out")


def test_an_embedding_that_is_the_output_too_is_refused(tmp_path: Path) -> None:
    base = write_base("qwen2", tmp_path / "base")
    write_adapter(tmp_path / "letters", find_modules(base, "embed_tokens"))
    with pytest.raises(ModelFileError, match="the output too"):
        convert_adapter(source=tmp_path / "letters", base=base, output=tmp_path)


def test_a_file_that_is_there_is_kept(base: Path, letters: Path, tmp_path: Path) -> None:
    (tmp_path / "letters-F32.gguf").write_bytes(b"mine")
    with pytest.raises(InputError, match="--force"):
        convert_adapter(source=letters, base=base, output=tmp_path)
    assert (tmp_path / "letters-F32.gguf").read_bytes() == b"mine"
    convert_adapter(source=letters, base=base, output=tmp_path, force=True)
    assert gguf.GGUFReader(tmp_path / "letters-F32.gguf").tensors


def test_an_adapter_is_told_from_a_model(letters: Path) -> None:
    with pytest.raises(InputError, match="--base MODEL"):
        open_model(letters)
