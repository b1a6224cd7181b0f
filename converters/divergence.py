"""How far one model's next-token distributions are from another's, position by position.

The reference's distributions are kept as upstream keeps them (tools/perplexity/perplexity.cpp,
`log_softmax`): 16 bits a token, linear in the logits from a depth below the greatest one up to it.
Upstream's depth is 16 nats; ours is deeper, so that nothing of weight is cut off.
"""

from __future__ import annotations

import itertools
import math
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

DEPTH = 24.0  # nats; what lies below has less than 4e-11 of the greatest probability
ROWS_A_TASK = 16  # to hand out more of them, one by one, takes longer than to score them

Floats = npt.NDArray[np.float32]
Rows = list[Floats]  # of float32[n_vocab]
_Part = tuple[np.float32, int, float]  # nll, top, divergence


@dataclass(slots=True)
class Spool:
    """The reference's distributions of every position that is scored.

    quanta  uint16[positions, n_vocab], scale and floor float32[positions]: the log-probability of a
    token is `scale * quanta + floor`, in nats
    """

    quanta: npt.NDArray[np.uint16]
    scale: Floats
    floor: Floats
    depth: float

    @classmethod
    def allocate(cls, positions: int, vocabulary: int, depth: float = DEPTH) -> Spool:
        """Make room, all of it at once. Raises MemoryError where there is none."""
        return cls(
            np.full((positions, vocabulary), 0, np.uint16),
            np.empty(positions, np.float32),
            np.empty(positions, np.float32),
            depth,
        )


@dataclass(frozen=True, slots=True)
class Scores:
    """What one model says of the positions of a chunk; each array has one value a position.

    nll          float32, -log p of the token that follows, in nats
    probability  float32, p of that token
    top          int32, the most probable token
    divergence   float32, KL(reference, model) in nats; the reference itself has none
    """

    nll: Floats
    probability: Floats
    top: npt.NDArray[np.int32]
    divergence: Floats | None


class Scorer:
    """Scores rows of logits on several threads; numpy lets them run beside each other.

    A thread works on one row at a time, in arrays of its own that stay in its processor's cache.
    """

    def __init__(self, threads: int) -> None:
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="scores")
        self._own = threading.local()

    def close(self) -> None:
        self._pool.shutdown()

    def keep(self, rows: Rows, targets: npt.NDArray[np.int32], spool: Spool, start: int) -> Scores:
        """Score the reference, and put its distributions into the spool from `start` on."""

        def work(index: int) -> _Part:
            logits, place = rows[index], start + index
            top, normalizer = self._measure(logits)
            least = max(logits.min(), logits[top] - np.float32(spool.depth))
            scale = (logits[top] - least) / np.float32(65535)
            spool.scale[place], spool.floor[place] = scale, least - normalizer
            quanta, _ = self._scratch(len(logits))
            np.subtract(logits, least, out=quanta)
            quanta *= 1 / scale if scale > 0 else np.float32(0)
            np.rint(np.maximum(quanta, 0, out=quanta), out=quanta)
            spool.quanta[place] = quanta
            return normalizer - logits[targets[index]], top, math.nan

        return self._gather(work, len(rows), compared=False)

    def compare(
        self, rows: Rows, targets: npt.NDArray[np.int32], spool: Spool, start: int
    ) -> Scores:
        """Score a level against the distributions from `start` on.

        As upstream, the sum of the divergence is over tokens whose log-probability under the
        reference is above minus the depth.
        """

        def work(index: int) -> _Part:
            logits, place = rows[index], start + index
            top, normalizer = self._measure(logits)
            base, difference = self._scratch(len(logits))
            np.multiply(spool.quanta[place], spool.scale[place], out=base, dtype=np.float32)
            base += spool.floor[place]
            np.subtract(logits, normalizer, out=difference)
            np.subtract(base, difference, out=difference)
            counted = base > -spool.depth
            np.exp(base, out=base)
            base *= counted
            return normalizer - logits[targets[index]], top, np.dot(base, difference)

        return self._gather(work, len(rows), compared=True)

    def _scratch(self, size: int) -> tuple[Floats, Floats]:
        """Return two arrays float32[size] of this thread."""
        arrays: tuple[Floats, Floats] | None = getattr(self._own, "arrays", None)
        if arrays is None or len(arrays[0]) != size:
            arrays = self._own.arrays = np.empty(size, np.float32), np.empty(size, np.float32)
        return arrays

    def _measure(self, logits: Floats) -> tuple[int, np.float32]:
        """Return where the greatest logit is, and the logarithm of the sum of all exponentials."""
        shifted, _ = self._scratch(len(logits))
        top = int(logits.argmax())
        np.exp(np.subtract(logits, logits[top], out=shifted), out=shifted)
        return top, logits[top] + np.log(shifted.sum())

    def _gather(self, work: Callable[[int], _Part], count: int, *, compared: bool) -> Scores:
        runs = [
            range(first, min(first + ROWS_A_TASK, count)) for first in range(0, count, ROWS_A_TASK)
        ]
        parts = self._pool.map(lambda run: [work(index) for index in run], runs)
        nll, top, divergence = zip(*itertools.chain.from_iterable(parts), strict=True)
        nlls = np.array(nll, np.float32)
        return Scores(
            nll=nlls,
            probability=np.exp(-nlls),
            top=np.array(top, np.int32),
            divergence=np.array(divergence, np.float32) if compared else None,
        )
