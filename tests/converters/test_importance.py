import struct
from pathlib import Path

import gguf
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from converters.ggml import Ggml
from converters.gguf_source import open_gguf
from converters.importance import read_importance
from converters.quantization_plan import plan_quantization
from models.errors import InputError
from tests.converters.random_models import write_random_importance, write_random_model

NAME = "blk.0.ffn_up.weight"


def write(path: Path, **tensors: np.ndarray[tuple[int, ...], np.dtype[np.float32]]) -> Path:
    writer = gguf.GGUFWriter(path, "")
    writer.add_type("imatrix")
    writer.add_array("imatrix.datasets", ["日記.txt", "b.txt"])
    writer.add_uint32("imatrix.chunk_count", 3)
    for suffix, values in tensors.items():
        writer.add_tensor(f"{NAME}.{suffix}", values)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def test_sums_become_means_and_an_idle_expert_weighs_alike(tmp_path: Path) -> None:
    sums = np.array([[2, 4, 8], [5, 5, 5]], np.float32)
    counts = np.array([[4], [0]], np.float32)
    matrix = read_importance(write(tmp_path / "i.gguf", in_sum2=sums, counts=counts))
    assert matrix.weights[NAME].tolist() == [[0.5, 1, 2], [1, 1, 1]]
    assert matrix.datasets == ("日記.txt", "b.txt")
    assert matrix.chunks == 3
    assert {key.name: key.value for key in matrix.list_keys()} == {
        "quantize.imatrix.file": b"i.gguf",
        "quantize.imatrix.dataset": "日記.txt".encode(),
        "quantize.imatrix.entries_count": 1,
        "quantize.imatrix.chunks_count": 3,
    }


def test_rows_of_an_expert_get_its_weights(tmp_path: Path) -> None:
    model = write_random_model(tmp_path / "m.gguf", layers=1, experts=3, feed_forward=64)
    matrix = read_importance(write_random_importance(tmp_path / "i.gguf", model))
    with open_gguf(model, Ggml()) as source:
        tensors = {tensor.name: tensor for tensor in source.tensors}
    up = tensors["blk.0.ffn_up_exps.weight"]
    for row in (0, 63, 64, 191):
        weights = matrix.find(up, row)
        assert weights is not None
        assert (weights == matrix.weights[up.name][row // 64]).all()
    assert matrix.find(tensors["token_embd.weight"], 0) is None


def test_a_matrix_of_another_model_is_refused(tmp_path: Path) -> None:
    model = write_random_model(tmp_path / "m.gguf", layers=1)
    other = write_random_model(tmp_path / "o.gguf", layers=1, embedding=512)
    matrix = read_importance(write_random_importance(tmp_path / "i.gguf", other))
    with open_gguf(model, Ggml()) as source:
        with pytest.raises(InputError, match="made for another model"):
            plan_quantization(source, "Q4_K_M", importance=matrix)
        assert plan_quantization(source, "F16", importance=matrix).importance is None


@pytest.mark.parametrize(
    ("tensors", "said"),
    [
        ({}, "no importance matrix"),
        ({"in_sum2": [1.0, 2.0]}, "lacks its counts"),
        ({"in_sum2": [1.0, np.nan], "counts": [1.0]}, "not numbers"),
        ({"in_sum2": [1.0, -2.0], "counts": [1.0]}, "not numbers"),
        ({"in_sum2": [1.0, 2.0, 3.0], "counts": [1.0, 1.0]}, "lacks its counts"),
    ],
)
def test_a_damaged_file_is_refused(
    tensors: dict[str, list[float]], said: str, tmp_path: Path
) -> None:
    arrays = {name: np.array(values, np.float32) for name, values in tensors.items()}
    with pytest.raises(InputError, match=said):
        read_importance(write(tmp_path / "i.gguf", **arrays))


def pack_dat(calls: int, values: list[float], tail: bytes = b"") -> bytes:
    """A .dat file of one entry, as `save_imatrix_legacy` of llama.cpp's imatrix.cpp lays it out."""
    name = NAME.encode()
    entry = struct.pack("<i", len(name)) + name + struct.pack("<ii", calls, len(values))
    return struct.pack("<i", 1) + entry + struct.pack(f"<{len(values)}f", *values) + tail


def test_the_older_format_is_read(tmp_path: Path) -> None:
    path = tmp_path / "imatrix.dat"
    dataset = "日記.txt".encode()
    tail = struct.pack("<ii", 5, len(dataset)) + dataset
    path.write_bytes(pack_dat(4, [2, 4, 8], tail))
    matrix = read_importance(path)
    assert matrix.weights[NAME].tolist() == [0.5, 1, 2]
    assert (matrix.datasets, matrix.chunks) == (("日記.txt",), 5)
    path.write_bytes(pack_dat(0, [2, 4, 8]))  # no calls: means already
    matrix = read_importance(path)
    assert matrix.weights[NAME].tolist() == [2, 4, 8]
    assert (matrix.datasets, matrix.chunks) == ((), 0)


def test_both_formats_make_one_file(tmp_path: Path) -> None:
    model = write_random_model(tmp_path / "m.gguf", layers=1)
    newer = read_importance(write_random_importance(tmp_path / "i.gguf", model))
    file = struct.pack("<i", len(newer.weights))
    for name, means in newer.weights.items():
        file += struct.pack("<i", len(name)) + name.encode() + struct.pack("<ii", 8, means.size)
        file += (means * 8).astype("<f4").tobytes()  # a power of two: nothing is rounded
    (tmp_path / "i.dat").write_bytes(file)
    older = read_importance(tmp_path / "i.dat")
    with open_gguf(model, Ggml()) as source:
        for tensor in source.tensors:
            for row in range(tensor.rows):
                wanted, found = newer.find(tensor, row), older.find(tensor, row)
                assert (wanted is None) == (found is None)
                assert wanted is None or found is None or (wanted == found).all()


@given(st.data())
def test_of_a_damaged_older_file_nothing_but_a_sentence_comes(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    whole = pack_dat(4, [2, 4, 8], struct.pack("<ii", 5, 3) + b"abc")
    cut = data.draw(st.integers(1, len(whole)))
    at = data.draw(st.integers(0, cut - 1))
    damaged = whole[:at] + bytes([data.draw(st.integers(0, 255))]) + whole[at + 1 : cut]
    path = tmp_path_factory.getbasetemp() / "damaged.dat"
    path.write_bytes(damaged)
    try:
        read_importance(path)
    except InputError as error:
        assert "importance matrix" in str(error) or "damaged" in str(error)  # noqa: PT017
