"""What a user can do to convert a model: one function an operation, for window and command."""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from converters.ggml import Ggml
from converters.gguf_output import GgufOutput, build_header, pad
from converters.gguf_source import open_gguf
from converters.importance import ImportanceMatrix, read_importance
from converters.lora import read_adapter
from converters.quantization_plan import QuantizationPlan, plan_quantization
from converters.quantize import quantize
from converters.source import ModelSource, SourceTensor
from converters.targets import (
    check_folder,
    check_names,
    check_space,
    check_targets,
    explain_full_disk,
    make_folder,
)
from models.errors import InputError
from models.ggml_types import TENSOR_TYPES
from models.gguf_file import check_generates_text, summarize
from models.memory_plan import MemoryPlan, plan_memory, require_memory

if TYPE_CHECKING:
    from models.engine.protocol import Device

PROGRESS_S = 0.2  # between two events
SHORTEST_CHUNK = 16  # tokens; less is left out of an importance matrix
DEFAULT_CONTEXT = 4096  # where a model does not say what it was trained for
MOST_THREADS = 512
ADAPTER_LEVELS = ("F32", "F16", "BF16")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a conversion is, in bytes of the source; `rate` is bytes a second."""

    tensor: str
    done_bytes: int
    total_bytes: int
    rate: float
    seconds_left: float


@dataclass(frozen=True, slots=True)
class Written:
    """A file that is now whole under its name; `sha256` is in hexadecimal."""

    file: Path
    level: str
    bytes: int
    bits_per_weight: float
    sha256: str


@dataclass(frozen=True, slots=True)
class Measuring:
    """How far an importance matrix is; `rate` is tokens a second, 0 before the first chunk."""

    done_chunks: int
    total_chunks: int
    rate: float
    seconds_left: float | None


@dataclass(frozen=True, slots=True)
class ImportanceWritten:
    """An importance matrix that is now whole under its name; of so many `tensors`."""

    file: Path
    tensors: int
    chunks: int
    tokens: int
    bytes: int


@dataclass(frozen=True, slots=True)
class PlannedFile:
    """A file that a conversion would write."""

    file: Path
    plan: QuantizationPlan


def plan_conversion(
    *,
    source: Path,
    levels: Sequence[str],
    output: Path,
    tensor_types: Sequence[str] = (),
    importance: Path | None = None,
) -> list[PlannedFile]:
    """Return what `convert` would write, without writing anything. Raises InputError as it does."""
    check_folder(output)
    with _open_source(source, Ggml()) as model:
        return _plan_files(model, levels, output, tensor_types, importance)


def convert(
    *,
    source: Path,
    levels: Sequence[str],
    output: Path,
    tensor_types: Sequence[str] = (),
    importance: Path | None = None,
    requantize: bool = False,
    force: bool = False,
    threads: int | None = None,
    stopped: Callable[[], bool] = lambda: False,
) -> Iterator[Progress | Written]:
    """Convert a Hugging Face folder or a GGUF file to `output`/NAME-LEVEL.gguf at each level.

    The source is read once, whatever the levels. Yields a Progress every fifth of a second, and a
    Written for each file. `tensor_types` are PATTERN=TYPE, `importance` is the file of an
    importance matrix, `threads` one a core if left out. With `requantize` weights that are already
    quantized are quantized again; with `force` a file that is there is replaced. Without, one that
    appears during the work stays too: what was made is kept beside it, and InputError says where.

    Raises InputError before anything is written for what cannot work, or later for a damaged
    source; Cancelled if `stopped` says so; JobError for a full disk. Then no file is left, under
    its own name or as a part, but those that were told as Written.
    """
    _check_threads(threads)
    ggml = Ggml()
    with _open_source(source, ggml) as model:
        files = _plan_files(model, levels, output, tensor_types, importance)
        _check_requantizing(files, requantize)
        originals = [source, *source.iterdir()] if source.is_dir() else [source]
        targets = [file.file for file in files]
        check_targets(originals, targets, force)
        make_folder(output)
        check_space(output, targets, sum(file.plan.file_bytes for file in files))
        clock = _Clock(sum(_stored_bytes(tensor, tensor.rows) for tensor in model.tensors))
        with contextlib.ExitStack() as stack:
            stack.enter_context(explain_full_disk(output))
            outputs = [
                stack.enter_context(GgufOutput(file.file, file.plan.header, replaces=force))
                for file in files
            ]
            for tensor, rows in quantize(
                [file.plan for file in files],
                outputs,
                ggml=ggml,
                threads=threads or os.cpu_count() or 1,
                stopped=stopped,
            ):
                if event := clock.advance(tensor, rows):
                    yield event
            for file, written in zip(files, outputs, strict=True):
                sha256 = written.finish()
                yield Written(
                    written.path,
                    file.plan.level,
                    file.plan.file_bytes,
                    file.plan.bits_per_weight,
                    sha256,
                )
        check_names(targets, [written.path for written in outputs])


def convert_adapter(
    *, source: Path, base: Path, output: Path, level: str = "F32", force: bool = False
) -> Written:
    """Convert a PEFT folder with a LoRA for the model `base` to `output`/NAME-LEVEL.gguf.

    `base` is a checkpoint's folder, of which config.json is enough, or a GGUF file; `level` is F32,
    F16 or BF16. Raises InputError and JobError as `convert` does; then no file is left.
    """
    level = level.upper()
    if level not in ADAPTER_LEVELS:
        raise InputError(
            f"An adapter is not quantized to {level}: choose {' or '.join(ADAPTER_LEVELS)}."
        )
    ggml = Ggml()
    adapter = read_adapter(source, base)
    file = output / f"{_file_name(adapter.name)}-{level}.gguf"
    data = {name: ggml.quantize(level, values) for name, values in adapter.tensors.items()}
    for name, block in data.items():
        if not ggml.is_valid(level, block):
            raise InputError(f"{name} holds values too large for {level}: choose BF16 or F32.")
    header = build_header(
        adapter.keys,
        [(name, adapter.tensors[name].shape, level, block.nbytes) for name, block in data.items()],
    )
    size = len(header) + sum(pad(block.nbytes) for block in data.values())
    check_targets([source, *source.iterdir(), base], [file], force)
    make_folder(output)
    check_space(output, [file], size)
    with explain_full_disk(output), GgufOutput(file, header, replaces=force) as opened:
        for block in data.values():
            opened.write(block)
            opened.end_tensor()
        sha256 = opened.finish()
    check_names([file], [opened.path])
    weights = sum(values.size for values in adapter.tensors.values())
    bits = 8 * sum(block.nbytes for block in data.values()) / weights
    return Written(file, level, size, bits, sha256)


def advise(file: PlannedFile, devices: Sequence[Device]) -> MemoryPlan:
    """Return whether the planned file would fit into this machine's memory and its GPUs `devices`.

    The figures are those of `inkglass models inspect` for the finished file.
    """
    from models import operations  # the engine's client with it, which a conversion does without

    with tempfile.TemporaryDirectory() as folder:  # a file with no data says all that is asked
        empty = Path(folder) / file.file.name
        with empty.open("wb") as opened:
            opened.write(file.plan.header)
            opened.truncate(file.plan.file_bytes)
        summary = summarize(empty)
    return operations.plan_on_machine(summary, devices)


def collect_importance(
    *,
    model: Path,
    text: Path,
    output: Path,
    chunks: int | None = None,
    context: int = 512,
    threads: int | None = None,
    force: bool = False,
    stopped: Callable[[], bool] = lambda: False,
) -> Generator[Measuring | ImportanceWritten, None, None]:
    """Let a model read a text in chunks of `context` tokens; write what goes into its weights.

    Yields a Measuring when the model is ready and after each chunk, and an ImportanceWritten at the
    end. Without `chunks` the whole text is read. Raises InputError for what cannot work, Cancelled
    if `stopped` says so, JobError if the evaluation fails; then there is no file.
    """
    from converters import importance_collection as collection  # with the engine's client
    from models.machine import choose_threads

    _check_threads(threads)
    if chunks is not None and chunks < 1:
        raise InputError(f"{chunks} chunks measure nothing: give --chunks 1 or more.")
    summary = summarize(model)
    check_generates_text(summary)
    longest = summary.context_length or DEFAULT_CONTEXT
    if not SHORTEST_CHUNK <= context <= longest:
        raise InputError(
            f"Chunks of {context:,} tokens cannot be read: give --context {SHORTEST_CHUNK} to "
            f"{longest:,}."
        )
    words = collection.read_text(text)
    check_targets([model, text], [output], force)
    batch = min(context, collection.BATCH)
    require_memory(plan_memory(summary, context=context, sequences=batch, batch=batch))
    make_folder(output.parent)
    task = collection.Task(
        str(model.absolute()), words, context, chunks or 0, threads or choose_threads()
    )
    found: list[collection.Measured] = []
    total, start = 0, time.monotonic()
    for report in collection.measure(task, stopped=stopped):
        match report:
            case collection.Measured():
                found.append(report)
            case collection.ChunkRead(done=0, total=total):
                start = time.monotonic()
                yield Measuring(0, total, 0.0, None)
            case collection.ChunkRead(done=done, total=total):
                seconds = max(time.monotonic() - start, 1e-9)
                yield Measuring(
                    done, total, done * context / seconds, (total - done) * seconds / done
                )
    with explain_full_disk(output.parent):
        written = collection.write_importance(
            output, found, dataset=text.name, chunks=total, context=context, replaces=force
        )
    size = written.stat().st_size
    yield ImportanceWritten(written, len(found), total, total * context, size)
    check_names([output], [written])


class _Clock:
    """Counts bytes of the source, and says now and then how far the work is."""

    def __init__(self, total_bytes: int) -> None:
        self.total_bytes = total_bytes
        self.finished_bytes = 0  # of the tensors that are done
        self.start = self.last = time.monotonic()

    def advance(self, tensor: SourceTensor, rows: int) -> Progress | None:
        done = self.finished_bytes + _stored_bytes(tensor, rows)
        if rows == tensor.rows:
            self.finished_bytes = done
        now = time.monotonic()
        if now - self.last < PROGRESS_S and done < self.total_bytes:
            return None
        self.last = now
        rate = done / max(now - self.start, 1e-9)
        return Progress(
            tensor.name, done, self.total_bytes, rate, (self.total_bytes - done) / max(rate, 1e-9)
        )


def _stored_bytes(tensor: SourceTensor, rows: int) -> int:
    kind = TENSOR_TYPES[tensor.stored]
    return rows * tensor.columns // kind.block * kind.block_bytes


@contextlib.contextmanager
def _open_source(path: Path, ggml: Ggml) -> Iterator[ModelSource]:
    if path.is_dir():
        from converters.architectures import open_model

        yield open_model(path)
        return
    with open_gguf(path, ggml) as model:
        yield model


def _check_threads(threads: int | None) -> None:
    if threads is not None and not 1 <= threads <= MOST_THREADS:
        raise InputError(f"{threads} threads cannot be used: give 1 to {MOST_THREADS}.")


def _plan_files(
    model: ModelSource,
    levels: Sequence[str],
    output: Path,
    tensor_types: Sequence[str],
    importance: Path | None,
) -> list[PlannedFile]:
    if not levels:
        raise InputError("No level is given: name one, like Q4_K_M.")
    matrix: ImportanceMatrix | None = read_importance(importance) if importance else None
    name = _file_name(model.name)
    return [
        PlannedFile(
            output / f"{name}-{level}.gguf",
            plan_quantization(model, level, tensor_types=tensor_types, importance=matrix),
        )
        for level in dict.fromkeys(level.upper() for level in levels)
    ]


def _file_name(name: str) -> str:
    """Return a name as every file system takes it."""
    return re.sub(r'[<>:"/\\|?*\x00-\x1f]', "-", name).strip(". ") or "model"


def _check_requantizing(files: Sequence[PlannedFile], requantize: bool) -> None:
    again = sorted({t.source.stored for file in files for t in file.plan.requantized})
    if again and not requantize:
        kept = f"choose {again[0]}, which keeps them, " if again == ["Q4_1"] else ""  # AWQ's
        raise InputError(
            f"The weights are quantized already ({', '.join(again)}), and again they would lose "
            f"more than from the original: {kept}convert the original, or give --requantize."
        )
