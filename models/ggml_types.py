"""The numbers of the GGUF format: types of tensors, levels of files, types of metadata values.

Facts of ggml (ggml.h, ggml-common.h, gguf.h) and llama.h. They stand here, and not in an import of
the package gguf, because that one takes as long to import as the rest of a command together; the
tests hold the two against each other.
"""

from enum import IntEnum
from typing import NamedTuple


class TensorType(NamedTuple):
    """How a tensor stores its values: `block` values in `block_bytes` bytes."""

    name: str
    number: int
    block: int
    block_bytes: int


TENSOR_TYPES = {
    name: TensorType(name, number, block, block_bytes)
    for name, (number, block, block_bytes) in {
        "F32": (0, 1, 4),
        "F16": (1, 1, 2),
        "Q4_0": (2, 32, 18),
        "Q4_1": (3, 32, 20),
        "Q5_0": (6, 32, 22),
        "Q5_1": (7, 32, 24),
        "Q8_0": (8, 32, 34),
        "Q8_1": (9, 32, 40),
        "Q2_K": (10, 256, 84),
        "Q3_K": (11, 256, 110),
        "Q4_K": (12, 256, 144),
        "Q5_K": (13, 256, 176),
        "Q6_K": (14, 256, 210),
        "Q8_K": (15, 256, 292),
        "IQ2_XXS": (16, 256, 66),
        "IQ2_XS": (17, 256, 74),
        "IQ3_XXS": (18, 256, 98),
        "IQ1_S": (19, 256, 50),
        "IQ4_NL": (20, 32, 18),
        "IQ3_S": (21, 256, 110),
        "IQ2_S": (22, 256, 82),
        "IQ4_XS": (23, 256, 136),
        "I8": (24, 1, 1),
        "I16": (25, 1, 2),
        "I32": (26, 1, 4),
        "I64": (27, 1, 8),
        "F64": (28, 1, 8),
        "IQ1_M": (29, 256, 56),
        "BF16": (30, 1, 2),
        "TQ1_0": (34, 256, 54),
        "TQ2_0": (35, 256, 66),
        "MXFP4": (39, 32, 17),
        "NVFP4": (40, 64, 36),
        "Q1_0": (41, 128, 18),
    }.items()
}
TENSOR_TYPES_BY_NUMBER = {kind.number: kind for kind in TENSOR_TYPES.values()}

# general.file_type: the level that a quantizer aimed at; single tensors may differ
LEVELS = {
    0: "F32",
    1: "F16",
    2: "Q4_0",
    3: "Q4_1",
    7: "Q8_0",
    8: "Q5_0",
    9: "Q5_1",
    10: "Q2_K",
    11: "Q3_K_S",
    12: "Q3_K_M",
    13: "Q3_K_L",
    14: "Q4_K_S",
    15: "Q4_K_M",
    16: "Q5_K_S",
    17: "Q5_K_M",
    18: "Q6_K",
    19: "IQ2_XXS",
    20: "IQ2_XS",
    21: "Q2_K_S",
    22: "IQ3_XS",
    23: "IQ3_XXS",
    24: "IQ1_S",
    25: "IQ4_NL",
    26: "IQ3_S",
    27: "IQ3_M",
    28: "IQ2_S",
    29: "IQ2_M",
    30: "IQ4_XS",
    31: "IQ1_M",
    32: "BF16",
    36: "TQ1_0",
    37: "TQ2_0",
    38: "MXFP4_MOE",
    39: "NVFP4",
    40: "Q1_0",
}


class ValueType(IntEnum):
    """Types of metadata values."""

    UINT8 = 0
    INT8 = 1
    UINT16 = 2
    INT16 = 3
    UINT32 = 4
    INT32 = 5
    FLOAT32 = 6
    BOOL = 7
    STRING = 8
    ARRAY = 9
    UINT64 = 10
    INT64 = 11
    FLOAT64 = 12
