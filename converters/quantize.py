"""The streaming quantizer: rows of the source to rows of the files, a block at a time.

One read of the source serves every level. Blocks are quantized on a pool of threads and written in
order; no more of them are in memory than keeps the threads busy. The result does not depend on the
number of threads or the size of the blocks.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from converters.ggml import Ggml
from converters.gguf_output import GgufOutput
from converters.quantization_plan import PlannedTensor, QuantizationPlan
from converters.source import SourceTensor
from models.errors import Cancelled, InputError
from models.quantization_levels import FLOAT_TYPES

BLOCK_VALUES = 2**18  # 1 MB as float32: fits into a core's cache

# the same rows by type, and by whether they are weighed; "" is the stored type
Block = dict[tuple[str, bool], npt.NDArray[np.uint8]]


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows [start, stop) of a tensor, which all belong to one matrix of it."""

    tensor: SourceTensor
    planned: tuple[PlannedTensor, ...]  # one a file
    start: int
    stop: int


def quantize(
    plans: Sequence[QuantizationPlan],
    outputs: Sequence[GgufOutput],
    *,
    ggml: Ggml,
    threads: int,
    stopped: Callable[[], bool] = lambda: False,
) -> Iterator[tuple[SourceTensor, int]]:
    """Write the data of all tensors; yields a tensor and how many of its rows are now written.

    The plans have the same tensors, in any order. Raises Cancelled if `stopped` says so, and
    InputError, with the tensor's name, for values that are not numbers or do not fit a type.
    """
    pool = ThreadPoolExecutor(threads, thread_name_prefix="quantize")
    waiting: deque[tuple[_Rows, Future[Block]]] = deque()
    try:
        for rows in _divide(plans):
            if stopped():
                raise Cancelled
            waiting.append((rows, pool.submit(_quantize_rows, rows, plans, ggml)))
            if len(waiting) > 2 * threads:
                yield _write(*waiting.popleft(), plans, outputs)
        while waiting:
            if stopped():
                raise Cancelled
            yield _write(*waiting.popleft(), plans, outputs)
        for output in outputs:
            while output.hash_early():
                if stopped():
                    raise Cancelled
    finally:
        pool.shutdown(cancel_futures=True)


def _divide(plans: Sequence[QuantizationPlan]) -> Iterator[_Rows]:
    """Yield the work in the order of a quantized file, if there is one, else of all files.

    A block never spans two experts.
    """
    leading = next((plan for plan in plans if plan.level not in FLOAT_TYPES), plans[0])
    by_name = [{planned.source.name: planned for planned in plan.tensors} for plan in plans]
    for tensor in (planned.source for planned in leading.tensors):
        planned = tuple(tensors[tensor.name] for tensors in by_name)
        matrix_rows = tensor.shape[-2] if len(tensor.shape) > 1 else 1
        step = max(1, BLOCK_VALUES // tensor.columns)
        for first in range(0, tensor.rows, matrix_rows):
            end = first + matrix_rows
            for start in range(first, end, step):
                yield _Rows(tensor, planned, start, min(start + step, end))


def _write(
    rows: _Rows,
    future: Future[Block],
    plans: Sequence[QuantizationPlan],
    outputs: Sequence[GgufOutput],
) -> tuple[SourceTensor, int]:
    block = future.result()
    for planned, plan, output in zip(rows.planned, plans, outputs, strict=True):
        if not rows.start:
            output.begin_tensor(plan.offsets[rows.tensor.name])
        output.write(block[_variant(planned, plan)])
        if rows.stop == rows.tensor.rows:
            output.end_tensor()
        output.hash_early()
    return rows.tensor, rows.stop


def _variant(planned: PlannedTensor, plan: QuantizationPlan) -> tuple[str, bool]:
    return ("", False) if planned.is_copy else (planned.type, plan.importance is not None)


def _quantize_rows(rows: _Rows, plans: Sequence[QuantizationPlan], ggml: Ggml) -> Block:
    """Read a block, and return it in every type that a file wants."""
    tensor = rows.tensor
    block: Block = {}
    stored = tensor.raw(rows.start, rows.stop)
    values: npt.NDArray[np.float32] | None = None
    for planned, plan in zip(rows.planned, plans, strict=True):
        variant = _variant(planned, plan)
        if variant in block:
            continue
        if planned.is_copy:
            data = stored
        else:
            if values is None:
                values = tensor.decode(stored)
                _require_finite(values, rows)
            weights = plan.importance.find(tensor, rows.start) if plan.importance else None
            data = ggml.quantize(planned.type, values, weights)
        _require_valid(data, planned, rows, ggml)
        block[variant] = data
    return block


def _require_finite(values: npt.NDArray[np.float32], rows: _Rows) -> None:
    """Raise InputError for a NaN or an infinity, which some types would hide."""
    finite = np.isfinite(values)
    if not finite.all():
        row = rows.start + int(np.argmin(finite.all(axis=1)))
        raise InputError(
            f"{rows.tensor.name} holds {np.size(finite) - np.count_nonzero(finite):,} values that "
            f"are not finite numbers, the first in row {row:,}: the source is damaged, get it "
            "again."
        )


def _require_valid(
    data: npt.NDArray[np.uint8], planned: PlannedTensor, rows: _Rows, ggml: Ggml
) -> None:
    if ggml.is_valid(planned.type, data):
        return
    if planned.is_copy:
        raise InputError(
            f"{rows.tensor.name} holds values that are not finite numbers (rows {rows.start:,} to "
            f"{rows.stop - 1:,}): the source is damaged, get it again."
        )
    raise InputError(
        f"{rows.tensor.name} holds values too large for {planned.type} (rows {rows.start:,} to "
        f"{rows.stop - 1:,}): choose BF16 or F32, or give it a type with --tensor-type."
    )
