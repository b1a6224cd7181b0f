"""A GGUF file as the source of a conversion."""

from __future__ import annotations

import contextlib
import io
import math
import os
import re
import struct
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import numpy as np
import numpy.typing as npt

from converters.ggml import Ggml
from converters.source import Key, ModelSource, SourceTensor
from models.errors import InputError, JobError
from models.ggml_types import LEVELS, ValueType
from models.gguf_file import summarize
from models.gguf_header import GgufHeader, GgufTensor, read_header
from models.quantization_levels import order_tensor

SCALARS = {
    ValueType.UINT8: "B",
    ValueType.INT8: "b",
    ValueType.UINT16: "H",
    ValueType.INT16: "h",
    ValueType.UINT32: "I",
    ValueType.INT32: "i",
    ValueType.FLOAT32: "f",
    ValueType.BOOL: "?",
    ValueType.UINT64: "Q",
    ValueType.INT64: "q",
    ValueType.FLOAT64: "d",
}
# Keys that the quantizer sets anew, or that tell of a file's layout and not of the model.
_LEFT_OUT = frozenset({
    "general.file_type", "general.quantization_version", "general.alignment",
    "split.no", "split.count", "split.tensors.count",
})  # fmt: skip


@contextlib.contextmanager
def open_gguf(path: Path, ggml: Ggml) -> Iterator[ModelSource]:
    """Open a GGUF model as a source, in the order of llama.cpp's quantizer.

    Raises InputError for a file that is damaged, split, or not a model.
    """
    summary = summarize(path)  # refuses a part of a split model, too
    if summary.general_type not in {"", "model"} or not summary.tensors:
        raise InputError(
            f"{path.name} holds no model ({summary.general_type or 'a vocabulary only'}): choose "
            "a model file."
        )
    header = read_header(path)
    keys = [key for key in read_keys(path) if key.name not in _LEFT_OUT]
    with path.open("rb", buffering=0) as file:
        rows = _RowReader(file, path, ggml)
        yield ModelSource(
            name=_model_name(path),
            architecture=summary.architecture,
            keys=keys,
            file_type_index=len(keys) + 1,  # after the other, as the quantizer writes them
            quantization_version_index=len(keys),
            tensors=[
                rows.describe(tensor)
                for tensor in sorted(header.tensors, key=lambda tensor: order_tensor(tensor.name))
            ],
            layers=summary.block_count,
            heads=_first_count(header, "attention.head_count"),
            heads_kv=_first_count(header, "attention.head_count_kv")
            or _first_count(header, "attention.head_count"),
            experts=_first_count(header, "expert_count"),
        )


def read_keys(path: Path) -> list[Key]:
    """Return all metadata of a GGUF file, arrays and texts (as bytes) included.

    Raises ModelFileError for a damaged file.
    """
    read_header(path)  # holds every length against the file, so that no length is doubted below
    with path.open("rb") as file:
        _tensors, count = struct.unpack("<8xQQ", file.read(24))
        return [_read_key(file) for _ in range(count)]


def read_tensor(path: Path, tensor: GgufTensor) -> npt.NDArray[np.float32]:
    """Return the values of a small F32 tensor, in numpy's order of dimensions."""
    with path.open("rb") as file:
        file.seek(tensor.offset)
        return np.frombuffer(file.read(tensor.size_bytes), "<f4").reshape(tensor.shape[::-1])


class _RowReader:
    """Reads rows of tensors from one open file, from many threads."""

    def __init__(self, file: io.FileIO, path: Path, ggml: Ggml) -> None:
        self.file = file
        self.path = path
        self.ggml = ggml
        self.lock = threading.Lock()

    def describe(self, tensor: GgufTensor) -> SourceTensor:
        rows = math.prod(tensor.shape[1:])
        row_bytes = tensor.size_bytes // rows

        def raw(start: int, stop: int) -> npt.NDArray[np.uint8]:
            data = np.empty((stop - start, row_bytes), np.uint8)
            self.fill(data, tensor.offset + start * row_bytes)
            return data

        def decode(block: npt.NDArray[np.uint8]) -> npt.NDArray[np.float32]:
            try:
                return self.ggml.dequantize(tensor.type, block)
            except KeyError:
                raise InputError(
                    f"{tensor.name} is stored as {tensor.type}, which cannot be read back: get "
                    "the model at another level."
                ) from None

        return SourceTensor(tensor.name, tensor.shape[::-1], tensor.type, raw, decode)

    def fill(self, data: npt.NDArray[np.uint8], offset: int) -> None:
        """Fill `data` from the file. A map of the file would end the process if it shrank."""
        rest = data.data.cast("B")
        while rest:
            try:
                count = self._read(rest, offset)
            except OSError as error:
                raise InputError(f"{self.path} cannot be read ({error.strerror}).") from None
            if not count:
                raise JobError(f"{self.path} became shorter while it was read: start again.")
            rest, offset = rest[count:], offset + count

    def _read(self, data: memoryview, offset: int) -> int | None:
        if hasattr(os, "preadv"):
            return os.preadv(self.file.fileno(), [data], offset)
        with self.lock:
            self.file.seek(offset)
            return self.file.readinto(data)


def _read_key(file: BinaryIO) -> Key:
    name = _read_text(file).decode()
    kind = ValueType(int(_read_number(file, "I")))
    if kind is not ValueType.ARRAY:
        value = _read_text(file) if kind is ValueType.STRING else _read_number(file, SCALARS[kind])
        return Key(name, kind, value)
    items = ValueType(int(_read_number(file, "I")))
    length = int(_read_number(file, "Q"))
    if items is ValueType.STRING:
        return Key(name, kind, [_read_text(file) for _ in range(length)], items)
    layout = f"<{length}{SCALARS[items]}"
    return Key(name, kind, struct.unpack(layout, file.read(struct.calcsize(layout))), items)


def _read_text(file: BinaryIO) -> bytes:
    return file.read(int(_read_number(file, "Q")))


def _read_number(file: BinaryIO, layout: str) -> int | float | bool:
    number: int | float | bool = struct.unpack(
        f"<{layout}", file.read(struct.calcsize(f"<{layout}"))
    )[0]
    return number


def _first_count(header: GgufHeader, name: str) -> int:
    """Return a number of the architecture, or that of the first layer where each has its own."""
    value = header.metadata.get(f"{header.metadata.get('general.architecture')}.{name}", 0)
    if isinstance(value, int):
        return value
    values = getattr(value, "values", ())
    return int(values[0]) if values else 0


def _model_name(path: Path) -> str:
    """Return the name of the file less the level that it ends with."""
    levels = "|".join(LEVELS.values())
    return re.sub(rf"[-._]({levels})$", "", path.stem, flags=re.IGNORECASE) or path.stem
