"""What a file will hold, before a byte of it is written: each tensor's type and why, its size."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from converters.gguf_output import build_header, pad
from converters.importance import ImportanceMatrix
from converters.source import Key, ModelSource, SourceTensor
from models.errors import InputError
from models.ggml_types import LEVELS, TENSOR_TYPES, ValueType
from models.quantization_levels import (
    FLOAT_TYPES,
    WRITABLE_LEVELS,
    WRITABLE_TYPES,
    ModelFacts,
    Reason,
    choose_types,
    order_tensor,
)

QUANTIZATION_VERSION = 2  # ggml.h: GGML_QNT_VERSION


@dataclass(frozen=True, slots=True)
class PlannedTensor:
    """A tensor, the type it will have and why; `wanted` is the type if its rows divided."""

    source: SourceTensor
    type: str
    reason: Reason
    wanted: str
    size_bytes: int

    @property
    def is_copy(self) -> bool:
        """Whether the stored bytes stay as they are."""
        return self.type == self.source.stored and not self.source.is_edited


@dataclass(frozen=True)
class QuantizationPlan:
    """One file: its level, its header, its tensors in the order of their data."""

    level: str
    header: bytes
    tensors: tuple[PlannedTensor, ...]
    importance: ImportanceMatrix | None

    @cached_property
    def file_bytes(self) -> int:
        """The exact size of the file."""
        return len(self.header) + sum(pad(tensor.size_bytes) for tensor in self.tensors)

    @cached_property
    def offsets(self) -> Mapping[str, int]:
        """Where in the file the data of each tensor begins."""
        sizes = (pad(tensor.size_bytes) for tensor in self.tensors)
        begins = itertools.accumulate(sizes, initial=len(self.header))
        return {
            tensor.source.name: begin for tensor, begin in zip(self.tensors, begins, strict=False)
        }

    @cached_property
    def bits_per_weight(self) -> float:
        """The true average, whatever the level is called."""
        weights = sum(tensor.source.rows * tensor.source.columns for tensor in self.tensors)
        return 8 * sum(tensor.size_bytes for tensor in self.tensors) / weights

    @property
    def requantized(self) -> list[PlannedTensor]:
        """The tensors that were quantized before and will be again, in another type."""
        return [t for t in self.tensors if t.source.stored not in FLOAT_TYPES and not t.is_copy]


def plan_quantization(
    source: ModelSource,
    level: str,
    *,
    tensor_types: Sequence[str] = (),
    importance: ImportanceMatrix | None = None,
) -> QuantizationPlan:
    """Plan the file of a level. `tensor_types` are PATTERN=TYPE; the first that is found counts.

    The file has the bytes that llama.cpp's quantizer would give it, or its converter at F32, F16
    and BF16: the same order of keys and tensors. Raises InputError for an unknown level or type, a
    pattern that fits no tensor, or an importance matrix of another model.
    """
    if level not in WRITABLE_LEVELS:
        raise InputError(
            f"There is no level {level} to convert to: choose among {', '.join(WRITABLE_LEVELS)}."
        )
    importance = importance if level not in FLOAT_TYPES else None  # nothing to weigh
    asked = [_parse_tensor_type(text, source) for text in tensor_types]
    choices = choose_types(
        [(tensor.name, tensor.shape[::-1], tensor.stored) for tensor in source.tensors],
        level=level,
        facts=ModelFacts(
            source.architecture, source.layers, source.heads, source.heads_kv, source.experts
        ),
        asked=asked,
        has_importance=importance is not None,
    )
    tensors = [
        PlannedTensor(tensor, *choices[tensor.name], _size(tensor, choices[tensor.name].type))
        for tensor in source.tensors
    ]
    if level not in FLOAT_TYPES:
        tensors.sort(key=lambda tensor: order_tensor(tensor.source.name))
    if importance:
        for planned in tensors:
            if not planned.is_copy and planned.reason is not Reason.KEPT:
                importance.check(planned.source)
    header = build_header(
        _place_keys(source, level, importance),
        [(t.source.name, t.source.shape, t.type, t.size_bytes) for t in tensors],
    )
    return QuantizationPlan(level, header, tuple(tensors), importance)


def _size(tensor: SourceTensor, type_name: str) -> int:
    kind = TENSOR_TYPES[type_name]
    return tensor.rows * (tensor.columns // kind.block) * kind.block_bytes


def _place_keys(source: ModelSource, level: str, importance: ImportanceMatrix | None) -> list[Key]:
    """Return the keys with those about the level where llama.cpp's program would put them.

    As there, a matrix takes the place of what the source says of an earlier one.
    """
    number = next(number for number, name in LEVELS.items() if name == level)
    version = Key("general.quantization_version", ValueType.UINT32, QUANTIZATION_VERSION)
    file_type = Key("general.file_type", ValueType.UINT32, number)
    if level not in FLOAT_TYPES:
        of_matrix = importance.list_keys() if importance else []
        replaced = {key.name for key in of_matrix}
        kept = [key for key in source.keys if key.name not in replaced]
        return [*kept, version, file_type, *of_matrix]
    placed: list[tuple[int, int, Key]] = [(i, 2, key) for i, key in enumerate(source.keys)]
    placed.append((source.file_type_index, 0, file_type))
    placed.append((source.quantization_version_index, 1, version))
    return [key for *_, key in sorted(placed, key=lambda place: place[:2])]


def _parse_tensor_type(text: str, source: ModelSource) -> tuple[re.Pattern[str], str]:
    """Return the pattern and the type of PATTERN=TYPE. Raises InputError if it is not one."""
    written, _, type_name = text.rpartition("=")
    name = type_name.upper()
    if not written or name not in WRITABLE_TYPES:
        raise InputError(
            f'"{text}" gives no tensor a type: write --tensor-type PATTERN=TYPE, like '
            f"attn_v=Q8_0, with one of {', '.join(WRITABLE_TYPES)}."
        )
    try:
        pattern = re.compile(written.lower())
    except re.error as error:
        raise InputError(
            f'"{written}" is no regular expression ({error}): write a part of the tensor\'s name.'
        ) from None
    if not any(pattern.search(tensor.name) for tensor in source.tensors):
        raise InputError(
            f'"{written}" is in no tensor\'s name: `inkglass convert ... --plan` lists them.'
        )
    return pattern, name
