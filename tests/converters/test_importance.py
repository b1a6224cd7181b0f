from pathlib import Path

import gguf
import numpy as np
import pytest

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
