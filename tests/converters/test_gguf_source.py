import errno
import os
from pathlib import Path

import gguf
import numpy as np
import pytest

from converters.ggml import Ggml
from converters.gguf_source import open_gguf, read_keys
from models.errors import InputError, JobError
from models.ggml_types import ValueType
from tests.converters.random_models import write_random_importance, write_random_model


def test_keys_are_all_there_with_their_types(tmp_path: Path) -> None:
    path = write_random_model(tmp_path / "model.gguf", layers=1)
    reader = gguf.GGUFReader(path)
    fields = {name: field for name, field in reader.fields.items() if name[:5] != "GGUF."}
    keys = read_keys(path)
    assert [key.name for key in keys] == list(fields)
    for key in keys:
        types = [ValueType(kind) for kind in fields[key.name].types]
        assert [key.type, key.items] == [*types, None][:2]
        contents = fields[key.name].contents()
        value = key.value
        if isinstance(value, bytes):
            value = value.decode()
        elif isinstance(value, list):
            value = [item.decode() for item in value]
        elif isinstance(value, tuple):
            value = list(value)
        assert value == contents, key.name


def test_a_source_leaves_out_what_the_quantizer_sets(tmp_path: Path) -> None:
    path = write_random_model(tmp_path / "Quill-1B-bf16.gguf", layers=2, heads=8, heads_kv=2)
    with open_gguf(path, Ggml()) as source:
        names = [key.name for key in source.keys]
        assert "general.file_type" not in names
        assert "general.quantization_version" not in names
        assert source.name == "Quill-1B"
        assert (source.layers, source.heads, source.heads_kv, source.experts) == (2, 8, 2, 0)
        assert [tensor.name for tensor in source.tensors][:3] == [
            "output.weight", "output_norm.weight", "token_embd.weight",
        ]  # fmt: skip


@pytest.mark.parametrize("stored", ["F32", "F16", "BF16"])
def test_rows_are_the_stored_ones(stored: str, tmp_path: Path) -> None:
    path = write_random_model(tmp_path / "model.gguf", layers=1, stored=stored, experts=2)
    expected = {tensor.name: tensor for tensor in gguf.GGUFReader(path).tensors}
    with open_gguf(path, Ggml()) as source:
        for tensor in source.tensors:
            its = expected[tensor.name]
            values = gguf.quants.dequantize(its.data, its.tensor_type)
            assert tensor.shape == values.shape
            rows = values.reshape(tensor.rows, tensor.columns)
            assert np.array_equal(tensor.read(0, tensor.rows), rows)
            last = tensor.rows - 1
            assert np.array_equal(tensor.read(last, tensor.rows), rows[last:])
            assert tensor.raw(0, tensor.rows).tobytes() == its.data.tobytes()


def test_other_files_are_refused(tmp_path: Path) -> None:
    model = write_random_model(tmp_path / "model.gguf", layers=1)
    importance = write_random_importance(tmp_path / "importance.gguf", model)
    text = tmp_path / "text.gguf"
    text.write_text("not a model")
    for path, said in ((importance, "holds no model"), (text, "text file"), (tmp_path, "folder")):
        with pytest.raises(InputError, match=said), open_gguf(path, Ggml()):
            pass


def test_a_disk_that_fails_is_named_by_its_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk cannot be made to fail on command."""

    def fail(*_given: object) -> int:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    path = write_random_model(tmp_path / "model.gguf", layers=1)
    with open_gguf(path, Ggml()) as source:
        monkeypatch.setattr(os, "preadv", fail, raising=False)
        with pytest.raises(InputError, match=r"model\.gguf cannot be read \(Input/output error\)"):
            source.tensors[0].read(0, 1)


def test_a_file_that_shrinks_is_no_crash(tmp_path: Path) -> None:
    path = write_random_model(tmp_path / "model.gguf", layers=1)
    with open_gguf(path, Ggml()) as source:
        with path.open("r+b") as file:
            file.truncate(path.stat().st_size // 2)
        last = source.tensors[0]  # output.weight, which the writer puts at the end
        with pytest.raises(JobError, match="became shorter"):
            last.read(0, last.rows)
