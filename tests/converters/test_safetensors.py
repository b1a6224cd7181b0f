"""The header of a safetensors file: each fault is named, and nothing but InputError escapes."""

import json
import struct
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from converters.safetensors import decode, read_shard
from models.errors import InputError
from tests.converters.small_checkpoints import pack_safetensors

MATRIX = np.arange(12, dtype=np.float32).reshape(3, 4)
GOOD = {"a": ("F32", (3, 4), MATRIX.tobytes()), "b": ("BF16", (2,), b"\x80\x3f\x00\x40")}


def entry(dtype: str, shape: object, offsets: object) -> dict[str, object]:
    return {"dtype": dtype, "shape": shape, "data_offsets": offsets}


def pack_header(header: Mapping[str, object] | str, data: int) -> bytes:
    text = (header if isinstance(header, str) else json.dumps(header)).encode()
    return struct.pack("<Q", len(text)) + text + bytes(data)


@pytest.fixture
def shard(tmp_path: Path) -> Path:
    return tmp_path / "model.safetensors"


def test_rows_are_read_in_any_blocks(shard: Path) -> None:
    shard.write_bytes(pack_safetensors(GOOD))
    tensors = read_shard(shard)
    a = tensors["a"]
    assert (a.rows, a.columns) == (3, 4)
    assert decode(a.read_rows(1, 3), "F32").tolist() == MATRIX[1:3].tolist()
    assert decode(tensors["b"].read_rows(0, 1), "BF16").tolist() == [[1.0, 2.0]]


def test_every_half_precision_number_is_decoded_exactly() -> None:
    bits = np.arange(2**16, dtype=np.uint16).reshape(1, -1)
    half = decode(bits.view(np.uint8), "F16")
    assert np.array_equal(half, bits.view(np.float16).astype(np.float32), equal_nan=True)
    wide = decode(bits.view(np.uint8), "BF16")
    assert np.array_equal(wide.view(np.uint32) >> 16, bits)


def test_a_file_that_shrinks_is_refused(shard: Path) -> None:
    whole = pack_safetensors(GOOD)
    shard.write_bytes(whole)
    tensor = read_shard(shard)["b"]
    shard.write_bytes(whole[:-1])
    with pytest.raises(InputError, match="ends within b"):
        tensor.read_rows(0, 1)


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", "claims 0 bytes"),
        (struct.pack("<Q", 2**40) + b"{}", "claims over"),
        (struct.pack("<Q", 100) + b"{}", "claims 100 bytes, and the file has 10"),
        (pack_header("[1]", 0), "not JSON"),
        (pack_header('{"a": ', 0), "not valid JSON"),
        (pack_header('{"a": 1, "a": 2}', 0), "twice"),
        (pack_header("{" + '"a":{' * 100_000, 0), "nested too deeply|not valid JSON"),
        (pack_header({"a": 1}, 0), "the entry of 'a' is 1"),
        (pack_header({"a": entry("F32", [-1], [0, 4])}, 4), "has the shape"),
        (pack_header({"a": entry("F32", [1] * 9, [0, 4])}, 4), "has the shape"),
        (pack_header({"a": entry("F32", [True], [0, 4])}, 4), "has the shape"),
        (pack_header({"a": entry("F99", [1], [0, 4])}, 4), "unknown type 'F99'"),
        (pack_header({"a": entry("F32", [2], [0, 4])}, 4), "has 4 bytes of data"),
        (pack_header({"a": entry("F32", [2**47, 2**47], [0, 4])}, 4), "has 4 bytes of data"),
        (pack_header({"a": entry("F32", [1], [4, 8])}, 4), "cut off or damaged: 'a' lies at 4"),
        (pack_header({"a": entry("F32", [1], [8, 4])}, 9), "cut off or damaged"),
        (
            pack_header({"a": entry("F32", [2], [0, 8]), "b": entry("F32", [1], [4, 8])}, 8),
            "'a' and 'b' overlap",
        ),
    ],
)  # fmt: skip
def test_a_damaged_header_is_refused_by_its_fault(shard: Path, content: bytes, fault: str) -> None:
    shard.write_bytes(content)
    with pytest.raises(InputError, match=fault) as caught:
        read_shard(shard)
    assert "\n" not in str(caught.value)


@given(at=st.integers(0, 400), byte=st.integers(0, 255), cut=st.integers(0, 400))
def test_nothing_but_input_errors_escapes(shard: Path, at: int, byte: int, cut: int) -> None:
    content = bytearray(pack_safetensors(GOOD))
    content[at % len(content)] = byte
    shard.write_bytes(content[: len(content) - (cut % len(content) if cut % 3 == 0 else 0)])
    try:
        tensors = read_shard(shard)
    except InputError:
        return
    for tensor in tensors.values():
        if tensor.dtype in ("F32", "F16", "BF16"):
            block = decode(tensor.read_rows(0, tensor.rows), tensor.dtype)
            assert block.shape == (tensor.rows, tensor.columns)
