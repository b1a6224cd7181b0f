"""The process that compares: `python -m converters.comparison_worker`.

One model is in memory at a time. The distributions of the reference stay in memory, not in a file,
while the levels are read. See `converters.comparison_process` for what it is told and answers.
"""

from __future__ import annotations

import threading
import time
from pathlib import Path

import numpy as np
import numpy.typing as npt
import psutil

from converters.chunks import cut_chunks
from converters.comparison_process import BATCH, Advanced, ModelRead, Task, TextRead
from converters.divergence import Scorer, Scores, Spool
from converters.job_worker import Emit, report_loading, serve
from models.engine.llama import Context, Model, Stop
from models.errors import InputError

LOOK_S = 0.05  # how often the memory is looked at
MOST_NATS = 50.0  # of a token on average; a mere guess among 200,000 costs 12


class Comparison:
    """The work of one task."""

    def __init__(self, task: Task, emit: Emit) -> None:
        self._task, self._emit = task, emit
        self._scorer = Scorer(task.threads)
        self._first = task.context // 2
        self._chunks: list[list[int]] = []
        self._prompt: list[int] = []
        self._spool: Spool | None = None
        self._memory = _Memory()

    def run(self) -> None:
        """Read the text with each model. Raises InputError for what cannot be compared."""
        try:
            for number, path in enumerate(self._task.paths):
                self._read(number, Path(path))
        finally:
            self._scorer.close()
            self._memory.close()

    def _read(self, number: int, path: Path) -> None:
        task = self._task
        model = Model(path, progress=report_loading(self._emit))
        try:
            if number == 0:
                self._cut_text(model)
            context = Context(
                model,
                size=task.context,
                sequences=1,
                batch=min(task.context, BATCH),
                threads=task.threads,
                stop=Stop(),
            )
            try:
                self._emit(self._score(number, context, model))
            finally:
                context.close()
        finally:
            model.close()

    def _cut_text(self, model: Model) -> None:
        """Cut the text into the reference's tokens, which are those of every level."""
        task = self._task
        tokens = model.tokenize(task.text, special=True)
        found = len(tokens) // task.context
        if found < 2:
            raise InputError(
                f"The text has {len(tokens):,} tokens, and a comparison needs two chunks of "
                f"{task.context:,}: give a longer text, or a smaller --context."
            )
        scored = task.context - 1 - self._first
        room = task.spool_bytes // (scored * model.n_vocab * 2)
        wanted = min(found, task.chunks or found)
        count = min(wanted, room)
        if count < 2:
            raise InputError(
                f"The memory for {2 * scored:,} distributions of {model.n_vocab:,} tokens is not "
                "free: close other programs, or give a smaller --context."
            )
        self._chunks = cut_chunks(model, tokens, task.context, count)
        self._prompt = tokens[: task.prompt_tokens]
        self._spool = Spool.allocate(count * scored, model.n_vocab, task.depth)
        self._emit(
            TextRead(
                pieces=[
                    b"" if model.is_control(token) else model.pieces[token]  # such as BOS
                    for token in tokens[: count * task.context]
                ],
                context=task.context,
                first=self._first + 1,
                chunks=count,
                left_out=wanted - count,
            )
        )

    def _score(self, number: int, context: Context, model: Model) -> ModelRead:
        assert self._spool is not None
        task, spool = self._task, self._spool
        self._memory.begin(spool.quanta.nbytes)
        scores: list[Scores] = []
        seconds = 0.0
        self._emit(Advanced(number, 0, len(self._chunks)))
        for done, chunk in enumerate(self._chunks):
            rows, targets, taken = self._evaluate(context, chunk)
            seconds += taken
            work = self._scorer.compare if number else self._scorer.keep
            scores.append(work(rows, targets, spool, done * len(targets)))
            self._emit(Advanced(number, done + 1, len(self._chunks)))
            if done == 0:
                continuation, rate = self._continue(context, model)
        nll = np.concatenate([part.nll for part in scores])
        divergences = [part.divergence for part in scores if part.divergence is not None]
        for values in (nll, *divergences):
            if not values.mean(dtype=np.float64) < MOST_NATS:  # nan is not
                raise InputError(
                    f"{Path(task.paths[number]).name} predicts what no model does: it is damaged, "
                    "download or convert it again."
                )
        return ModelRead(
            model=number,
            nll=nll.astype("<f4").tobytes(),
            probability=np.concatenate([part.probability for part in scores])
            .astype("<f4")
            .tobytes(),
            top=np.concatenate([part.top for part in scores]).astype("<i4").tobytes(),
            divergence=np.concatenate(divergences).astype("<f4").tobytes() if divergences else b"",
            continuation=continuation,
            prompt_tokens_per_second=len(self._chunks) * task.context / seconds,
            decode_tokens_per_second=rate,
            peak_memory_bytes=self._memory.end(),
        )

    def _evaluate(
        self, context: Context, chunk: list[int]
    ) -> tuple[list[npt.NDArray[np.float32]], npt.NDArray[np.int32], float]:
        """Read a chunk from an empty cache; returns the scored rows, what follows each, seconds."""
        context.remove(0)
        rows: list[npt.NDArray[np.float32]] = []
        seconds = 0.0
        for start in range(0, len(chunk), BATCH):
            batch = chunk[start : start + BATCH]
            wanted = min(len(batch), max(0, start + len(batch) - self._first))
            begun = time.perf_counter()
            context.decode(batch, start, 0, logits=wanted)
            seconds += time.perf_counter() - begun
            views = [context.logits(row) for row in range(len(batch) - wanted, len(batch))]
            last = start + len(batch) == len(chunk)
            # the next batch writes into the same memory
            rows += views if last else [view.copy() for view in views]
        return rows[:-1], np.array(chunk[self._first + 1 :], np.int32), seconds

    def _continue(self, context: Context, model: Model) -> tuple[list[bytes], float]:
        """Continue the beginning of the text greedily; returns the pieces and tokens a second.

        The cache holds the first chunk, which begins in the same way.
        """
        prompt, pieces = self._prompt, list[bytes]()
        known = len(prompt) - 1
        if not context.remove(0, known):  # some models can only forget all
            context.remove(0)
            known = 0
        context.decode(prompt[known:], known, 0, logits=1)
        token = int(context.logits(-1).argmax())
        pieces.append(model.pieces[token])
        begun = time.perf_counter()
        for position in range(len(prompt), len(prompt) + self._task.tokens - 1):
            context.decode([token], position, 0, logits=1)
            token = int(context.logits(-1).argmax())
            pieces.append(model.pieces[token])
        return pieces, (self._task.tokens - 1) / (time.perf_counter() - begun)


class _Memory:
    """The greatest memory of this process from one moment to another, looked at all the time."""

    def __init__(self) -> None:
        self._process = psutil.Process()
        self._peak = self._own = 0
        self._lock = threading.Lock()
        self._closed = threading.Event()
        threading.Thread(target=self._look, name="memory", daemon=True).start()

    def begin(self, own_bytes: int) -> None:
        """Start anew; `own_bytes` are not the model's."""
        with self._lock:
            self._peak, self._own = 0, own_bytes

    def end(self) -> int:
        self._measure()
        return max(0, self._peak - self._own)

    def close(self) -> None:
        self._closed.set()

    def _look(self) -> None:
        while not self._closed.wait(LOOK_S):
            self._measure()

    def _measure(self) -> None:
        with self._lock:
            self._peak = max(self._peak, self._process.memory_info().rss)


def compare(task: Task, emit: Emit) -> None:
    """Do a task."""
    Comparison(task, emit).run()


if __name__ == "__main__":
    serve(Task, compare)
