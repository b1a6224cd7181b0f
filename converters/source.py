"""What a conversion reads from: a model's metadata keys and its tensors, whatever file holds them.

A Hugging Face checkpoint (`converters.checkpoint`) and a GGUF file both become a `ModelSource`,
and the quantizer reads nothing else. To list a source reads no tensor data.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from models.ggml_types import ValueType

Value: TypeAlias = (
    bool
    | int
    | float
    | str
    | bytes
    | Sequence[bool]
    | Sequence[int]
    | Sequence[float]
    | Sequence[str]
    | Sequence[bytes]
)


@dataclass(frozen=True, slots=True)
class Key:
    """One metadata entry of a GGUF file.

    Text is `str`, or `bytes` where it need not be UTF-8. In an array (`type` is ARRAY), `items` is
    the type of its items.
    """

    name: str
    type: ValueType
    value: Value
    items: ValueType | None = None


@dataclass(frozen=True, slots=True)
class SourceTensor:
    """One tensor, read by blocks of rows.

    A tensor is seen as a matrix (rows, columns): its columns are the last dimension, the rows all
    others together, and a tensor of one dimension is a single row.
    """

    name: str
    """The GGUF name, such as blk.0.attn_q.weight."""
    shape: tuple[int, ...]
    """In numpy's order: the dimension that is quantized comes last."""
    stored: str
    """The type in the source, a name in `models.ggml_types.TENSOR_TYPES`."""
    raw: Callable[[int, int], npt.NDArray[np.uint8]]
    """The rows [start, stop) as they are stored, uint8[stop - start, bytes of a row], in the order
    that they have in GGUF."""
    decode: Callable[[npt.NDArray[np.uint8]], npt.NDArray[np.float32]]
    """Such rows as float32[stop - start, columns], with every edit of their values made."""
    is_edited: bool = False
    """Whether `decode` edits values, so that what is stored is not the tensor."""

    @property
    def columns(self) -> int:
        return self.shape[-1] if self.shape else 1

    @property
    def rows(self) -> int:
        return math.prod(self.shape[:-1])

    def read(self, start: int, stop: int) -> npt.NDArray[np.float32]:
        """The rows [start, stop), as float32[stop - start, columns]."""
        return self.decode(self.raw(start, stop))


@dataclass(frozen=True, slots=True)
class ModelSource:
    """A model to convert: everything of the GGUF file but the types of its tensors."""

    name: str
    """The model's name, for the name of the file."""
    architecture: str
    """The GGUF name, such as llama."""
    keys: Sequence[Key]
    """In the order of llama.cpp's converter, without general.file_type and
    general.quantization_version."""
    file_type_index: int
    """Where llama.cpp's converter puts general.file_type: its place in `keys`, before the entry
    that has this index."""
    quantization_version_index: int
    """The same for general.quantization_version."""
    tensors: Sequence[SourceTensor]
    """In the order of llama.cpp's converter."""
    layers: int
    heads: int
    heads_kv: int
    experts: int
