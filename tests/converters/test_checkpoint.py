"""A checkpoint that is whole is listed, every other is refused with its fault and a remedy."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from converters.architectures import ARCHITECTURES, open_model
from converters.checkpoint import INDEX, open_checkpoint
from models.errors import InputError
from tests.converters.small_checkpoints import (
    CHECKPOINTS,
    pack_safetensors,
    write_gemma3_images,
    write_gpt2,
    write_json,
    write_llama3,
    write_mistral,
    write_qwen2,
)

FIRST = "model-00001-of-00002.safetensors"
ODD: list[object] = [
    None,
    True,
    -1,
    0,
    2**70,
    1e308,
    "",
    "x",
    "\ud800",
    [],
    [1],
    {},
    {"a": 1},
    [[]],
    3.5,
]


@pytest.fixture
def mistral(tmp_path: Path) -> Path:
    write_mistral(tmp_path)
    return tmp_path


def edit(path: Path, **values: object) -> None:
    write_json(path, json.loads(path.read_text(encoding="utf-8")) | values)


def refusal(folder: Path) -> str:
    with pytest.raises(InputError) as caught:
        open_model(folder)
    sentence = str(caught.value)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return sentence


def test_a_sharded_checkpoint_is_listed_without_its_data(mistral: Path) -> None:
    for path in mistral.glob("*.safetensors"):  # the header stays, the data becomes a hole
        size = path.stat().st_size
        header = 8 + int.from_bytes(path.read_bytes()[:8], "little")
        with path.open("r+b") as file:
            file.truncate(header)
            file.truncate(size)
    source = open_model(mistral)
    assert source.architecture == "llama"
    assert (source.layers, source.heads, source.heads_kv, source.experts) == (2, 4, 2, 0)
    assert {tensor.stored for tensor in source.tensors} == {"BF16"}


def test_what_is_no_checkpoint_is_refused(tmp_path: Path) -> None:
    assert "is not a folder" in refusal(tmp_path / "none")
    assert "no config.json" in refusal(tmp_path)
    write_json(tmp_path / "config.json", {"architectures": ["LlamaForCausalLM"]})
    assert "no model*.safetensors" in refusal(tmp_path)
    (tmp_path / "consolidated.safetensors").write_bytes(b"")
    assert "Mistral's own layout" in refusal(tmp_path)
    (tmp_path / "pytorch_model.bin").write_bytes(b"")
    assert "can run code" in refusal(tmp_path)


@pytest.mark.parametrize("shard", ["../a.safetensors", "/a.safetensors", "C:a.safetensors", 3, "a"])
def test_an_index_names_files_of_the_folder_alone(mistral: Path, shard: object) -> None:
    edit(mistral / INDEX, weight_map={"model.norm.weight": shard})
    assert "not the name of a safetensors file" in refusal(mistral)


def test_shards_and_index_must_agree(mistral: Path) -> None:
    index = json.loads((mistral / INDEX).read_text(encoding="utf-8"))["weight_map"]
    edit(mistral / INDEX, weight_map=index | {"more": FIRST})
    assert f"{FIRST} lacks the tensor 'more'" in refusal(mistral)
    edit(mistral / INDEX, weight_map={n: s for n, s in index.items() if n != "lm_head.weight"})
    assert "holds the tensor 'lm_head.weight', which" in refusal(mistral)
    edit(mistral / INDEX, weight_map={})
    assert "lists no tensors" in refusal(mistral)
    (mistral / INDEX).unlink()
    (mistral / "model.safetensors").write_bytes((mistral / FIRST).read_bytes())
    assert "is both in" in refusal(mistral)
    (mistral / "model.safetensors").unlink()
    assert len(open_checkpoint(mistral).tensors) == len(index)  # shards do without an index
    (mistral / FIRST).unlink()
    assert "The checkpoint lacks" in refusal(mistral)


def test_every_known_architecture_is_named_when_another_is_refused(mistral: Path) -> None:
    edit(mistral / "config.json", architectures=["FalconForCausalLM"])
    sentence = refusal(mistral)
    assert "FalconForCausalLM" in sentence
    assert all(name in sentence for name in ARCHITECTURES)


@pytest.mark.parametrize(
    ("values", "fault"),
    [
        ({"architectures": []}, "does not name the model's architecture"),
        ({"quantization_config": {"quant_method": "gptq"}}, "quantized already ('gptq')"),
        ({"rope_scaling": {"type": "longrope", "factor": 2}}, "type 'longrope'"),
        ({"rope_scaling": {"rope_type": "linear"}}, "factor must be a number"),
        ({"rope_scaling": {"mrope_section": [1, 2]}}, "mrope_section"),
        ({"num_local_experts": 8}, "mixture of experts"),
        ({"hidden_act": "gelu"}, "hidden_act = 'gelu'"),
        ({"num_hidden_layers": 3}, "lacks 9 tensors, model.layers.2"),
        ({"num_hidden_layers": 1}, "'model.layers.1.mlp.down_proj.weight', which"),
        ({"num_hidden_layers": 2**30}, "claims 1,073,741,824 layers"),
        ({"num_hidden_layers": "2"}, "num_hidden_layers must be a whole number from 1"),
        ({"hidden_size": 65}, "and by config.json it is"),
        ({"num_key_value_heads": 3}, "do not divide"),
        ({"vocab_size": 287}, "and by config.json it is [287, 64]"),
        ({"rms_norm_eps": 1e300}, "rms_norm_eps must be a number"),
    ],
)
def test_a_config_that_cannot_be_converted_is_refused(
    mistral: Path, values: dict[str, object], fault: str
) -> None:
    edit(mistral / "config.json", **values)
    assert fault in refusal(mistral)


def test_a_gemma_that_reads_images_needs_its_text_part(tmp_path: Path) -> None:
    write_gemma3_images(tmp_path)
    assert open_model(tmp_path).layers == 2
    edit(tmp_path / "config.json", text_config=[1])
    assert "text_config must be an object" in refusal(tmp_path)
    edit(tmp_path / "config.json", text_config=None)
    assert "by config.json it is" in refusal(tmp_path)
    edit(tmp_path / "config.json", architectures=["Gemma3ForCausalLM"])
    assert "which Gemma3ForCausalLM has no place for" in refusal(tmp_path)


def test_a_tensor_of_another_kind_is_refused(tmp_path: Path) -> None:
    write_gpt2(tmp_path)
    extra = tmp_path / "model-extra.safetensors"
    extra.write_bytes(pack_safetensors({"h.0.adapter": ("F32", (1,), bytes(4))}))
    assert "'h.0.adapter', which GPT2LMHeadModel has no place for" in refusal(tmp_path)
    path = tmp_path / "model.safetensors"
    extra.unlink()
    content = path.read_bytes().replace(b'"ln_f.bias": {"dtype": "F32"', b'"ln_f.bias": {"dtype": "I32"')  # fmt: skip  # noqa: E501
    path.write_bytes(content)
    assert "holds ln_f.bias in the type I32" in refusal(tmp_path)


def test_a_model_without_output_weights_must_say_that_it_is_tied(tmp_path: Path) -> None:
    write_qwen2(tmp_path)
    names = [tensor.name for tensor in open_model(tmp_path).tensors]
    assert "output.weight" not in names
    edit(tmp_path / "config.json", tie_word_embeddings=False)
    assert "lacks 1 tensors, lm_head.weight first" in refusal(tmp_path)


def test_the_factors_of_llama_3_need_a_scaling_that_makes_sense(tmp_path: Path) -> None:
    write_llama3(tmp_path)
    scaling = {"rope_type": "llama3", "factor": 8.0, "low_freq_factor": 4.0}
    edit(tmp_path / "config.json", rope_scaling=scaling)
    assert "which is no scaling" in refusal(tmp_path)


def list_places(value: Any) -> list[tuple[Any, Any]]:
    """Each place of a JSON value: what holds it, and the key or index there."""
    keys = list(value) if isinstance(value, dict) else range(len(value))
    places = [(value, key) for key in keys]
    for key in keys:
        if isinstance(value[key], dict | list):
            places += list_places(value[key])
    return places


@pytest.mark.parametrize("name", ["gpt2", "llama3", "mistral", "qwen2"])
@settings(max_examples=60)
@given(data=st.data())
def test_nothing_but_input_errors_escapes(name: str, tmp_path: Path, data: st.DataObject) -> None:
    """One odd value somewhere in one of the JSON files."""
    if not (tmp_path / "config.json").exists():
        CHECKPOINTS[name](tmp_path)
    files = sorted(tmp_path.glob("*.json"))
    path = data.draw(st.sampled_from(files))
    before = path.read_text(encoding="utf-8")
    value = json.loads(before)
    places = list_places(value)
    first = st.integers(0, min(40, len(places) - 1))  # the vocabulary is long, and all alike
    holder, key = places[data.draw(first | st.integers(0, len(places) - 1))]
    holder[key] = copy.deepcopy(data.draw(st.sampled_from(ODD)))
    path.write_text(json.dumps(value), encoding="utf-8")
    try:
        open_model(tmp_path)
    except InputError:
        pass
    finally:
        path.write_text(before, encoding="utf-8")


@given(at=st.integers(0, 10_000), byte=st.integers(0, 255))
def test_a_damaged_tokenizer_model_is_read_or_refused(tmp_path: Path, at: int, byte: int) -> None:
    if not (tmp_path / "config.json").exists():
        write_mistral(tmp_path)
    path = tmp_path / "tokenizer.model"
    before = path.read_bytes()
    content = bytearray(before)
    content[at % len(content)] = byte
    path.write_bytes(content)
    try:
        open_model(tmp_path)
    except InputError:
        pass
    finally:
        path.write_bytes(before)
