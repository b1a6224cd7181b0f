"""The importance matrix as llama.cpp's `llama-imatrix` wrote it before it wrote GGUF: a .dat file.

The layout is that of `common_imatrix_load_legacy` in `common/imatrix-loader.cpp`, all little-endian
int32: the number of entries; of each the length of its name, the name, the number of calls, the
number of values, and so many float32; then, if the file goes on, the number of chunks, the length
of the text's name, and that name.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np
import numpy.typing as npt

from models.errors import InputError
from models.gguf_header import MAX_ENTRIES

_INTEGER = struct.Struct("<i")


@dataclass(frozen=True, slots=True)
class DatFile:
    """What the file holds: of each tensor the mean squared activations, float32[columns].

    The columns of all experts of a tensor follow each other.
    """

    weights: dict[str, npt.NDArray[np.float32]]
    dataset: str
    chunks: int


def read_dat(path: Path) -> DatFile:
    """Read the file. Raises InputError, and nothing else, for one that is not of this format."""
    try:
        with path.open("rb") as file:
            return _read(file, path.stat().st_size)
    except (ValueError, struct.error):
        raise InputError(
            f"{path.name} is no importance matrix: give the .gguf or .dat file that llama-imatrix "
            "wrote, or the .gguf file of `inkglass importance`."
        ) from None
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror}).") from None


def _read(file: BinaryIO, size: int) -> DatFile:
    count = _read_integer(file)
    if not 1 <= count <= MAX_ENTRIES:
        raise ValueError
    weights: dict[str, npt.NDArray[np.float32]] = {}
    for _ in range(count):
        name = _take(file, size, _read_integer(file)).decode()
        calls, length = _read_integer(file), _read_integer(file)
        if length < 1:
            raise ValueError
        sums = np.frombuffer(_take(file, size, 4 * length), "<f4").astype(np.float32)
        weights[name] = sums / np.float32(max(calls, 1))  # 0 calls: they are means already
    if file.tell() == size:
        return DatFile(weights, "", 0)
    chunks = _read_integer(file)
    dataset = _take(file, size, _read_integer(file)) if file.tell() < size else b""
    return DatFile(weights, dataset.decode(errors="replace"), chunks)


def _take(file: BinaryIO, size: int, length: int) -> bytes:
    """Read so many bytes; a length is held against the file before memory is taken for it."""
    if not 0 <= length <= size - file.tell():
        raise ValueError
    return file.read(length)


def _read_integer(file: BinaryIO) -> int:
    number: int = _INTEGER.unpack(file.read(4))[0]
    return number
