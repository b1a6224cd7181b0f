"""The importance matrix: how much an error in each column of a weight matters.

The file is that of llama.cpp's `llama-imatrix` (`common/imatrix-loader.cpp`): for each tensor NAME
the sums of squared activations (NAME.in_sum2) and how many rows they are of (NAME.counts). Files
of its earlier format (`converters.importance_dat`) are read, too.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from converters.gguf_source import read_keys, read_tensor
from converters.importance_dat import read_dat
from converters.source import Key, SourceTensor
from models.errors import InputError
from models.ggml_types import ValueType
from models.gguf_header import read_header

MAX_TEXT_BYTES = 127  # llama.h: llama_model_kv_override


@dataclass(frozen=True)
class ImportanceMatrix:
    """Mean squared activations, by tensor: float32[matrices, columns], one row an expert."""

    file_name: str
    datasets: tuple[str, ...]
    chunks: int
    weights: Mapping[str, npt.NDArray[np.float32]]

    def check(self, tensor: SourceTensor) -> None:
        """Raise InputError if the tensor has other columns than the one that was measured."""
        weights = self.weights.get(tensor.name)
        if weights is None or tensor.name.endswith("token_embd.weight"):
            return  # what was not measured is quantized without; the embedding often is not
        if not self._fits(weights, tensor):
            raise InputError(
                f"{self.file_name} weighs {weights.size:,} columns of {tensor.name}, which has "
                f"{_matrices(tensor) * tensor.columns:,}: it was made for another model."
            )

    def find(self, tensor: SourceTensor, row: int) -> npt.NDArray[np.float32] | None:
        """Return float32[columns] for a row of the tensor, or None where nothing was measured."""
        weights = self.weights.get(tensor.name)
        if weights is None or not self._fits(weights, tensor):
            return None
        matrix = row // tensor.shape[-2]
        columns: npt.NDArray[np.float32] = weights.reshape(-1, tensor.columns)[matrix]
        return columns

    def list_keys(self) -> list[Key]:
        """Return the metadata that `llama-quantize` records in a file made with this matrix."""
        keys = [Key("quantize.imatrix.file", ValueType.STRING, _cut(self.file_name))]
        if self.datasets:
            text = _cut(self.datasets[0])
            keys.append(Key("quantize.imatrix.dataset", ValueType.STRING, text))
        count = len(self.weights)
        keys.append(Key("quantize.imatrix.entries_count", ValueType.UINT32, count))
        if self.chunks > 0:
            keys.append(Key("quantize.imatrix.chunks_count", ValueType.UINT32, self.chunks))
        return keys

    def _fits(self, weights: npt.NDArray[np.float32], tensor: SourceTensor) -> bool:
        return weights.size == _matrices(tensor) * tensor.columns


def read_importance(path: Path) -> ImportanceMatrix:
    """Read an importance matrix. Raises InputError for a file that is not one, or is damaged."""
    matrix = _read_gguf(path) if _is_gguf(path) else _read_dat(path)
    for name, weights in matrix.weights.items():
        if not (np.isfinite(weights).all() and (weights >= 0).all()):
            raise InputError(
                f"{path.name} is damaged: {name} has weights that are not numbers from 0 on; make "
                "it again."
            )
    return matrix


def _is_gguf(path: Path) -> bool:
    """Return whether the file begins as GGUF does; also for one that GGUF's reader explains."""
    try:
        with path.open("rb") as file:
            return file.read(4) in {b"GGUF", b""}
    except OSError:
        return True


def _read_dat(path: Path) -> ImportanceMatrix:
    found = read_dat(path)
    return ImportanceMatrix(
        file_name=path.name,
        datasets=(found.dataset,) if found.dataset else (),
        chunks=found.chunks,
        weights={name: found.weights[name] for name in sorted(found.weights)},
    )


def _read_gguf(path: Path) -> ImportanceMatrix:
    header = read_header(path)
    tensors = {tensor.name: tensor for tensor in header.tensors}
    names = [name.removesuffix(".in_sum2") for name in tensors if name.endswith(".in_sum2")]
    if not names:
        raise InputError(
            f"{path.name} is no importance matrix: give the .gguf file that llama-imatrix or "
            "`inkglass importance` wrote."
        )
    weights = {}
    for name in sorted(names):
        sums, counts = (tensors.get(name + suffix) for suffix in (".in_sum2", ".counts"))
        if (
            sums is None
            or counts is None
            or not sums.type == counts.type == "F32"
            or math.prod(sums.shape) % math.prod(counts.shape)
        ):
            raise InputError(f"{path.name} is damaged: {name} lacks its counts; make it again.")
        weights[name] = _average(read_tensor(path, sums), read_tensor(path, counts))
    keys = {key.name: key.value for key in read_keys(path)}
    datasets, chunks = keys.get("imatrix.datasets", ()), keys.get("imatrix.chunk_count", 0)
    return ImportanceMatrix(
        file_name=path.name,
        datasets=tuple(map(_decode, datasets)) if isinstance(datasets, list) else (),
        chunks=chunks if isinstance(chunks, int) else 0,
        weights=weights,
    )


def _average(
    sums: npt.NDArray[np.float32], counts: npt.NDArray[np.float32]
) -> npt.NDArray[np.float32]:
    """Return the mean of each column; 1 for an expert that no token came to."""
    by_matrix = sums.reshape(counts.size, -1)
    whole = np.rint(counts).astype(np.float32).reshape(-1, 1)
    means = np.ones_like(by_matrix)
    np.divide(by_matrix, whole, out=means, where=whole > 0)
    return means


def _matrices(tensor: SourceTensor) -> int:
    return tensor.rows // tensor.shape[-2] if len(tensor.shape) > 1 else 1


def _cut(text: str) -> bytes:
    return text.encode()[:MAX_TEXT_BYTES]


def _decode(text: object) -> str:
    return text.decode(errors="replace") if isinstance(text, bytes) else str(text)
