"""The process that measures: `python -m converters.importance_worker`.

See `converters.importance_collection` for what it is told and what it answers. As in the engine
process, descriptors 0 and 1 are moved away first, so that no native library can touch a message.
"""

from __future__ import annotations

import faulthandler
import os
import signal
import threading
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import msgspec

from converters.importance_collection import (
    BATCH,
    AnyReport,
    ChunkRead,
    Complete,
    Measured,
    Task,
)
from models.engine import protocol
from models.engine.activations import InputObserver
from models.engine.llama import Context, Model, Stop, start_backend
from models.engine.worker import describe_assertion, failure
from models.errors import InputError, JobError

Emit = Callable[[AnyReport], None]


def measure(task: Task, emit: Emit) -> None:
    """Do a task. Raises InputError for a model or a text that cannot be used."""
    path = Path(task.path)
    model = Model(path, progress=_report_loading(emit))
    try:
        chunks = cut_chunks(model, task)
        observer = InputObserver()
        context = Context(
            model,
            size=task.context,
            sequences=1,
            batch=min(task.context, BATCH),
            threads=task.threads,
            stop=Stop(),
            observer=observer.callback,
        )
        try:
            emit(ChunkRead(0, len(chunks)))
            for done, chunk in enumerate(chunks, 1):
                read(context, chunk, observer)
                emit(ChunkRead(done, len(chunks)))
        finally:
            context.close()
    finally:
        model.close()
    if not observer.sums:
        raise InputError(
            f"{path.name} has no blocks whose weights could be measured: choose another model."
        )
    for name, sums in observer.sums.items():
        squares = sums.squares.astype("<f4").tobytes()
        emit(Measured(name, len(sums.squares), squares, sums.counts.tolist()))
    emit(Complete())


def cut_chunks(model: Model, task: Task) -> list[list[int]]:
    """Return the tokens of the text in chunks as llama-imatrix cuts them, and marks their start.

    Where the vocabulary adds BOS, it takes the place of the first token of each chunk. Raises
    InputError if the text has less than one.
    """
    tokens = model.tokenize(task.text, special=True)
    found = len(tokens) // task.context
    if not found:
        raise InputError(
            f"The text has {len(tokens):,} tokens, and one chunk takes {task.context:,}: give a "
            "longer text, or a smaller --context."
        )
    chunks = []
    for number in range(min(found, task.chunks or found)):
        chunk = tokens[number * task.context : (number + 1) * task.context]
        chunks.append([model.bos, *chunk[1:]] if model.adds_bos else chunk)
    return chunks


def read(context: Context, chunk: list[int], observer: InputObserver) -> None:
    """Evaluate a chunk from an empty context. Raises what the observer met."""
    context.remove(0)
    for start in range(0, len(chunk), BATCH):
        batch = chunk[start : start + BATCH]
        try:
            # all logits: the last layer would leave out rows that nobody asked for
            context.decode(batch, start, 0, logits=len(batch))
        except JobError:
            observer.check()  # it stopped the evaluation, and knows why
            raise
        observer.check()


def _report_loading(emit: Emit) -> Callable[[float], bool]:
    last = -1

    def report(part: float) -> bool:
        nonlocal last
        if int(part * 50) != last:
            last = int(part * 50)
            emit(protocol.Loading(0, part))
        return True

    return report


def _end_with(stream: BinaryIO) -> None:
    """End the process when the caller is gone."""
    stream.read()
    os._exit(1)


def main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in a terminal reaches the whole group
    commands, events = os.fdopen(os.dup(0), "rb"), os.dup(1)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)
    faulthandler.enable()

    def emit(report: AnyReport) -> None:
        line = memoryview(msgspec.json.encode(report) + b"\n")
        while line:
            line = line[os.write(events, line) :]

    task = msgspec.json.decode(commands.readline(), type=Task)
    threading.Thread(target=_end_with, args=(commands,), name="caller", daemon=True).start()
    start_backend(lambda text: emit(protocol.Aborting(describe_assertion(text))))
    try:
        measure(task, emit)
    except Exception as error:
        emit(failure(0, error))


if __name__ == "__main__":
    main()
