"""The table of formats against that of the package gguf."""

from gguf.constants import (
    GGML_QUANT_SIZES,
    GGMLQuantizationType,
    GGUFValueType,
    LlamaFileType,
)

from models.ggml_types import LEVELS, TENSOR_TYPES, TENSOR_TYPES_BY_NUMBER, ValueType


def test_tensor_types_are_those_of_gguf() -> None:
    theirs = {kind.name: (kind.value, *GGML_QUANT_SIZES[kind]) for kind in GGMLQuantizationType}
    assert {name: tuple(kind)[1:] for name, kind in TENSOR_TYPES.items()} == theirs
    assert all(TENSOR_TYPES_BY_NUMBER[kind.number] is kind for kind in TENSOR_TYPES.values())


def test_levels_are_those_of_gguf() -> None:
    theirs = {kind.value: kind.name.split("_", 1)[-1] for kind in LlamaFileType}
    del theirs[LlamaFileType.GUESSED.value]
    assert theirs == LEVELS


def test_value_types_are_those_of_gguf() -> None:
    assert {kind.name: kind.value for kind in ValueType} == {
        kind.name: kind.value for kind in GGUFValueType
    }
