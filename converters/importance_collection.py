"""Measures an importance matrix: a model reads a text in a process of its own.

The child, `converters.importance_worker`, gets one Task on stdin and answers with reports, one JSON
line each. A native abort ends it and not its caller, and to stop it is to end it. It ends with its
stdin, so it never outlives the caller.
"""

from __future__ import annotations

import contextlib
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import msgspec
import numpy as np

from converters.gguf_output import GgufOutput, build_header
from converters.source import Key
from models.engine import protocol
from models.engine.client import describe_exit
from models.errors import Cancelled, InputError, JobError
from models.folder import find_folders
from models.ggml_types import ValueType

BATCH = 512  # tokens that are evaluated at once, as in llama-imatrix
STOP_S = 0.1  # how often is asked whether to stop
# -P: a folder named models where the program was started must not be imported
WORKER = ("-P", "-m", "converters.importance_worker")


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


class Complete(msgspec.Struct, frozen=True, tag_field="event", tag=str.lower):
    """Everything was sent."""


AnyReport = protocol.Loading | ChunkRead | Measured | Complete | protocol.Failed | protocol.Aborting

_decode = msgspec.json.Decoder(AnyReport).decode


def read_text(path: Path) -> str:
    """Return a text as `llama-imatrix` reads it: without one line end at its end.

    Raises InputError for a file that cannot be read, or is not UTF-8.
    """
    try:
        return path.read_bytes().decode("utf-8").removesuffix("\n")
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

    What native code prints goes into importance.log. Closing the iterator ends the child. Raises
    Cancelled if `stopped` says so, InputError or JobError as the child did, JobError if it died.
    """
    name = Path(task.path).name
    log = find_folders().logs / "importance.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as output:
        child = subprocess.Popen(
            [sys.executable, *WORKER],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=output,
            env=os.environ | {"PYTHONUTF8": "1", "OPENBLAS_NUM_THREADS": "1"},
        )
    assert child.stdin is not None
    assert child.stdout is not None
    lines: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    reader = threading.Thread(target=_pass_lines, args=(child, lines), name="importance")
    reader.start()
    try:
        last_words = ""
        with contextlib.suppress(OSError):  # it has died: the end of its output tells
            child.stdin.write(msgspec.json.encode(task) + b"\n")
            child.stdin.flush()
        while line := _next_line(lines, stopped):
            match _decode(line):
                case protocol.Aborting(message=words):
                    last_words = words
                case protocol.Failed(kind="input", message=text):
                    raise InputError(text)
                case protocol.Failed(kind="job", message=text):
                    raise JobError(text)
                case protocol.Failed(message=text, traceback=frames):
                    raise RuntimeError(f"{text}\n{frames}")
                case Complete():
                    return
                case report:
                    yield report
        reason = describe_exit(child.wait(), last_words)
        raise JobError(f"{name} could not be evaluated: {reason}.")
    finally:
        child.kill()
        child.wait()
        reader.join()
        child.stdout.close()
        with contextlib.suppress(OSError):  # of what it did not read any more
            child.stdin.close()


def _pass_lines(child: subprocess.Popen[bytes], lines: queue.SimpleQueue[bytes]) -> None:
    assert child.stdout is not None
    for line in child.stdout:
        if line.endswith(b"\n"):  # else the half of a line that a dying process wrote
            lines.put(line)
    lines.put(b"")


def _next_line(lines: queue.SimpleQueue[bytes], stopped: Callable[[], bool]) -> bytes:
    while True:
        if stopped():
            raise Cancelled
        try:
            return lines.get(timeout=STOP_S)
        except queue.Empty:
            continue


def write_importance(
    path: Path, measured: Sequence[Measured], *, dataset: str, chunks: int, context: int
) -> int:
    """Write an importance matrix as `llama-imatrix` does; returns the size in bytes.

    `dataset` names the text. Source of the layout: tools/imatrix/imatrix.cpp, save_imatrix.
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
    with GgufOutput(path, build_header(keys, infos)) as output:
        for part in parts:
            output.write(np.frombuffer(part, np.uint8))
            output.end_tensor()
        output.finish()
    return path.stat().st_size
