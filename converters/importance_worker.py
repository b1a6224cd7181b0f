"""The process that measures: `python -m converters.importance_worker`.

See `converters.importance_collection` for what it is told and what it answers.
"""

from __future__ import annotations

from pathlib import Path

from converters.chunks import cut_chunks
from converters.importance_collection import BATCH, ChunkRead, Measured, Task
from converters.job_worker import Emit, report_loading, serve
from models.engine.activations import InputObserver
from models.engine.llama import Context, Model, Stop
from models.errors import InputError, JobError


def measure(task: Task, emit: Emit) -> None:
    """Do a task. Raises InputError for a model or a text that cannot be used."""
    path = Path(task.path)
    model = Model(path, progress=report_loading(emit))
    try:
        tokens = model.tokenize(task.text, special=True)
        found = len(tokens) // task.context
        if not found:
            raise InputError(
                f"The text has {len(tokens):,} tokens, and one chunk takes {task.context:,}: give "
                "a longer text, or a smaller --context."
            )
        chunks = cut_chunks(model, tokens, task.context, min(found, task.chunks or found))
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


if __name__ == "__main__":
    serve(Task, measure)
