"""AWQ checkpoints: 4-bit weights that become Q4_1 blocks, number by number.

AWQ (Lin et al. 2023, arXiv:2306.00978) stores a number q of 4 bits for each weight, and for each
group of inputs a scale s and a zero point z: the weight is (q - z) s. A block of Q4_1 holds 32
numbers of 4 bits and gives d q + m. So q is copied, d = s, and m = -z s in F16, whose rounding, of
at most z s / 2048, is all that is lost. llama.cpp's own converter refuses AWQ.

The layout is AutoAWQ's "GEMM" (awq/modules/linear/gemm.py): qweight int32[inputs, outputs / 8],
qzeros int32[inputs / group, outputs / 8], scales [inputs / group, outputs].
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from converters.checkpoint import Checkpoint
from converters.json_file import Settings, shorten
from converters.recent_matrices import RecentMatrices
from converters.safetensors import StoredTensor, decode
from models.errors import InputError
from models.ggml_types import TENSOR_TYPES

BLOCK = TENSOR_TYPES["Q4_1"].block
BLOCK_BYTES = TENSOR_TYPES["Q4_1"].block_bytes
PACKED = 8  # numbers of 4 bits in an int32
ORDER = (0, 2, 4, 6, 1, 3, 5, 7)  # the output, of eight, whose number is in each four bits
PARTS = ("qweight", "qzeros", "scales")
KEPT_WHOLE = 2  # matrices: threads work on the end of one and the start of the next


def unpack_awq(checkpoint: Checkpoint) -> Checkpoint:
    """Return the checkpoint with a tensor NAME.weight of type Q4_1 for each weight that AWQ packed.

    Raises InputError for a variant of AWQ whose numbers Q4_1 cannot hold, or a missing part.
    """
    group = _read_group(checkpoint.config.section("quantization_config"))
    recent = RecentMatrices(KEPT_WHOLE * len(PARTS))
    tensors: dict[str, StoredTensor] = {}
    for name, stored in checkpoint.tensors.items():
        module, _, part = name.rpartition(".")
        if part == "qweight":
            tensors[f"{module}.weight"] = _join(module, checkpoint.tensors, group, recent)
        elif part not in PARTS or f"{module}.qweight" not in checkpoint.tensors:
            tensors[name] = stored
    return dataclasses.replace(checkpoint, tensors=tensors)


def _read_group(settings: Settings) -> int:
    """Return how many inputs share a scale."""
    bits = settings.count("bits", "w_bit", default=4)
    group = settings.count("group_size", "q_group_size", default=128)
    version = str(settings.values.get("version", "gemm")).lower()
    if bits != 4 or version != "gemm" or group % BLOCK or not settings.flag("zero_point", True):
        raise InputError(
            f"The checkpoint is quantized by AWQ in a way that cannot be converted ({bits} bits, "
            f"version {shorten(version)}, groups of {group}; possible is 4 bits, gemm, groups of "
            f"a multiple of {BLOCK}, with zero points): get the original model, in BF16 or F16."
        )
    return group


def _join(
    module: str, tensors: Mapping[str, StoredTensor], group: int, recent: RecentMatrices
) -> AwqTensor:
    parts = [tensors.get(f"{module}.{part}") for part in PARTS]
    if any(part is None for part in parts):
        raise InputError(
            f"The checkpoint lacks a part of {module} (of {', '.join(PARTS)}): download it again."
        )
    qweight, qzeros, scales = (part for part in parts if part is not None)
    inputs, outputs = (*qweight.shape, 0)[0], qweight.columns * PACKED
    groups = inputs // group
    if (
        (qweight.dtype, qzeros.dtype) != ("I32", "I32")
        or scales.dtype not in ("F16", "BF16")
        or inputs % group
        or qweight.shape != (inputs, outputs // PACKED)
        or qzeros.shape != (groups, outputs // PACKED)
        or scales.shape != (groups, outputs)
    ):
        raise InputError(
            f"{module} is not packed as AWQ packs groups of {group}: qweight {qweight.dtype} "
            f"{list(qweight.shape)}, qzeros {qzeros.dtype} {list(qzeros.shape)}, scales "
            f"{scales.dtype} {list(scales.shape)}; get the original model, in BF16 or F16."
        )
    return AwqTensor(
        f"{module}.weight",
        qweight.shard,
        "Q4_1",
        (outputs, inputs),
        qweight.offset,
        qweight,
        qzeros,
        scales,
        recent,
    )


@dataclass(frozen=True, slots=True)
class AwqTensor(StoredTensor):
    """A packed weight, seen as the matrix [outputs, inputs] of Q4_1 blocks that it becomes."""

    qweight: StoredTensor
    qzeros: StoredTensor
    scales: StoredTensor
    recent: RecentMatrices

    def read_rows(self, start: int, stop: int) -> npt.NDArray[np.uint8]:
        """Return the rows as uint8[stop - start, bytes of a row]. Raises InputError."""
        first, last = start // PACKED, -(-stop // PACKED)
        rows = slice(start - first * PACKED, stop - first * PACKED)
        numbers, zeros = (
            unpack(self.recent.read(part).view(np.uint32)[:, first:last])[rows]
            for part in (self.qweight, self.qzeros)
        )
        scales = self.recent.read(self.scales).view(np.uint16)[:, start:stop]
        block = np.ascontiguousarray(scales).view(np.uint8)
        return pack_blocks(numbers, zeros, decode(block, self.scales.dtype).T)

    def decode(self, block: npt.NDArray[np.uint8]) -> npt.NDArray[np.float32]:
        """Return float32[n, inputs] of rows that were read."""
        blocks = block.reshape(len(block), -1, BLOCK_BYTES)
        scale, least = blocks[..., :4].copy().view(np.float16).astype(np.float32).T
        quants = np.concatenate([blocks[..., 4:] & 15, blocks[..., 4:] >> 4], axis=-1)
        values: npt.NDArray[np.float32] = quants * scale.T[..., None] + least.T[..., None]
        return values.reshape(len(block), -1)


def unpack(packed: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint8]:
    """Return the numbers of 4 bits in uint32[n, outputs / 8] as uint8[outputs, n]."""
    numbers = np.empty((packed.shape[1], PACKED, packed.shape[0]), np.uint8)
    turned = np.ascontiguousarray(packed.T)
    for place, output in enumerate(ORDER):
        numbers[:, output] = turned >> np.uint32(4 * place) & np.uint32(15)
    return numbers.reshape(-1, packed.shape[0])


def pack_blocks(
    numbers: npt.NDArray[np.uint8],
    zeros: npt.NDArray[np.uint8],
    scales: npt.NDArray[np.float32],
) -> npt.NDArray[np.uint8]:
    """Return uint8[rows, inputs] as rows of Q4_1, with uint8 and float32[rows, groups] for each.

    A block holds d and m (F16), then 16 bytes with the first 16 numbers in their low halves and the
    others in their high ones (ggml-common.h: block_q4_1).
    """
    rows, inputs = numbers.shape
    blocks = np.empty((rows, inputs // BLOCK, BLOCK_BYTES), np.uint8)
    with np.errstate(over="ignore"):  # what F16 cannot hold is refused with the tensor's name
        ends = np.stack([scales, -scales * zeros], axis=-1).astype(np.float16)
    ends = np.repeat(ends, inputs // BLOCK // scales.shape[1], axis=1)
    blocks[..., :4] = ends.view(np.uint8)
    halves = numbers.reshape(rows, -1, 2, BLOCK // 2)
    blocks[..., 4:] = halves[:, :, 0] | halves[:, :, 1] << 4
    return blocks.reshape(rows, -1)
