"""How a tensor of a checkpoint becomes one of GGUF: kept, reordered, turned, shifted."""

import numpy as np
import numpy.typing as npt

from converters.recent_matrices import RecentMatrices
from converters.safetensors import VALUE_BYTES, StoredTensor
from converters.source import SourceTensor
from models.errors import InputError


def keep(name: str, stored: StoredTensor) -> SourceTensor:
    """The tensor as it is."""
    return SourceTensor(name, stored.shape, stored.dtype, stored.read_rows, stored.decode)


def add_one(name: str, stored: StoredTensor) -> SourceTensor:
    """Every value plus one: Gemma's norms multiply by 1 + weight."""

    def decode(block: npt.NDArray[np.uint8]) -> npt.NDArray[np.float32]:
        return stored.decode(block) + np.float32(1)

    return SourceTensor(name, stored.shape, stored.dtype, stored.read_rows, decode, is_edited=True)


def transpose(name: str, stored: StoredTensor, *, recent: RecentMatrices) -> SourceTensor:
    """The matrix turned: GPT-2 stores its weights as (inputs, outputs)."""
    if stored.dtype not in VALUE_BYTES:
        raise InputError(
            f"{stored.name} is packed by AWQ in a direction that cannot be turned: get the "
            "original model, in BF16 or F16."
        )
    value = f"u{VALUE_BYTES[stored.dtype]}"

    def read_raw(start: int, stop: int) -> npt.NDArray[np.uint8]:
        turned = recent.read(stored).view(value)[:, start:stop].T
        return np.ascontiguousarray(turned).view(np.uint8)

    return SourceTensor(name, stored.shape[::-1], stored.dtype, read_raw, stored.decode)


def interleave_heads(name: str, stored: StoredTensor, *, heads: int) -> SourceTensor:
    """The rows of each head in the order that llama.cpp's rope takes: 0, d/2, 1, d/2 + 1, ...

    transformers pairs row i of a head with row i + d/2, llama.cpp row 2i with row 2i + 1 (upstream:
    `LlamaModel.permute`). A bias is reordered in the same way.
    """
    is_vector = len(stored.shape) == 1
    size = stored.shape[0] // heads

    def read_whole_heads(first: int, last: int) -> npt.NDArray[np.uint8]:
        if is_vector:  # one row: its values are what is reordered
            block = stored.read_rows(0, 1).reshape(stored.shape[0], -1)[first * size : last * size]
        else:
            block = stored.read_rows(first * size, last * size)
        halves = block.reshape(last - first, 2, size // 2, -1)
        return np.ascontiguousarray(halves.swapaxes(1, 2)).reshape(block.shape)

    def read_raw(start: int, stop: int) -> npt.NDArray[np.uint8]:
        if is_vector:
            return read_whole_heads(0, heads).reshape(1, -1)[start:stop]
        first, last = start // size, -(-stop // size)
        block = read_whole_heads(first, last)
        return block[start - first * size : stop - first * size]

    return SourceTensor(name, stored.shape, stored.dtype, read_raw, stored.decode)


def make_constant(name: str, values: npt.NDArray[np.float32]) -> SourceTensor:
    """A tensor of one dimension that is computed, not stored."""

    def read_raw(start: int, stop: int) -> npt.NDArray[np.uint8]:
        return values.reshape(1, -1)[start:stop].view(np.uint8)

    return SourceTensor(name, values.shape, "F32", read_raw, lambda block: block.view(np.float32))
