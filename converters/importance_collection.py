"""Measures an importance matrix: a model reads a text in a process of its own.

The child is `converters.importance_worker`; see `converters.job_process` for how they talk.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import msgspec
import numpy as np

from converters.gguf_output import GgufOutput, build_header
from converters.job_process import Complete, follow
from converters.source import Key
from models.engine import protocol
from models.errors import InputError
from models.ggml_types import ValueType
from models.input_file import read_input

LARGEST_MB = 256
BATCH = 512  # tokens that are evaluated at once, as in llama-imatrix


class Task(msgspec.Struct, frozen=True):
    """Read `text` with the model at `path`, in at most `chunks` chunks of `context` tokens.

    0 chunks are as many as the text has; what is left over is not read.
    """

    path: str
    text: str
    context: int
    chunks: int
    threads: int


class ChunkRead(msgspec.Struct, frozen=True, tag_field="event", tag=str.lower):
    """So many chunks of the text have been read; 0 of them when the model is ready."""

    done: int
    total: int


class Measured(msgspec.Struct, frozen=True, tag_field="event", tag=str.lower):
    """The inputs of one weight: `squares` is float32[matrices, columns], `counts` rows of each.

    One count is for all matrices.
    """

    name: str
    matrices: int
    squares: bytes
    counts: list[int]


AnyReport = protocol.Loading | ChunkRead | Measured | Complete | protocol.Failed | protocol.Aborting

_decode = msgspec.json.Decoder(AnyReport).decode


def read_text(path: Path) -> str:
    """Return a text as `llama-imatrix` reads it: without one line end at its end.

    Raises InputError for a file that cannot be read, or is not UTF-8.
    """
    try:
        data = read_input(path, LARGEST_MB, "give a shorter text, a few hundred kilobytes say all")
        return data.decode("utf-8").removesuffix("\n")
    except OSError as error:
        raise InputError(
            f"{path} cannot be read ({error.strerror}): give a text file that is there."
        ) from None
    except UnicodeDecodeError as error:
        raise InputError(
            f"{path} is not UTF-8 (byte {error.start + 1}): save the text as UTF-8."
        ) from None


def measure(
    task: Task, *, stopped: Callable[[], bool] = lambda: False
) -> Iterator[protocol.Loading | ChunkRead | Measured]:
    """Let a child process do the task; yields how far it is, then what it measured.

    What native code prints goes into importance.log. Raises as `job_process.follow`.
    """
    return follow(
        "converters.importance_worker",
        task,
        _decode,
        what=f"The evaluation of {Path(task.path).name}",
        log="importance.log",
        stopped=stopped,
    )


def write_importance(
    path: Path,
    measured: Sequence[Measured],
    *,
    dataset: str,
    chunks: int,
    context: int,
    replaces: bool,
) -> Path:
    """Write an importance matrix as `llama-imatrix` does; returns where it is.

    `dataset` names the text. Unless it `replaces` what is at `path`, it goes beside that. Source of
    the layout: tools/imatrix/imatrix.cpp, save_imatrix.
    """
    keys = [
        Key("general.type", ValueType.STRING, "imatrix"),
        Key("imatrix.datasets", ValueType.ARRAY, [dataset], ValueType.STRING),
        Key("imatrix.chunk_count", ValueType.UINT32, chunks),
        Key("imatrix.chunk_size", ValueType.UINT32, context),
    ]
    infos: list[tuple[str, Sequence[int], str, int]] = []
    parts: list[bytes] = []
    for report in sorted(measured, key=lambda report: report.name.encode()):
        rows = len(report.counts)
        columns = len(report.squares) // 4 // rows
        counts = np.array(report.counts, "<f4").tobytes()
        infos.append((f"{report.name}.in_sum2", (rows, columns), "F32", len(report.squares)))
        infos.append((f"{report.name}.counts", (rows, 1), "F32", len(counts)))
        parts += [report.squares, counts]
    with GgufOutput(path, build_header(keys, infos), replaces=replaces) as output:
        for part in parts:
            output.write(np.frombuffer(part, np.uint8))
            output.end_tensor()
        output.finish()
    return output.path
