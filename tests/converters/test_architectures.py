"""Every key and every byte against llama.cpp's own converter; see make_goldens."""

import hashlib
import importlib.util
import json
from pathlib import Path
from typing import Any

import gguf
import numpy as np
import numpy.typing as npt
import pytest

from converters.architectures import open_model
from converters.source import Key, ModelSource, SourceTensor
from models.ggml_types import ValueType
from tests.converters.make_goldens import GOLDENS, describe_key
from tests.converters.small_checkpoints import CHECKPOINTS, write_mistral

LEVELS = ("F32", "F16", "BF16")


def read_golden(name: str) -> dict[str, Any]:
    golden: dict[str, Any] = json.loads((GOLDENS / f"{name}.json").read_text(encoding="utf-8"))
    return golden


def describe(key: Key) -> list[object]:
    """A key as it comes back from a GGUF file, where numbers are float32."""
    value: Any = key.value
    kinds = [key.type.name]
    if key.items is not None:
        kinds.append(key.items.name)
    if ValueType.FLOAT32 in (key.type, key.items):
        value = np.asarray(value, np.float32).tolist()
    return describe_key(key.name, kinds, value)


def encode(values: npt.NDArray[np.float32], kind: str) -> bytes:
    quantized = gguf.quants.quantize(values, gguf.GGMLQuantizationType[kind])
    return bytes(np.ascontiguousarray(quantized).tobytes())


def read_in_blocks(tensor: SourceTensor, step: int) -> npt.NDArray[np.float32]:
    return np.concatenate(
        [
            tensor.read(start, min(start + step, tensor.rows))
            for start in range(0, tensor.rows, step)
        ]
    )


def compare(source: ModelSource, golden: dict[str, Any]) -> None:
    """Hold keys, in order, and tensors, in order and byte by byte, against the golden."""
    keys = [describe(key) for key in source.keys]
    keys.insert(source.quantization_version_index, ["general.quantization_version", "UINT32", 2])
    keys.insert(source.file_type_index, ["general.file_type", "UINT32", 32])
    assert keys == golden["keys"]
    assert [tensor.name for tensor in source.tensors] == list(golden["tensors"])
    for tensor in source.tensors:
        wanted = golden["tensors"][tensor.name]
        assert list(tensor.shape) == wanted["shape"], tensor.name
        values = read_in_blocks(tensor, max(1, tensor.rows // 3))
        assert values.dtype == np.float32
        assert values.shape == (tensor.rows, tensor.columns)
        for level in LEVELS:
            kind, digest = wanted[level]
            assert hashlib.sha256(encode(values, kind)).hexdigest() == digest, tensor.name
        if not tensor.is_edited:
            raw = tensor.raw(0, tensor.rows)
            assert raw.shape[0] == tensor.rows
            assert raw.tobytes() == encode(values, tensor.stored), tensor.name


@pytest.mark.parametrize("name", list(CHECKPOINTS))
def test_keys_and_tensors_equal_upstream(name: str, tmp_path: Path) -> None:
    folder = tmp_path / name  # the name of the folder is a key
    folder.mkdir()
    CHECKPOINTS[name](folder)
    compare(open_model(folder), read_golden(name))


def test_the_real_vocabulary_of_mistral_equals_upstream(tmp_path: Path) -> None:
    found = importlib.util.find_spec("mistral_common")
    if found is None or found.origin is None:
        pytest.skip("The package mistral-common, which carries the vocabulary, is not installed.")
    folder = tmp_path / "mistral-vocabulary"
    folder.mkdir()
    tokenizer = Path(found.origin).parent / "data" / "tokenizer.model.v1"
    write_mistral(folder, tokenizer.read_bytes())
    compare(open_model(folder), read_golden("mistral-vocabulary"))
