"""Reads safetensors files: the header checked in full, the data by blocks of rows.

The format is that of the safetensors README: the length of a JSON header (uint64), the header, the
data. Blocks are read, not mapped: a mapped page counts to the memory of the process, and a file
that shrinks under a map ends the process.
"""

import itertools
import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from converters.json_file import JsonObject, parse_object, shorten
from models.errors import InputError
from models.gguf_header import MAX_ENTRIES
from models.size import format_size

MAX_HEADER_BYTES = 100_000_000  # as in the safetensors library
MAX_DIMENSIONS = 4
VALUE_BYTES = {"F32": 4, "F16": 2, "BF16": 2}
_READ_BYTES = VALUE_BYTES | {"I32": 4}  # that holds packed numbers (`converters.awq`)
OTHER_TYPES = frozenset({
    "BOOL", "U8", "I8", "I16", "U16", "I32", "U32", "I64", "U64", "F64", "C64",
    "F8_E4M3", "F8_E5M2", "F8_E8M0", "F6_E2M3", "F6_E3M2", "F4",
})  # fmt: skip
AGAIN = "download it again"


@dataclass(frozen=True, slots=True)
class StoredTensor:
    """One tensor of a safetensors file; `offset` counts from the start of the file.

    Blocks come in the stored type, as uint8[n, bytes of a row]; `decode` makes them float32.
    """

    name: str
    shard: Path
    dtype: str
    shape: tuple[int, ...]
    offset: int

    @property
    def columns(self) -> int:
        return self.shape[-1] if self.shape else 1

    @property
    def rows(self) -> int:
        return math.prod(self.shape[:-1])

    def read_rows(self, start: int, stop: int) -> npt.NDArray[np.uint8]:
        """Read the rows [start, stop). Raises InputError if the file cannot give them."""
        size = self.columns * _READ_BYTES[self.dtype]
        block = np.empty((stop - start, size), np.uint8)
        view = block.reshape(-1).data  # of one dimension: it is cut by bytes
        try:
            with self.shard.open("rb", buffering=0) as file:
                file.seek(self.offset + start * size)
                while view:
                    count = file.readinto(view)
                    if not count:
                        raise InputError(f"{self.shard.name} ends within {self.name}: {AGAIN}.")
                    view = view[count:]
        except OSError as error:
            raise InputError(f"{self.shard} cannot be read ({error.strerror}).") from None
        return block

    def decode(self, block: npt.NDArray[np.uint8]) -> npt.NDArray[np.float32]:
        """Turn a block that was read into float32[n, columns], exactly."""
        return decode(block, self.dtype)


def decode(block: npt.NDArray[np.uint8], dtype: str) -> npt.NDArray[np.float32]:
    """Turn uint8[n, bytes of a row] of the type `dtype` into float32[n, columns], exactly."""
    if dtype == "F32":
        return block.view(np.float32)
    if dtype == "F16":
        return block.view(np.float16).astype(np.float32)
    wide = block.view(np.uint16).astype(np.uint32)
    wide <<= 16
    return wide.view(np.float32)


def read_shard(path: Path) -> dict[str, StoredTensor]:
    """Check the header of a safetensors file and list its tensors by name.

    Raises InputError, and nothing else, for a file that is missing, cut off or damaged. A tensor
    of a type that no conversion takes is listed too: it may be one that is dropped.
    """
    try:
        with path.open("rb") as file:
            size = path.stat().st_size
            start = file.read(8)
            length = int.from_bytes(start, "little")
            if len(start) < 8 or length < 2 or length > min(size - 8, MAX_HEADER_BYTES):
                raise _damaged(
                    path,
                    f"its header claims {length:,} bytes, and the file has {size:,}"
                    if length <= MAX_HEADER_BYTES
                    else f"its header claims over {format_size(MAX_HEADER_BYTES)}",
                )
            text = file.read(length)
    except FileNotFoundError:
        raise InputError(f"There is no file {path}: download the missing part.") from None
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror}).") from None
    if text[:1] != b"{":
        raise _damaged(path, "its header is not JSON")
    header = parse_object(text, f"The header of {path.name}", _refuse_duplicates)
    header.pop("__metadata__", None)
    if len(header) > MAX_ENTRIES:
        raise _damaged(path, f"it claims to hold {len(header):,} tensors")
    data = 8 + length
    tensors = {}
    spans = []
    for name in sorted(header):
        tensor, end = _read_entry(path, name, header[name], data, size)
        tensors[name] = tensor
        if end > tensor.offset:
            spans.append((tensor.offset, end, name))
    spans.sort()
    for (_, end, one), (begin, _, other) in itertools.pairwise(spans):
        if begin < end:
            raise _damaged(path, f"the data of {shorten(one)} and {shorten(other)} overlap")
    return tensors


def _read_entry(
    path: Path, name: str, entry: object, data: int, size: int
) -> tuple[StoredTensor, int]:
    """Check one entry of the header, and give the tensor and the end of its data in the file."""
    shown = shorten(name)
    match entry:
        case {"dtype": str(dtype), "shape": list(shape), "data_offsets": [int(begin), int(end)]}:
            pass
        case _:
            raise _damaged(path, f"the entry of {shown} is {shorten(entry)}")
    if len(shape) > MAX_DIMENSIONS or not all(type(n) is int and 0 <= n < 2**48 for n in shape):
        raise _damaged(path, f"{shown} has the shape {shorten(shape)}")
    if dtype not in VALUE_BYTES and dtype not in OTHER_TYPES:
        raise _damaged(path, f"{shown} is of the unknown type {shorten(dtype)}")
    if not 0 <= begin <= end <= size - data:
        raise InputError(
            f"{path.name} is cut off or damaged: {shown} lies at {begin:,} to {end:,} of "
            f"{size - data:,} bytes of data; {AGAIN}."
        )
    if dtype in _READ_BYTES and math.prod(shape) * _READ_BYTES[dtype] != end - begin:
        raise _damaged(path, f"{shown}, {dtype} {shape}, has {end - begin:,} bytes of data")
    return StoredTensor(name, path, dtype, tuple(shape), data + begin), data + end


def _refuse_duplicates(pairs: list[tuple[str, object]]) -> JsonObject:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise InputError(
            "The header of a safetensors file names one thing twice, so the file is damaged: "
            "download the model again."
        )
    return found


def _damaged(path: Path, fault: str) -> InputError:
    return InputError(f"{path.name} is damaged: {fault}; {AGAIN}.")
